import RankingService
import Regulation
import Testing

@Suite("Studies of a ranking")
struct StudyTests {
    private static func scheme(_ model: Model = .weighted) -> EvaluationScheme {
        RankingSamples.scheme(
            [
                RankingSamples.indicator("a", weight: "3", RankingSamples.variant("0", "100", "200")),
                RankingSamples.indicator("b", weight: "1", RankingSamples.variant("0", "10", "20")),
            ], model: model)
    }

    private static func standards() throws -> [DeclaredStandard] {
        [
            try RankingSamples.standard(["a≥200", "b≥0"], enterprise: 1),
            try RankingSamples.standard(["a≥100", "b≥20"], enterprise: 2),
            try RankingSamples.standard(["a≥50", "b≥10"], enterprise: 3),
        ]
    }

    @Test("an edit gives the ranking of the edited files, and says who moved")
    func whatIf() throws {
        let (scheme, standards) = (Self.scheme(), try Self.standards())
        let base = RankingSamples.evaluate(scheme, standards)
        #expect(base.entries.map(\.row) == [0, 1, 2])
        let edit = try StudyEdit.weight("b=9", in: scheme)
        let study = try WhatIf(
            [edit], scheme: scheme, result: base, standing: Standing(), cutoff: RankingSamples.cutoff)
        #expect(study.result.entries.map(\.row) == [1, 2, 0])
        #expect(study.comparison.moved.map(\.gain) == [-2, 1, 1])
        #expect(study.comparison.entered.isEmpty && study.comparison.left.isEmpty)

        let key = base.key(of: base.entries[2])
        let value = try StudyEdit.value("a=250@\(key)", in: scheme)
        let limit = try StudyEdit.limit("b.baseline=5", in: scheme)
        let other = try WhatIf(
            [value, limit], scheme: scheme, result: base, standing: Standing(), cutoff: RankingSamples.cutoff)
        // The first is below the new baseline, the third has the best a and 10 of b.
        #expect(other.comparison.left.map(\.afterRow) == [0])
        #expect(other.result.entries.map(\.row) == [2, 1])
        let rises = other.comparison.rises.map { "\($0.indicator) \($0.risen) \($0.fallen)" }
        #expect(rises == ["a 1 0", "b 0 1"])
    }

    @Test(
        "an edit that cannot be read or made says why",
        arguments: [
            ("a", "cannot be read"), ("c=1@K", "has no indicator"), ("a=x@K", "takes a number"),
        ])
    func flaws(text: String, words: String) {
        let flaw = #expect(throws: StudyFlaw.self) { try StudyEdit.value(text, in: Self.scheme()) }
        #expect(flaw?.description.contains(words) == true)
    }

