import Authority
import Contracts
import Ledger
import Testing
import Wire

@Suite("Granting and validity of titles (3.2.5)")
struct TitleGrantTests {
    @Test("a published list grants each of its titles exactly once, also after a restart")
    func once() async throws {
        let stage = try TitleStage()
        try await stage.publish()
        try await stage.follower.followOnce()
        let position = try await stage.harness.ledger.lastPosition()
        let titles = try await stage.titles()
        #expect(titles.count == 3)
        #expect(position == 4, "one event for the list, one for each title")
        try await stage.follower.followOnce()
        try stage.harness.restart()
        try await stage.follower.followOnce()
        #expect(try await stage.harness.ledger.lastPosition() == position)
        #expect(try await stage.titles() == titles)
        #expect(try await stage.harness.ledger.cursor("ranking") == 2)
        try stage.harness.expectSoundRecord()
    }

    @Test("a title says whose it is, for what, by whom and how long")
    func contents() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        #expect(title.forerunner == TitleStage.list.forerunners[0])
        #expect(title.forerunnerListId == TitleStage.listID)
        #expect(title.rankingListId == "RANKING-1")
        #expect(title.schemeId == "SCHEME-1")
        #expect(title.agency == TitleStage.agency.institution)
        #expect(title.validFrom == TitleStage.published)
        #expect(title.validUntil == TitleStage.lastValid)
        #expect(title.state == .valid)
        #expect(!title.holderBarred)
    }

    @Test("a title is valid to 24:00 of its last day and expired a minute later, without an event")
    func validity() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        let position = try await stage.harness.ledger.lastPosition()
        try stage.harness.go(to: TitleStage.lastValid, hour: 23, minute: 59)
        #expect(try await stage.title(title.id).state == .valid)
        try stage.harness.go(to: "2026-06-03", hour: 0, minute: 0)
        #expect(try await stage.title(title.id).state == .expired)
        #expect(try await stage.titles().allSatisfy { $0.state == .expired })
        #expect(try await stage.harness.ledger.lastPosition() == position)
        #expect(try await stage.barred(on: "2026-06-03").isEmpty)
    }

    @Test("another length of validity is the list's; none stated is the regulation's year")
    func months() async throws {
        let stage = try TitleStage()
        for (months, until) in [(UInt32(0), "2026-06-02"), (6, "2025-12-02"), (24, "2027-06-02")] {
            var list = TitleStage.list
            list.id = "FORERUNNERS-\(months)"
            list.validityMonths = months
            try await stage.publish(list)
            try await stage.follower.followOnce()
            let titles = try await stage.titles().filter { $0.forerunnerListId == list.id }
            #expect(titles.map(\.validUntil) == [until, until, until])
        }
    }

    @Test("a list without forerunners is learnt and grants nothing")
    func none() async throws {
        let stage = try TitleStage()
        var list = TitleStage.list
        list.forerunners = []
        try await stage.publish(list)
        try await stage.follower.followOnce()
        #expect(try await stage.titles().isEmpty)
        #expect(try await stage.harness.ledger.lastPosition() == 1)
    }

    @Test(
        "a title is found by id, code, name, standard number and model",
        arguments: [
            ("", 3), (TitleStage.code(1), 2), ("企业2", 1), ("Q/ZA 001—2025", 1), ("Q/ZA001—2025", 1),
            ("q/za 001-2025", 1), ("B3", 1), ("b3", 1), ("没有", 0), ("  ", 3), (" 企业2 ", 1),
        ])
    func find(query: String, count: Int) async throws {
        let stage = try TitleStage()
        let all = try await stage.granted()
        let found = try await stage.everybody.findTitles(.init(query: query))
        #expect(found.titles.count == count)
        #expect(Int(found.total) == count)
        let byID = try await stage.everybody.findTitles(.init(query: all[0].id))
        #expect(byID.titles == [all[0]])
    }

    @Test("pages cut the same order into pieces and keep the total")
    func pages() async throws {
        let stage = try TitleStage()
        _ = try await stage.granted()
        let whole = try await stage.everybody.findTitles(.init()).titles
        var pieces: [ComplianceAPI.Title] = []
        for offset in UInt32(0)..<4 {
            let page = try await stage.everybody.findTitles(.init(page: .init(offset: offset, limit: 1)))
            #expect(page.total == 3)
            pieces += page.titles
        }
        #expect(pieces == whole)
    }
}
