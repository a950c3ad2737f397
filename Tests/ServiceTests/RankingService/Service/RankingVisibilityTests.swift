import Authority
import Contracts
import Ledger
import RankingService
import Regulation
import Testing
import Wire

@Suite("Who sees what of a ranking list")
struct RankingVisibilityTests {
    private let notFound = RPCStatus(code: .notFound, message: "")

    @Test("before its notice a list is there for its agency and the work agency only")
    func beforeNotice() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        let enterprise = Actor(role: .enterprise, institutionCode: RankingFixture.code(1).text)
        for actor in [Actor.everybody, other, enterprise, RankingFixture.committee] {
            await #expect(throws: notFound) { try await fixture.entries(listID, as: actor) }
            await #expect(throws: notFound) {
                try await fixture.service.listExclusions(.init(listId: listID), fixture.call(actor))
            }
            let lists = try await fixture.service.listRankingLists(.init(), fixture.call(actor))
            #expect(lists.lists.isEmpty)
            let history = try await fixture.service.listHistory(
                .init(stream: "ranking-list/\(listID)"), fixture.call(actor))
            #expect(history.lines.isEmpty)
        }
        for actor in [RankingFixture.agency, RankingFixture.workAgency] {
            #expect(try await fixture.entries(listID, as: actor).count == 4)
        }
    }

    @Test("an enterprise that did not consent is a gap for the public: its rank and nothing else")
    func gap() async throws {
        let fixture = try RankingFixture()
        let refusing = RankingFixture.code(2).text
        let listID = try await fixture.underNotice(refusing: [refusing])
        let shown = try await fixture.entries(listID, as: .everybody)
        #expect(shown.map(\.rank) == [1, 2, 3, 4])
        #expect(shown[1] == RankingAPI.Entry(rank: 2, grade: 1, standing: .consentNotGiven))
        #expect(shown[0].enterprise?.name == "甲公司")

        let inside = try await fixture.entries(listID)
        #expect(inside[1].standing == .consentNotGiven)
        #expect(inside[1].enterprise?.name == "乙公司")
        await #expect(throws: notFound) {
            try await fixture.service.getEntry(
                .init(listId: listID, entryKey: inside[1].key), fixture.call())
        }
        let itself = Actor(role: .enterprise, institutionCode: refusing)
        let own = try await fixture.service.getEntry(
            .init(listId: listID, entryKey: inside[1].key), fixture.call(itself))
        #expect(own.enterprise?.creditCode == refusing)
        let first = try await fixture.service.getEntry(
            .init(listId: listID, entryKey: inside[0].key), fixture.call())
        #expect(first.indicators.count == 2)
    }

    @Test("a page has the rows asked for and the number of all")
    func pages() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let page = try await fixture.service.getRankingList(
            .init(id: listID, page: .init(offset: 2, limit: 1)), fixture.call())
        #expect(page.total == 4)
        #expect(page.entries.map(\.rank) == [3])
        #expect(page.list?.notice?.state == .closed)
    }

    @Test("a notice is open to 24:00 of its last day, and closed after")
    func noticeState() async throws {
        let fixture = try RankingFixture()
        _ = try await fixture.underNotice()
        fixture.go(to: "2025-10-10")
        #expect(
            try await fixture.service.listNotices(.init(openOnly: true), fixture.call()).notices.count == 1)
        fixture.go(to: "2025-10-11")
        #expect(
            try await fixture.service.listNotices(.init(openOnly: true), fixture.call()).notices.isEmpty)
    }
}
