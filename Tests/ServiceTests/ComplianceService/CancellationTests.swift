import Contracts
import Testing
import Wire

@Suite("Spot checks, demand and cancellation (3.2.6)")
struct TitleCancellationTests {
    /// The first declares at least 95, the second below 0.30: both ends of the relation.
    static let measurements: [(String, String, ComplianceAPI.SpotCheckOutcome, String)] = [
        ("EFFICACY", "95", .meetsDeclared, "≥ 95 lm/W"),
        ("EFFICACY", "95.0", .meetsDeclared, "≥ 95 lm/W"),
        ("EFFICACY", "94.999", .failsDeclared, "≥ 95 lm/W"),
        ("EFFICACY", "120", .meetsDeclared, "≥ 95 lm/W"),
        ("FLICKER", "0.3", .failsDeclared, "< 0.30"),
        ("FLICKER", "0.299", .meetsDeclared, "< 0.30"),
        ("FLICKER", "0.31", .failsDeclared, "< 0.30"),
    ]

    @Test("a measurement is judged by what was declared, to the last digit", arguments: measurements)
    func spotCheck(
        indicator: String, measured: String, outcome: ComplianceAPI.SpotCheckOutcome, declared: String
    ) async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        let check = try await stage.check(title, indicator, measured)
        #expect(check.outcome == outcome)
        #expect(check.declared == declared)
        #expect(try await stage.everybody.getTitle(.init(id: title.id)).spotChecks == [check])
        #expect(try await stage.title(title.id).state == .valid, "a check alone takes no title away")
    }

    @Test("what cannot be judged is no spot check")
    func unreadable() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        for measured in ["", "bright", "1e3", "≥ 95", "95 lm/W"] {
            await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
                try await stage.check(title, "EFFICACY", measured)
            }
        }
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.check(title, "WEIGHT", "1")
        }
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await stage.workAgency.recordSpotCheck(
                .init(
                    titleId: title.id, inspectedOn: "2025-09-01", model: "C9", indicator: "EFFICACY",
                    measured: "95"))
        }
        for day in ["2025-09-02", "yesterday", ""] {
            await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
                try await stage.check(title, "EFFICACY", "95", on: day)
            }
        }
        #expect(try await stage.everybody.getTitle(.init(id: title.id)).spotChecks.isEmpty)
    }

    @Test("an agency records spot checks on its own titles only")
    func ownTitles() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        await expectStatus(.permissionDenied) { () async throws(RPCStatus) in
            try await stage.check(title, "EFFICACY", "95", by: stage.client(TitleStage.rival))
        }
        let check = try await stage.check(title, "EFFICACY", "95", by: stage.agency)
        #expect(try await stage.everybody.getTitle(.init(id: title.id)).spotChecks == [check])
    }

    @Test("a title that is over takes no spot check")
    func spotCheckAfterwards() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try await stage.cancelled(titles[0])
        await expectRefusal("WRONG_STATE") { () async throws(RPCStatus) in
            try await stage.check(titles[0], "EFFICACY", "94")
        }
        try stage.harness.go(to: "2026-06-03")
        await expectRefusal("WRONG_STATE") { () async throws(RPCStatus) in
            try await stage.check(titles[2], "EFFICACY", "94")
        }
    }

    typealias Evidence = ComplianceAPI.Evidence

    static let insufficient: [([Evidence], [String])] = [
        ([], ["EXIT_CAUSE_MISSING"]),
        (
            [Evidence(cause: .productionChanged, statement: "更换产线")], ["EXIT_SECOND_HALF_MISSING"]
        ),
        (
            [Evidence(cause: .productionChanged, secondStatement: "性能下降")], ["EXIT_STATEMENT_MISSING"]
        ),
        ([Evidence(cause: .levelLowered, statement: "新版标准")], ["EXIT_SECOND_HALF_MISSING"]),
        ([Evidence(cause: .accidentOrQuality, statement: "事故")], ["EXIT_REFERENCE_MISSING"]),
        ([Evidence(cause: .spotCheckFailed, statement: "不合格")], ["EXIT_REFERENCE_MISSING"]),
        ([Evidence(cause: .intellectualProperty, statement: "侵权")], ["EXIT_REFERENCE_MISSING"]),
        (
            [Evidence(cause: .fraudOrIntegrity)], ["EXIT_REFERENCE_MISSING", "EXIT_STATEMENT_MISSING"]
        ),
        ([Evidence(cause: .other)], ["EXIT_STATEMENT_MISSING"]),
        ([TitleStage.fraud, Evidence(cause: .other)], ["EXIT_STATEMENT_MISSING"]),
    ]

    @Test(
        "a demand rests on a cause with its evidence, and on both halves of one that has two",
        arguments: insufficient)
    func evidence(evidence: [Evidence], codes: [String]) async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        let status = await status { () async throws(RPCStatus) in try await stage.demand(title, evidence) }
        #expect(status?.refusal?.findings.map(\.code).sorted() == codes)
        #expect(try await stage.title(title.id).state == .valid)
    }

    @Test("each of the seven causes is enough, with its evidence", arguments: 1...7)
    func causes(number: Int) async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        let cause = ComplianceAPI.Cause(rawValue: Int32(number))
        try stage.harness.go(to: "2025-09-01")
        let receipt = try await stage.demand(
            title,
            [.init(cause: cause, reference: "文号1", statement: "事实", secondStatement: "后果")])
        #expect(receipt.state == "CANCELLATION_DEMANDED")
        let demanded = try await stage.title(title.id)
        #expect(demanded.state == .cancellationDemanded)
        #expect(demanded.causes == [cause])
        #expect(demanded.demandedOn == "2025-09-01")
        #expect(demanded.answerBy == "2025-09-15")
    }

    @Test("an unnamed cause, and a spot check that was met, are no evidence")
    func noEvidence() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await stage.demand(title, [.init(reference: "1", statement: "2")])
        }
        let met = try await stage.check(title, "EFFICACY", "96")
        await expectRefusal("SPOT_CHECK_WAS_MET") { () async throws(RPCStatus) in
            try await stage.demand(
                title, [.init(cause: .spotCheckFailed, reference: met.id, statement: "抽检")])
        }
        let failed = try await stage.check(title, "EFFICACY", "94")
        _ = try await stage.demand(
            title, [.init(cause: .spotCheckFailed, reference: failed.id, statement: "抽检")])
        await expectRefusal("CANCELLATION_DEMANDED_ALREADY") { () async throws(RPCStatus) in
            try await stage.demand(title)
        }
    }

    @Test("a title is demanded in its validity only: on its last day, not the day after")
    func demandInValidity() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try stage.harness.go(to: TitleStage.lastValid)
        _ = try await stage.demand(titles[0])
        try stage.harness.go(to: "2026-06-03")
        await expectRefusal("TITLE_NOT_VALID") { () async throws(RPCStatus) in
            try await stage.demand(titles[1])
        }
    }

    @Test("the title's own agency cancels, on demand and with a reason; another never")
    func byAgency() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        await expectRefusal("CANCELLATION_NOT_DEMANDED") { () async throws(RPCStatus) in
            try await stage.agency.cancelTitle(.init(titleId: title.id, reason: "不实"))
        }
        _ = try await stage.demand(title)
        await expectRefusal("NOT_THE_TITLES_AGENCY") { () async throws(RPCStatus) in
            try await stage.client(TitleStage.rival).cancelTitle(.init(titleId: title.id, reason: "不实"))
        }
        await expectRefusal("CANCELLATION_REASON_MISSING") { () async throws(RPCStatus) in
            try await stage.agency.cancelTitle(.init(titleId: title.id, reason: " "))
        }
        let receipt = try await stage.agency.cancelTitle(.init(titleId: title.id, reason: "不实"))
        #expect(receipt.state == "CANCELLED")
        await expectRefusal("TITLE_CANCELLED_ALREADY") { () async throws(RPCStatus) in
            try await stage.agency.cancelTitle(.init(titleId: title.id, reason: "不实"))
        }
        await expectRefusal("TITLE_CANCELLED_ALREADY") { () async throws(RPCStatus) in
            try await stage.demand(title)
        }
    }

    @Test("the work agency cancels once the answer is overdue: not on the last day, but the day after")
    func byWorkAgency() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        _ = try await stage.demand(title)
        try stage.harness.go(to: "2025-09-15", hour: 23, minute: 59)
        await expectRefusal("ANSWER_NOT_OVERDUE") { () async throws(RPCStatus) in
            try await stage.workAgency.cancelTitle(.init(titleId: title.id, reason: "逾期未办理"))
        }
        try stage.harness.go(to: "2025-09-16", hour: 0, minute: 0)
        _ = try await stage.workAgency.cancelTitle(.init(titleId: title.id, reason: "逾期未办理"))
        let cancelled = try await stage.title(title.id)
        #expect(cancelled.state == .cancelled)
        #expect(cancelled.cancelledOn == "2025-09-16")
        #expect(cancelled.cancellationReason == "逾期未办理")
    }
}
