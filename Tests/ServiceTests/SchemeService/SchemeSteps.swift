import Contracts
import Regulation
import Testing
import Wire

// The steps of 3.1 in their order, on working days of the spring of 2025.
extension SchemeStage {
    static let experts: ClosedRange<UInt8> = 1...6

    /// Id of a call that takes applications up to 31 March.
    func openedCall() async throws -> String {
        _ = try await authority.publishKeyField(.init(keyField: Self.keyField))
        for number in Self.experts {
            _ = try await workAgency.enrolExpert(.init(expert: Self.expert(number)))
        }
        return try await workAgency.openCall(
            .init(keyField: Self.field, conditions: "具有独立法人资格", deadline: "2025-03-31")
        ).id
    }

    /// Id of the agency's application, complete unless `spoil` takes something away.
    func submitted(
        _ spoil: (inout SchemeAPI.SubmitApplicationRequest) -> Void = { _ in }
    ) async throws -> String {
        var papers = Self.papers(try await openedCall())
        spoil(&papers)
        try harness.go(to: "2025-03-20")
        return try await agency.submitApplication(papers).id
    }

    func formPassed() async throws -> String {
        let id = try await submitted()
        try harness.go(to: "2025-04-01")
        _ = try await workAgency.reviewForm(.init(applicationId: id, pass: true, opinion: "齐全"))
        return id
    }

    func underPanel(_ members: ClosedRange<UInt8> = experts) async throws -> String {
        let id = try await formPassed()
        _ = try await workAgency.appointPanel(
            .init(applicationId: id, expertIds: members.map { "E\($0)" }))
        return id
    }

    /// Opinions of the first experts in the order of the verdicts.
    func give(_ verdicts: [SchemeAPI.Verdict], on id: String) async throws {
        for (number, verdict) in zip(Self.experts, verdicts) {
            _ = try await committee.giveOpinion(
                .init(applicationId: id, opinion: Self.opinion(number, verdict)))
        }
    }

    /// The state the panel leaves an application in after these verdicts.
    func conclude(_ verdicts: [SchemeAPI.Verdict], on id: String) async throws -> CommonAPI.Receipt {
        try await give(verdicts, on: id)
        return try await workAgency.concludePanel(.init(applicationId: id, opinion: "评审意见"))
    }

    func panelPassed() async throws -> String {
        let id = try await underPanel()
        _ = try await conclude(Array(repeating: .pass, count: 5), on: id)
        return id
    }

    /// Under notice from Friday 11 to Friday 25 April.
    func underNotice() async throws -> (application: String, notice: String) {
        let id = try await panelPassed()
        try harness.go(to: "2025-04-11")
        return (id, try await openNotice(id))
    }

    func openNotice(_ id: String) async throws -> String {
        _ = try await workAgency.openNotice(.init(applicationId: id))
        return try #require(try await application(id).notice).id
    }

    func objection(to notice: String, _ ground: String = "指标过低") async throws -> String {
        try await everybody.lodgeObjection(
            .init(noticeId: notice, objector: "某企业", ground: ground, contact: PrivateWords.objector)
        ).id
    }

    func determined() async throws -> String {
        let (id, _) = try await underNotice()
        try harness.go(to: "2025-04-26")
        _ = try await committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        return id
    }

    /// Ids of the application and of its published scheme.
    func published() async throws -> (application: String, scheme: String) {
        let id = try await determined()
        return (id, try await workAgency.publishScheme(.init(applicationId: id)).id)
    }
}
