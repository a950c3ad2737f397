import Regulation
import Testing

/// A declared requirement, the limits, and the level it reaches.
@Suite("Levels of a declared requirement")
struct LevelTests {
    private func level(
        _ indicator: Indicator, _ declared: [Declaration], _ attributes: [String: String] = [:]
    ) throws
        -> Level
    {
        var standard = try RankingSamples.standard([], attributes: attributes)
        standard.declarations = declared
        return IndicatorJudgement(indicator, in: standard).level
    }

    @Test(
        "less is better: at least as strict as the limit",
        arguments: [
            ("x≤5", Level.advanced), ("x<5", .advanced), ("x=5", .advanced), ("x≤5.000", .advanced),
            ("x≤5.0001", .average), ("x≤9.99", .average), ("x<10", .average), ("x≤10", .baseline),
            ("x=10", .baseline), ("x≤15", .baseline), ("x<15.1", .below), ("x≤-1", .advanced),
            ("x≥5", .missing), ("x>1", .missing), ("x=word", .missing),
        ])
    func lower(declared: String, expected: Level) throws {
        let indicator = RankingSamples.indicator("x", .core, .lower, RankingSamples.variant("15", "<10", "5"))
        #expect(try level(indicator, [RankingSamples.declaration(declared)]) == expected)
    }

    @Test(
        "more is better: at least as strict as the limit",
        arguments: [
            ("x≥90", Level.average), ("x>90", .advanced), ("x≥90.1", .advanced), ("x=90", .average),
            ("x≥80", .average), ("x≥79.9", .baseline), ("x≥70", .baseline), ("x>69.99", .below),
            ("x≤99", .missing), ("x<99", .missing),
        ])
    func higher(declared: String, expected: Level) throws {
        let indicator = RankingSamples.indicator("x", RankingSamples.variant("70", "80", ">90"))
        #expect(try level(indicator, [RankingSamples.declaration(declared)]) == expected)
    }

    @Test(
        "an interval lies inside the limit's, ends included",
        arguments: [
            ("x=2~3", Level.advanced), ("x=2.1~2.9", .advanced), ("x=1.9~3", .baseline),
            ("x=2~3.1", .baseline),
            ("x=1~4", .baseline), ("x=1~4.1", .below), ("x=2.5", .advanced), ("x=3~2", .missing),
        ])
    func interval(declared: String, expected: Level) throws {
        func inside(_ low: Int, _ high: Int) -> Limit {
            Limit(value: .interval(ExactDecimal(low), ExactDecimal(high)), isStrict: false)
        }
        var variant = RankingSamples.variant(nil, nil, nil)
        variant.baseline = inside(1, 4)
        variant.advanced = inside(2, 3)
        let indicator = RankingSamples.indicator("x", .core, .interval, variant)
        #expect(try level(indicator, [RankingSamples.declaration(declared)]) == expected)
    }

    @Test(
        "grades go by the declared order, best first",
        arguments: [
            ("x=1级", Level.advanced), ("x=2级", .average), ("x=3级", .baseline), ("x=4级", .below),
            ("x=5级", .missing),
        ])
    func ordinal(declared: String, expected: Level) throws {
        var variant = RankingSamples.variant(nil, nil, nil)
        variant.baseline = Limit(value: .word("3级"), isStrict: false)
        variant.average = Limit(value: .word("2级"), isStrict: false)
        variant.advanced = Limit(value: .word("1级"), isStrict: false)
        let indicator = RankingSamples.indicator(
            "x", .core, .ordinal(grades: ["1级", "2级", "3级", "4级"]), variant)
        #expect(try level(indicator, [RankingSamples.declaration(declared)]) == expected)
    }

