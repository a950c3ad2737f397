import Regulation
import Testing

/// Scores and composites, worked out by hand.
@Suite("Scores and composites")
struct ScoreTests {
    private func score(_ direction: Direction, _ limits: [String?], _ declared: String) throws -> String? {
        let variant = RankingSamples.variant(limits[0], limits[1], limits[2])
        let indicator = RankingSamples.indicator("x", .core, direction, variant)
        let judgement = IndicatorJudgement(indicator, in: try RankingSamples.standard([declared]))
        return judgement.score?.text(fractionDigits: 4)
    }

    @Test(
        "more is better: 60 at baseline, 80 at average, 100 at advanced, straight between, flat beyond",
        arguments: [
            ("x≥69", "60.0000"), ("x≥70", "60.0000"), ("x≥75", "70.0000"), ("x≥80", "80.0000"),
            ("x≥87", "87.0000"), ("x≥100", "100.0000"), ("x≥1000", "100.0000"), ("x>75", "70.0000"),
            ("x=99.99", "99.9900"), ("x≥70.00005", "60.0001"),
        ])
    func higher(declared: String, expected: String) throws {
        #expect(try score(.higher, ["70", "80", "100"], declared) == expected)
    }

    @Test(
        "less is better",
        arguments: [
            ("x≤0.15", "60.0000"), ("x≤0.2", "60.0000"), ("x≤0.05", "94.2857"), ("x≤0.07", "88.5714"),
            ("x≤0.03", "100.0000"), ("x<0.12", "72.0000"), ("x≤0", "100.0000"),
        ])
    func lower(declared: String, expected: String) throws {
        #expect(try score(.lower, ["0.15", "0.10", "0.03"], declared) == expected)
    }

    @Test(
        "half of the fourth decimal goes to the even one",
        arguments: [
            // 20 / 160000 = 0.000125 a step: 0.4 steps are 0.00005, 1.2 are 0.00015, 2 are 0.00025.
            ("x≥0.4", "60.0000"), ("x≥1.2", "60.0002"), ("x≥2", "60.0002"), ("x≥2.8", "60.0004"),
            ("x≥0.41", "60.0001"),
        ])
    func ties(declared: String, expected: String) throws {
        #expect(try score(.higher, ["0", "160000", "320000"], declared) == expected)
    }

    @Test("of equal limits the better level counts")
    func equalLimits() throws {
        #expect(try score(.higher, ["1.03", "1.03", "1.03"], "x≥1.03") == "100.0000")
        #expect(try score(.higher, ["1.03", "1.03", "1.03"], "x≥1.02") == "60.0000")
        #expect(try score(.higher, ["5", "5", "7"], "x≥5") == "80.0000")
        #expect(try score(.higher, ["5", "7", "7"], "x≥6") == "70.0000")
        #expect(try score(.higher, ["5", "7", "7"], "x≥7") == "100.0000")
    }

    @Test("limits that are absent draw no line")
    func absentLimits() throws {
        #expect(try score(.higher, [nil, "5", "7"], "x≥4") == "60.0000")
        #expect(try score(.higher, [nil, "5", "7"], "x≥6") == "90.0000")
        #expect(try score(.higher, ["5", nil, "7"], "x≥6") == "80.0000")
        #expect(try score(.higher, ["5", "7", nil], "x≥9") == "80.0000")
        #expect(try score(.higher, [nil, nil, nil], "x≥9") == "60.0000")
    }

    @Test("grades, intervals and yes/no score by level")
    func byLevel() throws {
        var variant = RankingSamples.variant(nil, nil, nil)
        variant.average = Limit(value: .flag(true), isStrict: false)
        let indicator = RankingSamples.indicator("x", .innovative, .yesNo, variant)
        func score(_ declared: [String]) throws -> ExactDecimal? {
            IndicatorJudgement(indicator, in: try RankingSamples.standard(declared)).score
        }
        #expect(try score(["x=yes"]) == ExactDecimal(80))
        #expect(try score(["x=no"]) == ExactDecimal(60))
        #expect(try score([]) == ExactDecimal(60))
    }

    private func composite(_ indicators: [Indicator], _ declared: [String], _ model: Model = .weighted) throws
        -> String?
    {
        let result = RankingSamples.evaluate(
            RankingSamples.scheme(indicators, model: model), [try RankingSamples.standard(declared)])
        return result.entries.first?.composite?.text(fractionDigits: 4)
    }

    @Test("the composite is the weighted mean over what applies")
    func weightedComposite() throws {
        let never = Condition(attribute: "a", test: .present, value: "")
        let indicators = [
            RankingSamples.indicator("x", weight: "0.5", RankingSamples.variant("0", "10", "20")),
            RankingSamples.indicator(
                "y", .core, .lower, weight: "0.3", RankingSamples.variant("9", "6", "3")),
            RankingSamples.indicator("z", .innovative, weight: "0.2", RankingSamples.variant(nil, "1", "2")),
            RankingSamples.indicator(
                "n", weight: "7", RankingSamples.variant("0", "1", "2", conditions: [never])),
            RankingSamples.indicator("w", .innovative, weight: "0", RankingSamples.variant("0", "1", "2")),
        ]
        // x 70, y 86.6667, z 60 by default: (35 + 26.00001 + 12) / 1
        #expect(try composite(indicators, ["x≥5", "y≤5"]) == "73.0000")
        // y 73.3333: (35 + 21.99999 + 20) / 1
        #expect(try composite(indicators, ["x≥5", "y≤7", "z≥2"]) == "77.0000")
        #expect(try composite([indicators[0], indicators[1]], ["x≥5", "y≤5"]) == "76.2500")
        #expect(try composite([indicators[4], indicators[0]], ["x≥20"]) == "100.0000")
    }

    @Test("tiers are 1, 2 and 3, and their weighted mean is the composite")
    func tieredComposite() throws {
        let indicators = [
            RankingSamples.indicator("x", weight: "5", RankingSamples.variant("0", "10", "20")),
            RankingSamples.indicator("y", weight: "3", RankingSamples.variant("0", "10", "20")),
            RankingSamples.indicator("z", .innovative, weight: "2", RankingSamples.variant(nil, "10", "20")),
        ]
        #expect(try composite(indicators, ["x≥20", "y≥10", "z≥3"], .tiered) == "1.7000")
        #expect(try composite(indicators, ["x≥20", "y≥20", "z≥20"], .tiered) == "1.0000")
        #expect(try composite(indicators, ["x≥1", "y≥1"], .tiered) == "3.0000")
    }

    @Test("weights of eighteen digits at any place are summed exactly")
    func wideWeights() {
        func mean(_ weights: [String], _ values: [Int]) -> String? {
            WeightedMean(weights: weights.compactMap { ExactDecimal($0) }).mean(
                of: values, fractionDigits: 4)?
                .text(fractionDigits: 4)
        }
        let half = "500000000000000000"
        #expect(mean([half, half], [999_999, 999_998]) == "99.9998")
        #expect(mean([half, half], [999_999, 1_000_000]) == "100.0000")
        // The least weight tips the tie.
        #expect(mean([half, half, "0.000000000001"], [999_999, 999_998, 1_000_000]) == "99.9999")
        #expect(mean([half, half, "0.000000000001"], [999_999, 1_000_000, 600_000]) == "99.9999")
        #expect(mean([], []) == nil)
    }
}
