import RankingService
import Regulation
import Testing

/// Three evaluations of the same: plain, columnar, and a reference made of fractions.
@Suite("The engine equals the plain evaluation")
struct EngineEqualityTests {
    @Test("three thousand random schemes and data sets come out the same three times", arguments: 0..<30)
    func random(hundred: Int) throws {
        var entryCount = 0
        for seed in hundred * 100..<(hundred + 1) * 100 {
            let sample = RandomEvaluation(seed: UInt64(seed))
            let plain = PlainEvaluation.evaluate(
                scheme: sample.scheme, standards: sample.standards, standing: sample.standing,
                cutoff: RankingSamples.cutoff)
            let engine = RankingEngine.evaluate(
                scheme: sample.scheme, standards: sample.standards, standing: sample.standing,
                cutoff: RankingSamples.cutoff)
            try #require(engine.entries == plain.entries, "seed \(seed)")
            try #require(engine.exclusions == plain.exclusions, "seed \(seed)")
            let reference = ReferenceEvaluation(
                scheme: sample.scheme, standing: sample.standing, cutoff: RankingSamples.cutoff
            ).evaluate(sample.standards)
            try #require(plain.entries.map(Self.comparable) == reference.entries, "seed \(seed)")
            try #require(plain.exclusions.map(Self.comparable) == reference.exclusions, "seed \(seed)")
            try #require(plain.entries.count + plain.exclusions.count == sample.standards.count)
            entryCount += plain.entries.count
        }
        #expect(entryCount > 50, "the samples say little when nearly everything is left out")
    }

    @Test(
        "the engine rounds exact halves to the even digit, in scores and in composites",
        arguments: [
            ("x≥0.4", "60.0000"), ("x≥1.2", "60.0002"), ("x≥2", "60.0002"), ("x≥2.8", "60.0004"),
            // Half of 60.0001 and half of 60.0000, then of 60.0003 and 60.0000.
            ("x≥0.8 y≥0", "60.0000"), ("x≥2.4 y≥0", "60.0002"),
        ])
    func halves(declared: String, expected: String) throws {
        let declarations = declared.split(separator: " ").map(String.init)
        let limits = RankingSamples.variant("0", "160000", "320000")
        let scheme = RankingSamples.scheme(
            ["x", "y"].prefix(declarations.count).map { RankingSamples.indicator($0, limits) },
            model: .weighted)
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: [try RankingSamples.standard(declarations)], standing: Standing(),
            cutoff: RankingSamples.cutoff)
        #expect(result.entries.map { $0.composite?.text(fractionDigits: 4) } == [expected])
    }

    @Test("the result's bytes do not depend on the order of the rows", arguments: 0..<300)
    func shuffled(seed: Int) {
        var sample = RandomEvaluation(seed: UInt64(seed))
        func digest(_ standards: [DeclaredStandard]) -> [UInt8] {
            let result = RankingEngine.evaluate(
                scheme: sample.scheme, standards: standards, standing: sample.standing,
                cutoff: RankingSamples.cutoff)
            let inputs = InputDigests(
                scheme: sample.scheme, standards: standards, standing: sample.standing)
            return EvaluationDigest.result(
                result, scheme: sample.scheme, cutoff: RankingSamples.cutoff, inputs: inputs)
        }
        let given = digest(sample.standards)
        for _ in 0..<3 { #expect(digest(sample.shuffledStandards()) == given) }
    }

    private static func comparable(_ entry: RankedEntry) -> ReferenceEvaluation.Entry {
        ReferenceEvaluation.Entry(
            row: entry.row, rank: entry.rank, grade: entry.grade,
            composite: entry.composite?.text(fractionDigits: 4), advancedCore: entry.advancedCoreCount,
            levels: String(entry.levels.map(letter)))
    }

    private static func comparable(_ excluded: ExcludedStandard) -> ReferenceEvaluation.Exclusion {
        ReferenceEvaluation.Exclusion(
            row: excluded.row, reasons: excluded.reasons.map { "\($0.code) \($0.subject)" })
    }

    private static func letter(_ level: Level) -> Character {
        switch level {
        case .advanced: "A"
        case .average: "B"
        case .baseline: "C"
        case .below: "D"
        case .notApplicable: "N"
        case .missing: "M"
        }
    }
}