    @Test("yes reaches what asks for yes, no reaches only what asks for no")
    func yesNo() throws {
        var variant = RankingSamples.variant(nil, nil, nil)
        variant.baseline = Limit(value: .flag(false), isStrict: false)
        variant.advanced = Limit(value: .flag(true), isStrict: false)
        let indicator = RankingSamples.indicator("x", .core, .yesNo, variant)
        #expect(try level(indicator, [RankingSamples.declaration("x=yes")]) == .advanced)
        #expect(try level(indicator, [RankingSamples.declaration("x=no")]) == .baseline)
    }

    @Test("the first variant whose method, unit and conditions fit is used")
    func variants() throws {
        let small = Condition(attribute: "power", test: .atMost, value: "5")
        let indicator = RankingSamples.indicator(
            "x",
            RankingSamples.variant("1", "2", "3", method: "chamber", unit: "mg/m³", conditions: [small]),
            RankingSamples.variant("10", "20", "30", method: "chamber"),
            RankingSamples.variant(nil, nil, "0", conditions: [small]))
        func level(_ method: String, _ unit: String, _ power: String) throws -> Level {
            let declared = RankingSamples.declaration("x≥10", method: method, unit: unit)
            return try self.level(indicator, [declared], ["power": power])
        }
        #expect(try level("chamber", "mg/m³", "5.0") == .advanced)
        #expect(try level("chamber", "", "5.0") == .advanced)
        #expect(try level("chamber", "mg/m³", "5.1") == .baseline)
        #expect(try level("chamber", "mg/L", "5.0") == .baseline)
        // The third variant has no limit that ten misses, and takes any method.
        #expect(try level("desiccator", "", "5.0") == .advanced)
        #expect(try level("desiccator", "", "6") == .missing)
    }

    @Test("an indicator whose conditions hold nowhere does not apply, declared or not")
    func notApplicable() throws {
        let solid = Condition(attribute: "material", test: .differs, value: "solid wood")
        let indicator = RankingSamples.indicator(
            "x", RankingSamples.variant("1", "2", "3", conditions: [solid]))
        #expect(
            try level(indicator, [RankingSamples.declaration("x≥3")], ["material": "solid wood"])
                == .notApplicable)
        #expect(try level(indicator, [], ["material": "solid wood"]) == .notApplicable)
        #expect(try level(indicator, [], [:]) == .missing)
    }

    @Test("of several declarations the worst decides, in whatever order they stand")
    func worst() throws {
        let indicator = RankingSamples.indicator("x", RankingSamples.variant("1", "2", "3"))
        let declared = ["x≥3", "x≥1", "x≥2"].map { RankingSamples.declaration($0) }
        #expect(try level(indicator, declared) == .baseline)
        #expect(try level(indicator, declared.reversed()) == .baseline)
    }

    @Test("a limit that is absent is not reached, and the next one counts")
    func absentLimits() throws {
        let indicator = RankingSamples.indicator("x", RankingSamples.variant(nil, nil, "3"))
        #expect(try level(indicator, [RankingSamples.declaration("x≥3")]) == .advanced)
        #expect(try level(indicator, [RankingSamples.declaration("x≥2")]) == .below)
        #expect(
            RankingSamples.reasons(
                RankingSamples.scheme([indicator]), try RankingSamples.standard(["x≥2"])) == [])
    }

    @Test(
        "conditions compare numbers as numbers, and the rest as text",
        arguments: [
            (ConditionTest.equals, "5.0", "5", true), (.equals, "5.0W", "5W", false), (.equals, "", "", true),
            (.differs, "5.0", "5", false), (.differs, "", "yes", true), (.atLeast, "10", "9", true),
            (.atLeast, "10W", "9W", false), (.atMost, "5", "5.00", true), (.atMost, "", "5", false),
            (.above, "5", "5", false), (.above, "5.01", "5", true), (.below, "-1", "0", true),
            (.below, "", "5", false), (.present, "x", "", true), (.present, "", "", false),
        ])
    func condition(test: ConditionTest, attribute: String, value: String, expected: Bool) {
        #expect(Condition(attribute: "a", test: test, value: value).holds(for: attribute) == expected)
    }
}
