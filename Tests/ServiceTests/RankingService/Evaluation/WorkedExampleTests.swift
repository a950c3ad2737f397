import RankingService
import Regulation
import Testing

/// The table of `Rankings.md`.
@Suite("The worked example of the documentation")
struct WorkedExampleTests {
    @Test("scores, composites, ranks and reasons are those that the page works out by hand")
    func workedExample() throws {
        let scheme = RankingSamples.scheme(
            [
                RankingSamples.indicator(
                    "efficacy", weight: "0.5", RankingSamples.variant(legal: "60", "70", "80", "100")),
                RankingSamples.indicator(
                    "standby", .core, .lower, weight: "0.3",
                    RankingSamples.variant(legal: "0.5", "0.5", "0.3", "0.15")),
                RankingSamples.indicator(
                    "pf", .innovative, weight: "0.2", RankingSamples.variant(nil, "0.8", "0.9")),
            ], model: .weighted)
        let rows = try [
            ["efficacy≥87", "standby≤0.25", "pf≥0.85"], ["efficacy≥96", "standby≤0.4"],
            ["efficacy≥60", "standby≤0.5", "pf≥0.9"], ["efficacy≥90", "standby≤0.21", "pf≥0.7"],
        ].enumerated().map { try RankingSamples.standard($1, enterprise: UInt8($0 + 1)) }
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: rows, standing: Standing(), cutoff: RankingSamples.cutoff)
        #expect(result.entries.map(\.rank) == [1, 2, 3])
        #expect(result.entries.map(\.row) == [0, 3, 1])
        #expect(
            result.entries.map { $0.composite?.text(fractionDigits: 4) } == ["87.5000", "84.6000", "81.0000"])
        #expect(result.exclusions.map(\.row) == [2])
        #expect(result.exclusions[0].reasons.map(\.code) == ["NOWHERE_STRICTER", "BELOW_BASELINE"])
        let scores = result.entries.map { entry in
            RankingEngine.explain(entry, in: result, under: scheme).map { $0.score?.text(fractionDigits: 4) }
        }
        #expect(
            scores == [
                ["87.0000", "86.6667", "90.0000"], ["90.0000", "92.0000", "60.0000"],
                ["96.0000", "70.0000", "60.0000"],
            ])
    }
}
