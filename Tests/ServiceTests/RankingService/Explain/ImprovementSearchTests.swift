import RankingService
import Regulation
import Testing

/// The search beside an oracle that knows no keys and no halving: it tries every step of the grid and ranks
/// everything anew by the plain evaluation.
@Suite("What a better rank would take")
struct ImprovementSearchTests {
    @Test("the least changes are those that trying everything finds", arguments: 0..<8)
    func random(part: Int) throws {
        var checked = Checked()
        for seed in part * 400..<(part + 1) * 400 {
            let sample = RandomEvaluation(seed: UInt64(seed))
            guard ExplainSamples.isOrdered(sample.scheme) else { continue }
            let standards = Array(sample.standards.prefix(7)).map(ExplainSamples.declaredOnce)
            let oracle = ImprovementOracle(
                scheme: sample.scheme, standards: standards, standing: sample.standing)
            let result = oracle.result
            guard let entry = result.entries.last, entry.rank > 1 else { continue }
            let trial = StandardTrial(
                scheme: sample.scheme, standing: sample.standing, cutoff: RankingSamples.cutoff)
            let explainer = Explainer(trial: trial, places: ResultPlaces(result))
            let explanation = try explainer.explanation(
                of: standards[entry.row], key: result.key(of: entry), at: result.entries.count - 1)
            guard case .ranked(let place) = explanation.outcome, let ahead = place.ahead else {
                Issue.record("seed \(seed): the last entry is not explained as ranked")
                continue
            }
            let better = try #require(result.entries.first { result.key(of: $0) == ahead.key })
            try #require(better.rank == ahead.rank, "seed \(seed)")
            for (step, orEqual) in [(ahead.reaching, true), (ahead.passing, false)] {
                try oracle.check(
                    step, of: entry.row, against: better.row, orEqual: orEqual, seed: seed, &checked)
            }
        }
        #expect(checked.single > 0 && checked.together > 0, "the samples say little: \(checked)")
    }

    @Test("a graded standard two levels short needs both limits, and neither alone")
    func together() throws {
        let scheme = RankingSamples.scheme([
            RankingSamples.indicator("a", RankingSamples.variant("1", "2", "3")),
            RankingSamples.indicator("b", RankingSamples.variant("10", "20", "30")),
        ])
        let standards = [
            try RankingSamples.standard(["a≥3", "b≥30"], enterprise: 1),
            try RankingSamples.standard(["a≥1.5", "b≥12"], enterprise: 2),
        ]
        let result = RankingSamples.evaluate(scheme, standards)
        let trial = StandardTrial(scheme: scheme, standing: Standing(), cutoff: RankingSamples.cutoff)
        let explained = try Explainer(trial: trial, places: ResultPlaces(result)).explanation(
            of: standards[1], key: "key", at: 1)
        guard case .ranked(let place) = explained.outcome, let ahead = place.ahead else {
            Issue.record("not ranked")
            return
        }
        #expect(ahead.decidingLabel == .grade)
        guard case .allOf(let changes) = ahead.reaching.improvement else {
            Issue.record("\(ahead.reaching.improvement)")
            return
        }
        #expect(changes.map { "\($0.indicator.code) \($0.needed)" } == ["a ≥ 3", "b ≥ 30"])
        #expect(ahead.reaching.ranks == [1])
        // Nothing orders two of grade 1, so nobody can pass.
        #expect(ahead.passing.improvement == .unreachable)
    }

    @Test("the weighted model needs the first step of the grid at which the composite is enough")
    func weighted() throws {
        let scheme = RankingSamples.scheme(
            [
                RankingSamples.indicator("a", weight: "3", RankingSamples.variant("0", "100", "200")),
                RankingSamples.indicator("b", weight: "1", RankingSamples.variant("0", "10", "20")),
            ], model: .weighted)
        let standards = [
            // (3 × 80 + 1 × 80) / 4 = 80
            try RankingSamples.standard(["a≥100", "b≥10"], enterprise: 1),
            // (3 × 78 + 1 × 80) / 4 = 78.5
            try RankingSamples.standard(["a≥90", "b≥10"], enterprise: 2),
        ]
        let result = RankingSamples.evaluate(scheme, standards)
        let trial = StandardTrial(scheme: scheme, standing: Standing(), cutoff: RankingSamples.cutoff)
        let explained = try Explainer(trial: trial, places: ResultPlaces(result)).explanation(
            of: standards[1], key: "key", at: 1)
        guard case .ranked(let place) = explained.outcome, let ahead = place.ahead,
            case .anyOf(let reaching) = ahead.reaching.improvement,
            case .anyOf(let passing) = ahead.passing.improvement
        else {
            Issue.record("no single change is found")
            return
        }
        // Six points more on b: 0.2 of 2 a step, so 13; ten more on a.
        #expect(reaching.map { "\($0.indicator.code) \($0.needed)" } == ["a ≥ 100", "b ≥ 13"])
        #expect(passing.map { "\($0.indicator.code) \($0.needed)" } == ["a ≥ 101", "b ≥ 14"])
        #expect(reaching.map { $0.distance?.description } == ["10", "3"])
        #expect(explained.indicators.map { $0.contribution?.description } == ["58.5", "20"])
        #expect(explained.indicators.map { $0.next?.distance?.description } == ["10", "10"])
    }

