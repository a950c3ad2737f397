import Contracts
import Regulation
import SchemeService
import Testing
import Wire

/// Every step in every state: what the order of 3.1 takes is done, all else is refused and changes nothing.
@Suite("An application takes each step in its turn only")
struct SchemeLifecycleTests {
    /// The order of 3.1.2 and 3.1.3, written down a second time.
    static let exits: [SchemeAPI.ApplicationState: Set<ApplicationStep>] = [
        .submitted: [.reviewForm], .formPassed: [.appointPanel], .formFailed: [],
        .underPanel: [.giveOpinion, .concludePanel], .sentBack: [.reviseScheme, .settleObjection],
        .panelPassed: [.openNotice], .panelFailed: [],
        .underNotice: [.lodgeObjection, .settleObjection, .determineAgency],
        .rejected: [.settleObjection],
        .determined: [.publishScheme], .published: [],
    ]

    static let states = SchemeAPI.ApplicationState.allCases.filter { $0 != .unspecified }

    @Test("every state of the contract has its exits written down")
    func complete() {
        #expect(Set(Self.exits.keys) == Set(Self.states))
    }

    @Test("a state refuses every step that is not its own, by name", arguments: states)
    func refuses(state: SchemeAPI.ApplicationState) async throws {
        let stage = try SchemeStage()
        let matter = try await stage.matter(in: state)
        let before = try await stage.application(matter.application)
        #expect(before.state == state)
        let allowed = try #require(Self.exits[state])
        for step in ApplicationStep.allCases where !allowed.contains(step) {
            let status = await status { () async throws(RPCStatus) in
                try await stage.take(step, in: matter)
            }
            if matter.isUnknown(to: step) {
                #expect(status?.code == .notFound, "\(step)")
            } else {
                #expect(status?.refusal?.findings.map(\.code) == ["WRONG_STATE"], "\(step): \(status as Any)")
            }
        }
        #expect(try await stage.application(matter.application) == before)
        try stage.harness.expectSoundRecord()
    }

    @Test(
        "a state takes its own steps",
        arguments: exits.flatMap { state, steps in steps.map { (state, $0) } })
    func takes(state: SchemeAPI.ApplicationState, step: ApplicationStep) async throws {
        let stage = try SchemeStage()
        let matter = try await stage.matter(in: state)
        if step == .determineAgency || step == .reviseScheme {
            _ = try await stage.take(.settleObjection, in: matter)
        }
        if step == .determineAgency { try stage.harness.go(to: "2025-05-30") }
        let receipt = try await stage.take(step, in: matter)
        #expect(receipt.position > 0)
        if step != .lodgeObjection, step != .settleObjection {
            let state = try await stage.application(matter.application).state
            #expect(state.name == "APPLICATION_STATE_" + receipt.state)
        }
        try stage.harness.expectSoundRecord()
    }
}

/// An application in some state, with the notice and the open objection that the state brings along.
struct SchemeMatter: Sendable {
    var application: String
    var notice: String?
    var objection: String?

    func isUnknown(to step: ApplicationStep) -> Bool {
        step == .lodgeObjection && notice == nil || step == .settleObjection && objection == nil
    }
}

extension SchemeStage {
    /// Brings an application into a state by the steps that lead there.
    func matter(in state: SchemeAPI.ApplicationState) async throws -> SchemeMatter {
        switch state {
        case .submitted: return SchemeMatter(application: try await submitted())
        case .formPassed: return SchemeMatter(application: try await formPassed())
        case .formFailed:
            let id = try await submitted()
            _ = try await workAgency.reviewForm(.init(applicationId: id, pass: false, opinion: "不齐全"))
            return SchemeMatter(application: id)
        case .underPanel:
            let id = try await underPanel()
            try await give(Array(repeating: .pass, count: 5), on: id)
            return SchemeMatter(application: id)
        case .panelPassed: return SchemeMatter(application: try await panelPassed())
        case .panelFailed:
            let id = try await underPanel()
            _ = try await conclude(Array(repeating: .fail, count: 5), on: id)
            return SchemeMatter(application: id)
        case .underNotice, .sentBack, .rejected:
            let (id, notice) = try await underNotice()
            let open = try await objection(to: notice)
            if state != .underNotice {
                let decisive = try await objection(to: notice, "方法不当")
                let outcome: CommonAPI.ObjectionState = state == .rejected ? .upheld : .amend
                _ = try await committee.settleObjection(
                    .init(objectionId: decisive, outcome: outcome, reason: "成立"))
            }
            return SchemeMatter(application: id, notice: notice, objection: open)
        case .determined, .published:
            let (id, notice) = try await underNotice()
            let objection = try await objection(to: notice)
            _ = try await committee.settleObjection(
                .init(objectionId: objection, outcome: .rejected, reason: "不成立"))
            try harness.go(to: "2025-04-26")
            _ = try await committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
            if state == .published {
                _ = try await workAgency.publishScheme(.init(applicationId: id))
            }
            return SchemeMatter(application: id, notice: notice, objection: objection)
        case .unspecified, .unrecognized:
            throw RPCStatus(code: .invalidArgument, message: "no application is in state \(state)")
        }
    }

    /// Takes a step as the institution that may, with everything it needs.
    func take(_ step: ApplicationStep, in matter: SchemeMatter) async throws(RPCStatus) -> CommonAPI.Receipt {
        let id = matter.application
        switch step {
        case .reviewForm:
            return try await workAgency.reviewForm(.init(applicationId: id, pass: true, opinion: "齐全"))
        case .appointPanel:
            return try await workAgency.appointPanel(
                .init(applicationId: id, expertIds: Self.experts.map { "E\($0)" }))
        case .giveOpinion:
            return try await committee.giveOpinion(.init(applicationId: id, opinion: Self.opinion(6)))
        case .concludePanel:
            return try await workAgency.concludePanel(.init(applicationId: id, opinion: "评审意见"))
        case .reviseScheme:
            return try await agency.reviseScheme(
                .init(applicationId: id, scheme: .init(SchemeSample.scheme)))
        case .openNotice:
            return try await workAgency.openNotice(.init(applicationId: id))
        case .lodgeObjection:
            return try await everybody.lodgeObjection(
                .init(noticeId: matter.notice ?? "none", objector: "某企业", ground: "指标过低"))
        case .settleObjection:
            return try await committee.settleObjection(
                .init(objectionId: matter.objection ?? "none", outcome: .rejected, reason: "不成立"))
        case .determineAgency:
            return try await committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        case .publishScheme:
            return try await workAgency.publishScheme(.init(applicationId: id))
        }
    }
}
