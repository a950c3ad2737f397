import RankingService
import Regulation
import Testing

@Suite("Statistics of declared standards")
struct StatisticsTests {
    @Test("quartiles are the least values with so many at or below them", arguments: 1...60)
    func quartiles(count: Int) throws {
        var random = SplitMix(seed: UInt64(count))
        let values = (0..<count).map { _ in ExactDecimal(random.int(-20...20)) }
        let five = try #require(FiveNumbers(sorted: values.sorted()))
        func least(_ part: Int, _ whole: Int) -> ExactDecimal? {
            values.filter { value in values.count { $0 <= value } * whole >= count * part }.min()
        }
        #expect(five.minimum == values.min())
        #expect(five.lowerQuartile == least(1, 4))
        #expect(five.median == least(1, 2))
        #expect(five.upperQuartile == least(3, 4))
        #expect(five.maximum == values.max())
    }

    @Test("every value is in exactly one bin, the one whose ends it lies between", arguments: 0..<200)
    func bins(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let digits = random.pick(["0.5", "12", "3000", "0.004", "-7.25", "99999999999.5"])
        let unit = try #require(ExactDecimal(digits))
        let values = (0..<random.int(1...80)).map { _ in
            ExactDecimal.roundedHalfEven(
                numerator: Int128(unit.significand) * Int128(random.int(1...200)),
                denominator: (0..<unit.scale).reduce(Int128(1)) { power, _ in power * 10 }, fractionDigits: 12
            )
        }
        let bins = HistogramBins(sorted: values.sorted()).bins
        #expect(bins.reduce(0) { $0 + $1.count } == values.count)
        #expect(bins.count <= HistogramBins.binCountMax + 2)
        for bin in bins {
            let inside = values.filter { value in
                (bin.low.map { value >= $0 } ?? true) && (bin.high.map { value < $0 } ?? true)
            }
            #expect(inside.count == bin.count)
        }
        for (left, right) in zip(bins, bins.dropFirst()) { #expect(left.high == right.low) }
    }

    @Test("one far value does not widen the bins of all others")
    func outlier() throws {
        let values = (1...40).map { ExactDecimal($0) } + [ExactDecimal(1_000_000)]
        let bins = HistogramBins(sorted: values).bins
        #expect(bins.last?.high == nil)
        #expect(bins.last?.count == 1)
        #expect(bins.first?.high == ExactDecimal(2))
    }

    @Test("levels, coverage and comparison with the law are those of judging row by row", arguments: 0..<100)
    func indicators(seed: Int) {
        let sample = RandomEvaluation(seed: UInt64(seed))
        let result = RankingSamples.evaluate(sample.scheme, sample.standards)
        for (index, statistics) in IndicatorStatistics.all(of: sample.standards, under: sample.scheme)
            .enumerated()
        {
            let results = sample.standards.map {
                IndicatorResult.results(for: $0, under: sample.scheme)[index]
            }
            for level in Level.allCases {
                #expect(statistics.levels[level] == results.count { $0.level == level })
            }
            #expect(statistics.applicable == results.count { $0.level != .notApplicable })
            #expect(statistics.declaring == results.count { !$0.declared.isEmpty })
            #expect(statistics.distributions.reduce(0) { $0 + $1.count } == statistics.declaring)
            let ranked = result.entries.map { $0.levels[index] }
            #expect(LevelCounts(ranked).total == result.entries.count)
            let looser = result.exclusions.count { excluded in
                excluded.reasons.contains {
                    $0.code == "LOOSER_THAN_LEGAL" && $0.subject == statistics.indicator.code
                }
            }
            if statistics.indicator.kind == .core { #expect(statistics.looser == looser) }
            for distribution in statistics.distributions {
                let numbers = distribution.histogram.bins.reduce(0) { $0 + $1.count }
                #expect(numbers + distribution.words.reduce(0) { $0 + $1.count } == distribution.count)
            }
        }
    }

    @Test("a level rises or falls between two snapshots, judged by the same limits")
    func rise() throws {
        let scheme = RankingSamples.scheme([
            RankingSamples.indicator("a", RankingSamples.variant("1", "2", "3"))
        ])
        func standard(_ enterprise: UInt8, _ value: String?, _ year: String) throws -> DeclaredStandard {
            try RankingSamples.standard(
                value.map { ["a≥\($0)"] } ?? [], enterprise: enterprise, number: "Q/ABC 001—\(year)")
        }
        let before = [
            try standard(1, "1", "2023"), try standard(2, "3", "2023"), try standard(3, "2", "2023"),
            try standard(4, nil, "2023"),
        ]
        let after = [
            try standard(1, "2.5", "2024"), try standard(2, "2", "2024"), try standard(3, "2", "2023"),
            try standard(4, "3", "2024"), try standard(5, "3", "2024"),
        ]
        let rise = try #require(LevelRise.all(from: before, to: after, under: scheme).first)
        #expect([rise.matched, rise.risen, rise.fallen] == [3, 1, 1])
        #expect(rise.before.levels[.advanced] == 1 && rise.after.levels[.advanced] == 2)
        #expect(rise.before.distributions.first?.five?.median == ExactDecimal(2))
        #expect(rise.after.distributions.first?.five?.median == ExactDecimal("2.5"))
    }

    @Test("tables count everything once, most frequent first, years in their order")
    func tables() throws {
        var standards = [
            try RankingSamples.standard([]), try RankingSamples.standard([], enterprise: 2),
            try RankingSamples.standard([], enterprise: 3, attributes: ["industry": "C38"]),
        ]
        standards[0].declaredOn = CivilDate("2025-01-01") ?? .min
        standards[1].province = nil
        let tables = CountTable.tables(of: standards, attribute: "industry")
        #expect(tables.map(\.attribute) == [.category, .province, .year, .declared("industry")])
        #expect(tables.allSatisfy { $0.total == 3 })
        #expect(tables[1].rows.map(\.count) == [2, 1])
        #expect(tables[2].rows.map(\.value) == ["2024", "2025"])
        #expect(tables[3].rows.map { "\($0.value) \($0.count)" } == [" 2", "C38 1"])
    }
}
