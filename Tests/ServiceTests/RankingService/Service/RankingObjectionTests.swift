import Authority
import Contracts
import Ledger
import RankingService
import Regulation
import Testing
import Wire

@Suite("Objections to a result")
struct RankingObjectionTests {
    private func lodge(
        _ fixture: RankingFixture, _ listID: String, entries: [String] = [], ground: String = "数据不实"
    ) async throws -> String {
        let notice = try #require(try await fixture.head(listID).notice)
        return try await fixture.service.lodgeObjection(
            .init(
                noticeId: notice.id, objector: "某消费者", ground: ground, entries: entries,
                contact: "13800000000"), fixture.call()
        ).id
    }

    private func opine(
        _ fixture: RankingFixture, _ objection: String, founded: Bool, employer: UInt8 = 80
    ) async throws {
        _ = try await fixture.service.giveComprehensiveOpinion(
            .init(
                objectionId: objection,
                voices: [
                    .init(
                        expertId: "E1", employer: .init(creditCode: RankingFixture.code(employer).text),
                        founded: founded)
                ], opinion: "综合评议意见"), fixture.call(RankingFixture.committee))
    }

    private func decide(
        _ fixture: RankingFixture, _ objection: String, _ outcome: CommonAPI.ObjectionState
    ) async throws {
        _ = try await fixture.service.decideObjection(
            .init(objectionId: objection, outcome: outcome, reason: "理由"),
            fixture.call(RankingFixture.workAgency))
    }

    private func codes(_ error: (any Error)?) -> [String] {
        (error as? RPCStatus)?.refusal?.findings.map(\.code) ?? []
    }

    @Test("an objection on the last day is in time, on the day after it is not")
    func late() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        fixture.go(to: "2025-10-10")
        _ = try await lodge(fixture, listID)
        fixture.go(to: "2025-10-11")
        let error = await #expect(throws: RPCStatus.self) { try await lodge(fixture, listID) }
        #expect(codes(error) == ["OBJECTION_TOO_LATE"])
    }

    @Test(
        "an objection without a ground, or to an entry that is not on the list, is refused with both reasons")
    func groundless() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let error = await #expect(throws: RPCStatus.self) {
            try await lodge(fixture, listID, entries: ["nobody"], ground: " ")
        }
        #expect(codes(error) == ["OBJECTION_GROUND_MISSING", "OBJECTED_ENTRY_UNKNOWN"])
    }

    @Test("an entry under objection is held back, the rest is published with its ranks unchanged")
    func heldBack() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let second = try await fixture.entries(listID)[1]
        let objection = try await lodge(fixture, listID, entries: [second.key])
        fixture.go(to: "2025-10-11")
        _ = try await fixture.service.publishRanking(
            .init(listId: listID), fixture.call(RankingFixture.workAgency))
        let shown = try await fixture.entries(listID, as: .everybody)
        #expect(shown.map(\.rank) == [1, 2, 3, 4])
        #expect(shown[1].standing == .heldBack)
        #expect(shown[1].enterprise == nil)
        #expect(shown[2].enterprise?.name == "丙公司")

        try await opine(fixture, objection, founded: false)
        try await decide(fixture, objection, .rejected)
        let cleared = try await fixture.entries(listID, as: .everybody)
        #expect(cleared[1].standing == .named)
        #expect(cleared[1].enterprise?.name == "乙公司")
    }

    @Test("an open objection to the whole list stops its publication; upheld, it withdraws the list")
    func wholeList() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let objection = try await lodge(fixture, listID)
        fixture.go(to: "2025-10-11")
        let error = await #expect(throws: RPCStatus.self) {
            try await fixture.service.publishRanking(
                .init(listId: listID), fixture.call(RankingFixture.workAgency))
        }
        #expect(codes(error) == ["OBJECTION_OPEN"])
        let early = await #expect(throws: RPCStatus.self) { try await decide(fixture, objection, .upheld) }
        #expect(codes(early) == ["COMPREHENSIVE_OPINION_MISSING"])
        try await opine(fixture, objection, founded: true)
        try await decide(fixture, objection, .upheld)
        #expect(try await fixture.head(listID).state == .withdrawn)
        let again = await #expect(throws: RPCStatus.self) {
            try await fixture.service.publishRanking(
                .init(listId: listID), fixture.call(RankingFixture.workAgency))
        }
        #expect(codes(again) == ["WRONG_STATE"])
    }

    @Test("an objection that asks for a change sends the list back, and it may be submitted again")
    func amend() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let objection = try await lodge(fixture, listID)
        try await opine(fixture, objection, founded: true)
        try await decide(fixture, objection, .amend)
        #expect(try await fixture.head(listID).state == .returned)
        let receipt = try await fixture.service.submitRanking(
            .init(listId: listID, undertakings: RankingFixture.undertakings),
            fixture.call(RankingFixture.agency))
        #expect(receipt.state == "SUBMITTED")
    }

    @Test(
        "experts of the agency or of an enterprise concerned give no opinion", arguments: [100, 2] as [UInt8])
    func conflict(employer: UInt8) async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let second = try await fixture.entries(listID)[1]
        let objection = try await lodge(fixture, listID, entries: [second.key])
        let error = await #expect(throws: RPCStatus.self) {
            try await opine(fixture, objection, founded: false, employer: employer)
        }
        #expect(codes(error) == ["EXPERT_WITH_CONFLICT"])
        try await opine(fixture, objection, founded: false, employer: 3)
    }

    @Test("contact data is in no answer")
    func contact() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        _ = try await lodge(fixture, listID)
        let notices = try await fixture.service.listNotices(.init(), fixture.call())
        #expect(notices.notices.count == 1)
        #expect(notices.notices[0].objections.map(\.objector) == ["某消费者"])
        #expect(!String(describing: notices).contains("13800000000"))
    }

    @Test("a forerunner held back follows by a publication of its own once it is cleared")
    func forerunnerCleared() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let id = try await fixture.forerunnersUnderNotice(of: listID)
        let list = try await fixture.service.getForerunnerList(.init(id: id), fixture.call())
        let held = list.forerunners[0].entryKey
        let objection = try await fixture.service.lodgeObjection(
            .init(noticeId: list.notice?.id ?? "", objector: "某人", ground: "不实", entries: [held]),
            fixture.call()
        ).id
        fixture.go(to: "2025-11-29")
        _ = try await fixture.service.publishForerunners(
            .init(forerunnerListId: id), fixture.call(RankingFixture.workAgency))
        let first = try await fixture.service.getForerunnerList(.init(id: id), fixture.call())
        #expect(first.forerunners.map(\.entryKey) == [list.forerunners[1].entryKey])
        let nothing = await #expect(throws: RPCStatus.self) {
            try await fixture.service.publishForerunners(
                .init(forerunnerListId: id), fixture.call(RankingFixture.workAgency))
        }
        #expect(codes(nothing) == ["NOTHING_TO_PUBLISH"])

        try await opine(fixture, objection, founded: false)
        try await decide(fixture, objection, .rejected)
        let receipt = try await fixture.service.publishForerunners(
            .init(forerunnerListId: id), fixture.call(RankingFixture.workAgency))
        let event = try await fixture.ledger.events(after: receipt.position - 1, limit: 1)[0]
        let second = try #require(try RankingAPI.ForerunnersPublished(serialized: event.payload).list)
        #expect(second.forerunners.map(\.entryKey) == [held])
        let both = try await fixture.service.getForerunnerList(.init(id: id), fixture.call())
        #expect(both.forerunners.count == 2)
    }
}
