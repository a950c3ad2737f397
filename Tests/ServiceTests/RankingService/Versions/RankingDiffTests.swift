import Contracts
import RankingService
import Testing

@Suite("What changed from one list to another")
struct RankingDiffTests {
    private static func entry(
        _ name: String, _ rank: UInt32, efficacy: String = "≥ 100", level: RankingAPI.Level = .average,
        score: String = "80.0000"
    ) -> RankingAPI.Entry {
        RankingAPI.Entry(
            rank: rank, enterprise: .init(creditCode: name, name: name), standardNumber: "Q/\(name) 1-2025",
            models: ["M"], score: score,
            indicators: [
                .init(indicator: "efficacy", name: "光效", declared: efficacy, unit: "lm/W", level: level)
            ], key: "\(name)/Q/\(name) 1-2025/M", standing: .named)
    }

    private static func diff(
        _ before: [RankingAPI.Entry], _ after: [RankingAPI.Entry],
        _ exclusions: [String: [RankingAPI.ExclusionReason]] = [:], isWhole: Bool = true
    ) -> RankingDiff {
        RankingDiff(before: before, after: after, exclusions: exclusions, isWhole: isWhole)
    }

    private func counts(_ diff: RankingDiff) -> [UInt32] { diff.counts.map(\.count) }

    @Test("a list differs from itself in nothing")
    func same() {
        let entries = [Self.entry("A", 1), Self.entry("B", 2)]
        let diff = Self.diff(entries, entries)
        #expect(diff.changes.isEmpty)
        #expect(diff.unchangedCount == 2)
        #expect(counts(diff) == [0, 0, 0, 0, 0])
        #expect(diff.counts.map(\.kind) == [.entered, .left, .movedUp, .movedDown, .values])
    }

    @Test("entered, left, moved and changed are told apart, by kind and then by rank")
    func kinds() {
        let before = [
            Self.entry("A", 1), Self.entry("B", 2), Self.entry("C", 3), Self.entry("D", 4),
            Self.entry("E", 5),
        ]
        let after = [
            Self.entry("B", 1), Self.entry("A", 2), Self.entry("C", 3, efficacy: "≥ 120", level: .advanced),
            Self.entry("E", 5), Self.entry("F", 6),
        ]
        let diff = Self.diff(before, after)
        #expect(diff.changes.map { $0.enterprise?.name } == ["F", "D", "B", "A", "C"])
        #expect(diff.changes.map(\.kind) == [.entered, .left, .movedUp, .movedDown, .values])
        #expect(diff.unchangedCount == 1)
        #expect(diff.changes[2].before?.rank == 2 && diff.changes[2].after?.rank == 1)
        #expect(diff.changes[0].before == nil && diff.changes[1].after == nil)
        #expect(
            diff.changes[4].indicators == [
                .init(
                    indicator: "efficacy", name: "光效", unit: "lm/W", declaredBefore: "≥ 100",
                    declaredAfter: "≥ 120", levelBefore: .average, levelAfter: .advanced)
            ])
    }

    @Test("an entry that moved carries its changed values; a changed score alone is a change")
    func values() {
        let diff = Self.diff(
            [Self.entry("A", 1), Self.entry("B", 2)],
            [Self.entry("A", 1, score: "81.0000"), Self.entry("B", 1, efficacy: "≥ 101")])
        #expect(diff.changes.map(\.kind) == [.movedUp, .values])
        #expect(diff.changes[0].indicators.map(\.declaredAfter) == ["≥ 101"])
        #expect(diff.changes[1].indicators.isEmpty)
        #expect(diff.changes[1].before?.score == "80.0000" && diff.changes[1].after?.score == "81.0000")
    }

    @Test("an indicator that only one of the lists has is a change from or to nothing")
    func indicators() {
        var later = Self.entry("A", 1)
        later.indicators[0].indicator = "flicker"
        let diff = Self.diff([Self.entry("A", 1)], [later])
        #expect(diff.changes[0].indicators.map(\.indicator) == ["flicker", "efficacy"])
        #expect(diff.changes[0].indicators.map(\.declaredBefore) == ["", "≥ 100"])
        #expect(diff.changes[0].indicators.map(\.levelAfter) == [.average, .unspecified])
    }

    @Test("what left says why: its exclusion, or that the snapshot has it no more")
    func reasons() {
        let (a, b) = (Self.entry("A", 1), Self.entry("B", 2))
        let barred = RankingAPI.ExclusionReason(code: "BARRED", citation: "3.2.6")
        let diff = Self.diff([a, b], [], [a.key: [barred]])
        #expect(diff.changes.map { $0.reasons.map(\.code) } == [["BARRED"], ["NOT_IN_SNAPSHOT"]])
    }

    @Test("who does not see every name is not told whether an unnamed one is still ranked")
    func unnamed() {
        let (a, b) = (Self.entry("A", 1), Self.entry("B", 2))
        let gap = RankingAPI.Entry(rank: 1, standing: .consentNotGiven)
        let diff = Self.diff([a, b], [gap, b], isWhole: false)
        #expect(diff.changes.map(\.kind) == [.left])
        #expect(diff.changes[0].reasons.map(\.code) == ["NOT_NAMED"])
        let absent = Self.diff([a, b], [b], isWhole: false)
        #expect(absent.changes == diff.changes)
        #expect(absent.unchangedCount == diff.unchangedCount)
        #expect(Self.diff([gap], [gap], isWhole: false).changes.isEmpty)
    }

    @Test("the order of the entries given has no weight")
    func order() {
        let before = (1...20).map { Self.entry("E\($0)", UInt32($0)) }
        let after = (1...20).map { Self.entry("E\($0)", UInt32(21 - $0)) }
        let diff = Self.diff(before, after)
        #expect(Self.diff(before.reversed(), after.shuffled()).changes == diff.changes)
        #expect(counts(diff) == [0, 0, 10, 10, 0])
    }
}
