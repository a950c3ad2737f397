import Authority
import Contracts
import RankingService
import Regulation
import Testing
import Wire

@Suite("Letters and comparisons by pages")
struct PagedAnswerTests {
    private static func code(_ index: Int) -> CreditCode {
        .synthesised(region: "330000", seed: [UInt8(index >> 8), UInt8(index & 255), 7])
    }

    /// Two lists of one scheme and period; on the second every entry has another value.
    private static func lists(_ count: Int, in fixture: RankingFixture) async throws -> [String] {
        try await fixture.learnScheme()
        var ids: [String] = []
        for round in 0..<2 {
            var text = "Name,Code,Number,Model,Efficacy,Flicker,Date\n"
            for index in 0..<count {
                text += "公司\(index),\(code(index).text),Q/LAMP \(100 + index)-2025,M\(index),"
                text += "\(100 + (index * 7 + round * 13) % 90),0.1,2025-03-01\n"
            }
            let snapshot = try await fixture.importFile(Array(text.utf8))
            ids.append(try await fixture.computed(from: snapshot))
        }
        for id in ids {
            // Every tenth does not agree.
            let answers = (0..<count).map { fixture.answer(of: code($0).text, given: $0 % 10 != 3) }
            try await fixture.record(answers, on: id)
        }
        return ids
    }

    private func letter(
        _ fixture: RankingFixture, _ id: String, _ offset: Int, _ limit: Int
    ) async throws -> RankingAPI.Letter {
        try await fixture.service.getLetter(
            .init(subjectId: id, page: .init(offset: UInt32(offset), limit: UInt32(limit))),
            fixture.call(RankingFixture.agency))
    }

    private func comparison(
        _ fixture: RankingFixture, _ ids: [String], _ offset: Int, _ limit: Int,
        as actor: Actor = RankingFixture.agency, kind: RankingAPI.ChangeKind = .unspecified
    ) async throws -> RankingAPI.CompareRankingsResponse {
        try await fixture.service.compareRankings(
            .init(
                beforeId: ids[0], afterId: ids[1], kind: kind,
                page: .init(offset: UInt32(offset), limit: UInt32(limit))), fixture.call(actor))
    }

    @Test("pages of a letter are its rows, counted on, also after an answer has changed")
    func letterPages() async throws {
        let fixture = try RankingFixture()
        let id = try await Self.lists(40, in: fixture)[0]
        for rowCount in [36, 35] {
            let whole = try await letter(fixture, id, 0, 100)
            #expect(whole.rows.map(\.serial) == (1...rowCount).map(String.init))
            #expect(whole.digest == Letters.digest(of: whole))
            var rows: [RankingAPI.LetterRow] = []
            for offset in stride(from: 0, to: rowCount, by: 7) {
                let page = try await letter(fixture, id, offset, 7)
                #expect(page.digest == whole.digest && page.body == whole.body)
                #expect(page.rowCount == UInt32(rowCount))
                rows += page.rows
            }
            #expect(rows == whole.rows)
            #expect(try await letter(fixture, id, rowCount, 7).rows.isEmpty)
            try await fixture.record([fixture.answer(of: Self.code(5).text, given: false)], on: id)
        }
    }

    @Test("pages of a comparison are its changes in their order, of all kinds and of one")
    func comparisonPages() async throws {
        let fixture = try RankingFixture()
        let ids = try await Self.lists(40, in: fixture)
        let whole = try await comparison(fixture, ids, 0, 100)
        #expect(whole.total == 40 && whole.changes.count == 40)
        #expect(Set(whole.changes.map(\.kind)) == [.movedUp, .movedDown])
        for kind in [RankingAPI.ChangeKind.unspecified, .movedDown] {
            let expected = whole.changes.filter { kind == .unspecified || $0.kind == kind }
            var changes: [RankingAPI.EntryChange] = []
            for offset in stride(from: 0, to: expected.count, by: 7) {
                let page = try await comparison(fixture, ids, offset, 7, kind: kind)
                #expect(page.total == UInt32(expected.count) && page.counts == whole.counts)
                changes += page.changes
            }
            #expect(changes == expected)
        }
    }

    @Test("what one caller was shown is not shown to another, nor after a consent was taken back")
    func callers() async throws {
        let fixture = try RankingFixture()
        let ids = try await Self.lists(20, in: fixture)
        for id in ids {
            _ = try await fixture.service.submitRanking(
                .init(listId: id, undertakings: RankingFixture.undertakings),
                fixture.call(RankingFixture.agency))
            _ = try await fixture.service.reviewRanking(
                .init(listId: id, pass: true, opinion: "一致"), fixture.call(RankingFixture.workAgency))
            _ = try await fixture.service.openRankingNotice(
                .init(listId: id), fixture.call(RankingFixture.workAgency))
        }
        func names(_ actor: Actor) async throws -> Set<String> {
            Set(
                try await comparison(fixture, ids, 0, 100, as: actor).changes.map {
                    $0.enterprise?.name ?? ""
                })
        }
        let all = Set((0..<20).map { "公司\($0)" })
        let own = Actor(role: .enterprise, institutionCode: Self.code(3).text)
        #expect(try await names(RankingFixture.agency) == all)
        #expect(try await names(.everybody) == all.subtracting(["公司3", "公司13"]))
        #expect(try await names(own) == all.subtracting(["公司13"]))
        #expect(try await names(.everybody) == all.subtracting(["公司3", "公司13"]))
        for id in ids {
            try await fixture.record([fixture.answer(of: Self.code(7).text, given: false)], on: id)
        }
        #expect(try await names(.everybody) == all.subtracting(["公司3", "公司7", "公司13"]))
        #expect(try await names(RankingFixture.agency) == all)
    }

    @Test("a further page of a long list takes a small part of what the first one takes")
    func cost() async throws {
        let fixture = try RankingFixture()
        let ids = try await Self.lists(1500, in: fixture)
        let clock = ContinuousClock()
        let first = try await clock.measure { _ = try await letter(fixture, ids[0], 0, 20) }
        let firstComparison = try await clock.measure { _ = try await comparison(fixture, ids, 0, 20) }
        // The quickest of several, so that a busy machine does not decide.
        var (further, furtherComparison) = (first, firstComparison)
        for offset in [200, 400, 600, 800, 1000, 1200] {
            let one = try await clock.measure { _ = try await letter(fixture, ids[0], offset, 20) }
            let other = try await clock.measure { _ = try await comparison(fixture, ids, offset, 20) }
            (further, furtherComparison) = (min(further, one), min(furtherComparison, other))
        }
        #expect(further < first / 2)
        #expect(furtherComparison < firstComparison / 2)
    }

    @Test("answers kept are bounded, and the oldest gives way")
    func bounded() {
        let cache = AnswerCache<Int>(countMax: 2)
        for number in 1...3 { cache.keep(number, as: "\(number)") }
        cache.keep(33, as: "3")
        #expect(["1", "2", "3"].map(cache.answer) == [nil, 2, 33])
    }
}
