import Authority
import Contracts
import RankingService
import Regulation
import Testing
import Wire

@Suite("Explanations and statistics from the record")
struct ExplainServiceTests {
    private let notFound = RPCStatus(code: .notFound, message: "")

    private func key(_ index: Int) -> String {
        "\(RankingFixture.rows[index].code.text)/Q/LAMP 00\(index + 1)—2025/M\(index + 1)"
    }

    private func explain(
        _ fixture: RankingFixture, _ listID: String, _ index: Int, as actor: Actor = .everybody
    ) async throws -> RankingAPI.Explanation {
        let answer = try await fixture.service.explain(
            .init(listId: listID, entryKey: key(index)), fixture.call(actor))
        return try #require(answer.explanations.first)
    }

    @Test("an entry of a stored list is explained as the file is: place, indicators, the nearest better rank")
    func entry() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let explained = try await explain(fixture, listID, 2)
        #expect(explained.rank == 3 && explained.entryCount == 4 && explained.sharedBy == 1)
        #expect(explained.grade == 2)
        let efficacy = try #require(explained.indicators.first)
        #expect(efficacy.declared == "≥ 115" && efficacy.relation == .atLeast && efficacy.unit == "lm/W")
        #expect(efficacy.legal == "≥ 80" && efficacy.comparison == .stricter)
        #expect(efficacy.level == .average && efficacy.nextLimit == "≥ 130" && efficacy.distance == "15")
        let ahead = try #require(explained.ahead)
        #expect(ahead.rank == 2 && ahead.enterprise == "乙公司" && ahead.deciding == "GRADE")
        #expect(ahead.reaching?.kind == .allOf && ahead.reaching?.rank == 2)
        #expect(
            ahead.reaching?.changes.map { "\($0.indicator) \($0.needed)" } == [
                "efficacy ≥ 131", "flicker ≤ 0.2",
            ])
        #expect(ahead.passing?.changes.map(\.needed) == ["> 131", "≤ 0.2"])
    }

    @Test("what was left out is explained by its reasons and by what would let it in")
    func leftOut() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let explained = try await explain(fixture, listID, 4)
        #expect(explained.rank == 0)
        #expect(explained.reasons.map(\.code) == ["BELOW_BASELINE"])
        #expect(explained.admission?.kind == .anyOf)
        #expect(explained.admission?.changes.map(\.needed) == ["≥ 90"])
        let all = try await fixture.service.explain(
            .init(listId: listID, creditCode: RankingFixture.rows[4].code.text), fixture.call())
        #expect(all.explanations.map(\.key) == [explained.key] && all.total == 1)
    }

    @Test("an entry that is not named is not explained, and not named as the one ahead")
    func visibility() async throws {
        let fixture = try RankingFixture()
        let refusing = RankingFixture.code(2).text
        let listID = try await fixture.underNotice(refusing: [refusing])
        await #expect(throws: notFound) { try await explain(fixture, listID, 1) }
        let behind = try await explain(fixture, listID, 2)
        #expect(behind.ahead?.rank == 2)
        #expect(behind.ahead?.enterprise == "" && behind.ahead?.key == "")
        let inside = try await explain(fixture, listID, 2, as: RankingFixture.agency)
        #expect(inside.ahead?.enterprise == "乙公司")
        let itself = Actor(role: .enterprise, institutionCode: refusing)
        #expect(try await explain(fixture, listID, 1, as: itself).rank == 2)
        await #expect(throws: notFound) {
            try await fixture.service.explain(
                .init(listId: listID, creditCode: refusing), fixture.call())
        }
    }

    @Test("before its notice a list is neither explained nor counted for the public")
    func beforeNotice() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        await #expect(throws: notFound) { try await explain(fixture, listID, 0) }
        await #expect(throws: notFound) {
            try await fixture.service.getStatistics(.init(listId: listID), fixture.call())
        }
        let inside = try await fixture.service.getStatistics(
            .init(listId: listID), fixture.call(RankingFixture.agency))
        #expect(inside.list?.standardCount == 5)
        let open = try await fixture.service.getStatistics(.init(), fixture.call())
        #expect(open.list == nil)
        #expect(open.tables.first { $0.subject == "ENTRIES" }?.rows.isEmpty == true)
    }

    @Test("a question that names nothing, or twice, is refused")
    func malformed() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let invalid = RPCStatus(code: .invalidArgument, message: "")
        await #expect(throws: invalid) {
            try await fixture.service.explain(.init(listId: listID), fixture.call())
        }
        await #expect(throws: invalid) {
            try await fixture.service.getStatistics(.init(earlierSnapshotId: "S"), fixture.call())
        }
        await #expect(throws: notFound) {
            try await fixture.service.explain(.init(listId: listID, entryKey: "nobody#0"), fixture.call())
        }
    }

    @Test("statistics of a published list: levels, coverage and rise against an earlier snapshot")
    func statistics() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let head = try await fixture.service.getRankingList(.init(id: listID), fixture.call()).list
        let snapshot = try #require(head?.snapshotId)
        let request = RankingAPI.GetStatisticsRequest(listId: listID, earlierSnapshotId: snapshot)
        let answer = try await fixture.service.getStatistics(request, fixture.call())
        let list = try #require(answer.list)
        #expect(list.standardCount == 5 && list.entryCount == 4)
        let efficacy = try #require(list.indicators.first)
        #expect(efficacy.applicable == 5 && efficacy.declaring == 5 && efficacy.stricter == 5)
        #expect(efficacy.levels == .init(advanced: 2, average: 1, baseline: 1, below: 1))
        #expect(efficacy.distributions.first?.median == "115")
        #expect(list.rises.map(\.matched) == [5, 5] && list.rises.allSatisfy { $0.risen + $0.fallen == 0 })
        let entries = answer.tables.first { $0.subject == "ENTRIES" && $0.attribute == "KEY_FIELD" }
        #expect(entries?.rows == [.init(value: "2025-LAMP", count: 4)])
        // Asked again, the answer comes from what was kept.
        #expect(try await fixture.service.getStatistics(request, fixture.call()) == answer)
    }
}
