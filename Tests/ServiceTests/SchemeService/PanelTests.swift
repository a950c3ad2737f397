import Contracts
import Regulation
import Testing
import Wire

@Suite("Expert review (3.1.2)")
struct SchemePanelTests {
    @Test("four experts are refused, five are enough")
    func count() async throws {
        let stage = try SchemeStage()
        let id = try await stage.formPassed()
        await expectRefusal("TOO_FEW_EXPERTS") { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4"]))
        }
        await expectRefusal("TOO_FEW_EXPERTS", "EXPERT_REPEATED") { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E4"]))
        }
        let receipt = try await stage.workAgency.appointPanel(
            .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E5"]))
        #expect(receipt.state == "UNDER_PANEL")
    }

    @Test(
        "an expert of a drafting body is refused, be it the applicant's, a joint drafter's or its parent's",
        arguments: [
            SchemeStage.expert(7, employer: SchemeStage.agency.institutionCode),
            SchemeStage.expert(7, employer: SchemeStage.jointDrafter.creditCode),
            SchemeStage.expert(7, parent: SchemeStage.agency.institutionCode),
        ])
    func conflict(expert: SchemeAPI.Expert) async throws {
        let stage = try SchemeStage()
        let id = try await stage.formPassed()
        _ = try await stage.workAgency.enrolExpert(.init(expert: expert))
        await expectRefusal("EXPERT_FROM_DRAFTING_BODY") { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E5", "E7"]))
        }
        await expectRefusal("EXPERT_FROM_DRAFTING_BODY", "TOO_FEW_EXPERTS") { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E7"]))
        }
    }

    @Test("an expert of another field is refused, an unknown one is not found")
    func field() async throws {
        let stage = try SchemeStage()
        let id = try await stage.formPassed()
        _ = try await stage.workAgency.enrolExpert(
            .init(expert: SchemeStage.expert(7, fields: ["2025-PUMP"])))
        await expectRefusal("EXPERT_OF_OTHER_FIELD") { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E5", "E7"]))
        }
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.workAgency.appointPanel(
                .init(applicationId: id, expertIds: ["E1", "E2", "E3", "E4", "E9"]))
        }
    }

    @Test("an expert speaks once, sits on the panel, judges all four criteria and denies a conflict")
    func opinions() async throws {
        let stage = try SchemeStage()
        let id = try await stage.underPanel(1...5)
        func give(_ opinion: SchemeAPI.Opinion) async throws(RPCStatus) -> CommonAPI.Receipt {
            try await stage.committee.giveOpinion(.init(applicationId: id, opinion: opinion))
        }
        _ = try await give(SchemeStage.opinion(1))
        await expectRefusal("OPINION_REPEATED") { () async throws(RPCStatus) in
            try await give(SchemeStage.opinion(1, .fail))
        }
        await expectRefusal("EXPERT_NOT_SEATED") { () async throws(RPCStatus) in
            try await give(SchemeStage.opinion(6))
        }
        await expectRefusal("CRITERION_NOT_JUDGED") { () async throws(RPCStatus) in
            try await give(SchemeStage.opinion(2, .unspecified))
        }
        await expectRefusal("CONFLICT_NOT_DENIED") { () async throws(RPCStatus) in
            var opinion = SchemeStage.opinion(2)
            opinion.noConflict = false
            return try await give(opinion)
        }
        #expect(try await stage.application(id).opinions == [SchemeStage.opinion(1)])
    }

    @Test("fewer than five opinions conclude nothing")
    func tooFewOpinions() async throws {
        let stage = try SchemeStage()
        let id = try await stage.underPanel()
        try await stage.give([.pass, .pass, .pass, .pass], on: id)
        await expectRefusal("TOO_FEW_OPINIONS") { () async throws(RPCStatus) in
            try await stage.workAgency.concludePanel(.init(applicationId: id, opinion: "评审意见"))
        }
        await expectRefusal("TOO_FEW_OPINIONS", "PANEL_STATEMENT_MISSING") { () async throws(RPCStatus) in
            try await stage.workAgency.concludePanel(.init(applicationId: id, opinion: " "))
        }
    }

    /// Of six, four are two thirds exactly; of five, three are less.
    static let votes: [([SchemeAPI.Verdict], String)] = [
        ([.pass, .pass, .pass, .pass, .fail, .fail], "PANEL_PASSED"),
        ([.pass, .pass, .pass, .fail, .fail, .fail], "PANEL_FAILED"),
        ([.pass, .pass, .pass, .fail, .fail], "PANEL_FAILED"),
        ([.pass, .pass, .pass, .pass, .fail], "PANEL_PASSED"),
        ([.pass, .pass, .pass, .passAfterChange, .fail], "SENT_BACK"),
        ([.pass, .pass, .passAfterChange, .passAfterChange, .fail, .fail], "SENT_BACK"),
        ([.pass, .pass, .passAfterChange, .fail, .fail, .fail], "PANEL_FAILED"),
    ]

    @Test("two thirds of the opinions decide", arguments: votes)
    func threshold(verdicts: [SchemeAPI.Verdict], state: String) async throws {
        let stage = try SchemeStage()
        let id = try await stage.underPanel()
        #expect(try await stage.conclude(verdicts, on: id).state == state)
        #expect(try await stage.application(id).state.name == "APPLICATION_STATE_" + state)
        let lines = try await stage.everybody.listHistory(.init(stream: "application/\(id)")).lines
        let passing = verdicts.count { $0 == .pass }
        #expect(lines.last?.textEn.contains("\(passing) of \(verdicts.count)") == true)
        #expect(lines.last?.textEn.contains("2/3") == true)
    }

    @Test("a scheme sent back returns to the same panel, which speaks anew and cannot send it back again")
    func sentBack() async throws {
        let stage = try SchemeStage()
        let id = try await stage.underPanel()
        _ = try await stage.conclude([.pass, .pass, .pass, .passAfterChange, .fail], on: id)
        var changed = SchemeSample.scheme
        changed.title = "LED筒灯企业标准“领跑者”评估方案（修改稿）"
        let scheme = EvaluationAPI.EvaluationScheme(changed)
        await expectStatus(.permissionDenied) { () async throws(RPCStatus) in
            try await stage.client(SchemeStage.rival).reviseScheme(.init(applicationId: id, scheme: scheme))
        }
        var empty = scheme
        empty.objectives = ""
        let incomplete = empty
        await expectRefusal("SCHEME_PART_MISSING") { () async throws(RPCStatus) in
            try await stage.agency.reviseScheme(.init(applicationId: id, scheme: incomplete))
        }
        _ = try await stage.agency.reviseScheme(.init(applicationId: id, scheme: scheme))
        let again = try await stage.application(id)
        #expect(again.state == .underPanel)
        #expect(again.scheme == scheme)
        #expect(again.opinions.isEmpty)
        #expect(again.panel == SchemeStage.experts.map { "E\($0)" })
        let receipt = try await stage.conclude([.pass, .pass, .pass, .passAfterChange, .fail], on: id)
        #expect(receipt.state == "PANEL_FAILED")
        try stage.harness.expectSoundRecord()
    }
}