    @Test("a standard that was left out learns which limits would let it in, whatever else is wrong")
    func admission() throws {
        let scheme = RankingSamples.scheme([
            RankingSamples.indicator("a", RankingSamples.variant(legal: "1", "2", "3", "4")),
            RankingSamples.indicator("b", RankingSamples.variant("10", "20", "30")),
        ])
        var standard = try RankingSamples.standard(["a≥0.5"])
        standard.isSeriesProduced = false
        let result = RankingSamples.evaluate(scheme, [standard])
        let trial = StandardTrial(scheme: scheme, standing: Standing(), cutoff: RankingSamples.cutoff)
        let explained = try Explainer(trial: trial, places: ResultPlaces(result)).explanation(
            of: standard, key: "key", at: nil)
        guard case .leftOut(let reasons, .allOf(let changes)?) = explained.outcome else {
            Issue.record("\(explained.outcome)")
            return
        }
        #expect(
            reasons.map(\.code) == [
                "MISSING_CORE", "LOOSER_THAN_LEGAL", "NOWHERE_STRICTER", "NOT_SERIES_PRODUCED",
                "BELOW_BASELINE",
            ])
        #expect(
            changes.map { "\($0.indicator.code) \($0.declared) \($0.needed)" } == ["a ≥ 0.5 ≥ 2", "b  ≥ 10"])
    }

    @Test("standards are found by code, number, key, and parts of names and models")
    func finder() throws {
        let scheme = RankingSamples.scheme([
            RankingSamples.indicator("a", RankingSamples.variant("1", "2", "3"))
        ])
        let standards = [
            try RankingSamples.standard(["a≥3"], enterprise: 1, models: ["PAR-30"]),
            try RankingSamples.standard(["a≥0"], enterprise: 2, number: "Q/ABC 002—2024"),
        ]
        let result = RankingSamples.evaluate(scheme, standards)
        func rows(_ query: String) -> [Int] { StandardFinder.find(query, in: result).map(\.row) }
        #expect(rows(standards[1].enterprise.text) == [1])
        #expect(rows("Q/ABC002—2024") == [1])
        #expect(rows("par-3") == [0])
        #expect(rows("示例照明") == [0, 1])
        #expect(rows("") == [] && rows("nobody") == [])
        #expect(StandardFinder.find("Q/ABC", in: result).map(\.position) == [0, nil])
    }
}

/// How much of what was checked.
struct Checked {
    var single = 0
    var together = 0
    var unreachable = 0
}

enum ExplainSamples {
    /// Whether the numbers of every variant are in the order of their levels.
    static func isOrdered(_ scheme: EvaluationScheme) -> Bool {
        scheme.indicators.allSatisfy { indicator in
            indicator.variants.allSatisfy { variant in
                let numbers = [variant.baseline, variant.average, variant.advanced].compactMap { limit in
                    if case .number(let number)? = limit?.value { number } else { nil as ExactDecimal? }
                }
                switch indicator.direction {
                case .lower: return numbers == numbers.sorted().reversed()
                case .higher: return numbers == numbers.sorted()
                case .interval, .ordinal, .yesNo: return true
                }
            }
        }
    }

    /// Only the first declaration of each indicator.
    static func declaredOnce(_ standard: DeclaredStandard) -> DeclaredStandard {
        var standard = standard
        var seen: Set<String> = []
        standard.declarations = standard.declarations.filter { seen.insert($0.indicator).inserted }
        return standard
    }
}