    @Test("a limit edit names its variant where there are several")
    func variants() throws {
        var scheme = Self.scheme()
        scheme.indicators[0].variants.append(RankingSamples.variant("1", "2", "3"))
        #expect(throws: StudyFlaw.noVariant(indicator: "a", variant: 0, count: 2)) {
            try StudyEdit.limit("a.advanced=7", in: scheme)
        }
        #expect(throws: StudyFlaw.noVariant(indicator: "a", variant: 3, count: 2)) {
            try StudyEdit.limit("a[3].advanced=7", in: scheme)
        }
        #expect(
            try StudyEdit.limit("a[2].advanced=7", in: scheme)
                == .limit(indicator: "a", variant: 2, .advanced, RankingSamples.number("7")))
        #expect(
            try StudyEdit.limit("a[1].legal=none", in: scheme)
                == .limit(indicator: "a", variant: 1, .legal, nil))
    }

    @Test("agreement counts every pair as a loop over all of them does", arguments: 0..<200)
    func agreement(seed: Int) {
        var random = SplitMix(seed: UInt64(seed))
        let ranks = (0..<random.int(0...14)).map { _ in (random.int(1...6), random.int(1...6)) }
        var (concordant, discordant, tied) = (0, 0, 0)
        for i in ranks.indices {
            for j in ranks.indices where j > i {
                let product = (ranks[i].0 - ranks[j].0) * (ranks[i].1 - ranks[j].1)
                if product > 0 { concordant += 1 } else if product < 0 { discordant += 1 } else { tied += 1 }
            }
        }
        let agreement = RankAgreement(ranks)
        #expect(agreement.concordant == concordant)
        #expect(agreement.discordant == discordant)
        #expect(agreement.tied == tied)
    }

    @Test("the design turns every weight alone, then all at once in balance", arguments: 1...9)
    func design(count: Int) {
        let design = Sensitivity.design(count, 20)
        let alone = design.prefix(2 * count)
        #expect(alone.allSatisfy { $0.count { $0 != 0 } == 1 })
        let together = design.dropFirst(2 * count)
        #expect(together.count > count && together.count <= 2 * count)
        for weight in 0..<count {
            #expect(together.count { $0[weight] == 20 } * 2 == together.count)
            for other in 0..<weight {
                #expect(together.count { $0[weight] == 20 && $0[other] == 20 } * 4 == together.count)
            }
        }
        #expect(Set(together).count == together.count)
    }

    @Test("every entry's best and worst rank are those of ranking each run anew", arguments: 0..<4)
    func sensitivity(part: Int) throws {
        var movedCount = 0
        for seed in part * 60..<(part + 1) * 60 {
            var random = SplitMix(seed: UInt64(seed))
            let codes = ["a", "b", "c"]
            let scheme = RankingSamples.scheme(
                codes.map { code in
                    RankingSamples.indicator(
                        code, weight: random.pick(["1", "2", "2.5", "3"]),
                        RankingSamples.variant("0", "5", "9"))
                }, model: seed.isMultiple(of: 2) ? .weighted : .tiered)
            let standards = try (0..<random.int(2...8)).map { row in
                try RankingSamples.standard(codes.map { "\($0)≥\(random.int(0...10))" }, models: ["M\(row)"])
            }
            let base = RankingSamples.evaluate(scheme, standards)
            let study = Sensitivity(
                scheme: scheme, result: base, standing: Standing(), cutoff: RankingSamples.cutoff, top: 2)
            var ranks = Dictionary(uniqueKeysWithValues: base.entries.map { ($0.row, [$0.rank]) })
            for run in study.runs {
                let varied = Self.varied(scheme, study.indicators, run.changes)
                let outcome = RankingSamples.evaluate(varied, standards)
                for entry in outcome.entries { ranks[entry.row, default: []].append(entry.rank) }
            }
            for entry in study.entries {
                try #require(entry.bestRank == ranks[entry.row]?.min(), "seed \(seed)")
                try #require(entry.worstRank == ranks[entry.row]?.max(), "seed \(seed)")
                try #require(entry.topRunCount == ranks[entry.row]?.dropFirst().count { $0 <= 2 })
                if entry.worstRank > entry.rank { movedCount += 1 }
            }
        }
        #expect(movedCount > 0, "the samples say little when nothing moves")
    }

    /// Each weight as a fraction over 100, by the digits: no arithmetic of the study's own.
    private static func varied(
        _ scheme: EvaluationScheme, _ codes: [String], _ changes: [Int]
    ) -> EvaluationScheme {
        var scheme = scheme
        for (code, change) in zip(codes, changes) {
            for index in scheme.indicators.indices where scheme.indicators[index].code == code {
                let weight = scheme.indicators[index].weight
                scheme.indicators[index].weight = .roundedHalfEven(
                    numerator: Int128(weight.significand) * Int128(100 + change),
                    denominator: Int128(100) * (0..<weight.scale).reduce(1) { power, _ in power * 10 },
                    fractionDigits: 12)
            }
        }
        return scheme
    }

    @Test("an enterprise learns how many limits it is from a grade, from forerunner, and from the top")
    func gap() throws {
        var scheme = Self.scheme(.graded)
        scheme.forerunners.targetNumber = 1
        let standards = [
            try RankingSamples.standard(["a≥200", "b≥20"], enterprise: 1),
            try RankingSamples.standard(["a≥120", "b≥4"], enterprise: 2),
            try RankingSamples.standard(["a≥120"], enterprise: 2, models: ["M2"]),
        ]
        let result = RankingSamples.evaluate(scheme, standards)
        let study = try GapAnalysis(
            of: RankingSamples.enterprise(2), scheme: scheme, result: result, standing: Standing(),
            cutoff: RankingSamples.cutoff)
        #expect(study.cutRank == 1)
        #expect(study.subjects.map(\.rank) == [2, nil])
        let gaps = study.subjects[0].gaps
        #expect(gaps.map(\.aim) == [.grade(2), .forerunnerCut(rank: 1), .allAdvanced])
        #expect(gaps[0].missed.map(\.needed) == ["≥ 10"])
        // To share rank 1 would make two of the one forerunner planned, and nothing passes the best.
        #expect(!gaps[1].isReachable)
        #expect(gaps[2].missed.map { "\($0.indicator.code) \($0.needed)" } == ["a ≥ 200", "b ≥ 20"])
        #expect(study.subjects[1].gaps.map(\.aim) == [.admission])
        #expect(study.subjects[1].gaps[0].missed.map(\.needed) == ["≥ 0"])
    }

    @Test("the forerunners' last rank takes equal ranks in together or not at all")
    func cut() throws {
        var scheme = Self.scheme()
        let standards = try ["200", "200", "100", "50", "50"].enumerated().map { index, value in
            try RankingSamples.standard(["a≥\(value)", "b≥0"], models: ["M\(index)"])
        }
        let result = RankingSamples.evaluate(scheme, standards)
        for (target, expected) in [(0, 0), (1, 0), (2, 1), (3, 3), (4, 3), (5, 4), (9, 4)] {
            scheme.forerunners.targetNumber = target
            let study = try GapAnalysis(
                of: RankingSamples.enterprise(9), scheme: scheme, result: result, standing: Standing(),
                cutoff: RankingSamples.cutoff)
            #expect(study.cutRank == expected, "of \(target)")
        }
    }

    @Test("two periods: later editions are found again, and everything is counted once", arguments: 0..<60)
    func periods(seed: Int) {
        let sample = RandomEvaluation(seed: UInt64(seed))
        let after = sample.standards.enumerated().filter { ($0.offset + seed) % 4 != 0 }.map(\.element)
        let before = sample.standards.enumerated().filter { ($0.offset + seed) % 5 != 0 }.map(\.element)
        let (old, new) = (
            RankingSamples.evaluate(sample.scheme, before), RankingSamples.evaluate(sample.scheme, after)
        )
        let pairs = EditionMatch.pairs(before, after)
        #expect(Set(pairs.map(\.before)).count == pairs.count)
        #expect(Set(pairs.map(\.after)).count == pairs.count)
        let comparison = ResultComparison(before: old, after: new, pairs: pairs, scheme: sample.scheme)
        let stayed = comparison.moved.count + comparison.unchangedCount
        #expect(comparison.entered.count + stayed == new.entries.count)
        #expect(comparison.left.count + stayed == old.entries.count)
    }

    @Test("an edition is found by the number without its year, unless two could be meant")
    func editions() throws {
        let old = [
            try RankingSamples.standard([], number: "Q/ABC 001—2023"),
            try RankingSamples.standard([], number: "Q/ABC 002—2023", models: ["X"]),
        ]
        let new = [
            try RankingSamples.standard([], number: "Q/ABC 001—2024"),
            try RankingSamples.standard([], number: "Q/ABC 002—2024", models: ["X"]),
            try RankingSamples.standard([], number: "Q/ABC 002—2025", models: ["X"]),
        ]
        #expect(EditionMatch.pairs(old, new).map { [$0.before, $0.after] } == [[0, 0]])
    }
}
