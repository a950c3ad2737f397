import Testing

@testable import Regulation

@Suite("Method of a scheme")
struct MethodTests {
    static func spoilt(_ change: (inout EvaluationScheme) -> Void) -> EvaluationScheme {
        var scheme = SchemeSample.scheme
        change(&scheme)
        return scheme
    }

    static func method(_ change: (inout EvaluationScheme) -> Void) -> [String] {
        MethodRule().findings(in: spoilt(change)).ruleCodes
    }

    /// Findings on the limits of one indicator put in the place of the sample's first.
    static func limits(
        _ kind: IndicatorKind, _ direction: Direction, _ legal: Limit?, _ baseline: Limit?, _ average: Limit?,
        _ advanced: Limit?
    ) -> [String] {
        let variant = SchemeSample.variant(legal, baseline, average, advanced)
        let indicator = SchemeSample.indicator("X", kind, direction, [variant])
        return LimitsRule().findings(in: spoilt { $0.indicators = [indicator] }).ruleCodes
    }

    static func number(_ text: String) -> Limit { SchemeSample.number(text) }
    static func strict(_ text: String) -> Limit {
        Limit(value: .number(RuleSample.decimal(text)), isStrict: true)
    }

    @Test("codes are there and unique, names are there")
    func codes() {
        #expect(Self.method { $0.indicators[1].code = "EFFICACY" } == ["INDICATOR_CODE_REPEATED"])
        #expect(Self.method { $0.indicators[1].code = "" } == ["INDICATOR_CODE_MISSING"])
        #expect(Self.method { $0.indicators[1].name = "" } == ["INDICATOR_NAME_MISSING"])
    }

    @Test("core weights are positive where a score is composed of them")
    func weights() {
        for model in [Model.weighted, .tiered] {
            #expect(
                Self.method {
                    $0.method.model = model
                    $0.indicators[0].weight = .zero
                } == ["WEIGHT_NOT_POSITIVE"])
        }
        #expect(
            Self.method {
                $0.method.model = .graded
                $0.indicators[0].weight = .zero
            } == [])
        #expect(
            Self.method {
                $0.method.model = .graded
                $0.method.orderWithinGrade = [.weightedScore]
                $0.indicators[0].weight = .zero
            } == ["WEIGHT_NOT_POSITIVE"])
        #expect(Self.method { $0.indicators[3].weight = .zero } == [])
        #expect(Self.method { $0.indicators[3].weight = RuleSample.decimal("-0.1") } == ["WEIGHT_NEGATIVE"])
        #expect(Self.method { $0.indicators[0].weight = RuleSample.decimal("0.0001") } == [])
    }

    @Test("order keys name indicators of the scheme")
    func order() {
        #expect(Self.method { $0.method.orderWithinGrade = [.indicator("NONE")] } == ["ORDER_KEY_UNKNOWN"])
    }

    @Test("no more innovative indicators are required than there are", arguments: [(0, 0), (1, 0), (2, 1)])
    func innovation(minimum: Int, findings: Int) {
        let codes = Self.method { $0.method.innovativeAdvancedMin = .init(minimum) }
        #expect(codes == Array(repeating: "INNOVATIVE_MIN_UNREACHABLE", count: findings))
    }

    @Test("levels rise from baseline to advanced, in the indicator's direction")
    func levels() {
        let one = Self.number("1")
        let two = Self.number("2")
        let three = Self.number("3")
        #expect(Self.limits(.core, .higher, nil, one, two, three) == [])
        #expect(Self.limits(.core, .lower, nil, three, two, one) == [])
        #expect(Self.limits(.core, .higher, nil, one, one, one) == [])
        #expect(
            Self.limits(.core, .higher, nil, three, two, one) == [
                "LIMITS_OUT_OF_ORDER", "LIMITS_OUT_OF_ORDER",
            ])
        #expect(Self.limits(.core, .lower, nil, three, one, two) == ["LIMITS_OUT_OF_ORDER"])
        #expect(Self.limits(.core, .lower, nil, Self.strict("2"), two, one) == ["LIMITS_OUT_OF_ORDER"])
        #expect(Self.limits(.core, .lower, nil, two, Self.strict("2"), one) == [])
        let yes = SchemeSample.flag(true)
        let no = SchemeSample.flag(false)
        #expect(Self.limits(.core, .yesNo, nil, no, no, yes) == [])
        #expect(Self.limits(.core, .yesNo, nil, yes, yes, no) == ["LIMITS_OUT_OF_ORDER"])
        #expect(
            Self.limits(
                .innovative, .interval, nil, nil, SchemeSample.span("2", "8"), SchemeSample.span("1", "8"))
                == ["LIMITS_OUT_OF_ORDER"])
    }

    @Test("grades stand in their declared order")
    func grades() {
        let direction = Direction.ordinal(grades: ["A", "B"])
        let a = SchemeSample.word("A")
        let b = SchemeSample.word("B")
        #expect(Self.limits(.core, direction, nil, b, b, a) == [])
        #expect(Self.limits(.core, direction, nil, a, a, b) == ["LIMITS_OUT_OF_ORDER"])
        #expect(Self.limits(.core, direction, nil, b, a, SchemeSample.word("C")) == ["GRADE_UNKNOWN"])
        #expect(Self.limits(.core, .ordinal(grades: ["A", "A"]), nil, a, a, a) == ["GRADE_REPEATED"])
        #expect(
            Self.limits(.core, .ordinal(grades: []), nil, a, a, a)
                == ["GRADES_MISSING", "GRADE_UNKNOWN", "GRADE_UNKNOWN", "GRADE_UNKNOWN"])
    }

    @Test("the lowest level is never looser than the legal limit")
    func legal() {
        let two = Self.number("2")
        let three = Self.number("3")
        #expect(Self.limits(.core, .higher, two, two, three, three) == [])
        #expect(Self.limits(.core, .higher, three, two, three, three) == ["LIMIT_LOOSER_THAN_LEGAL"])
        #expect(
            Self.limits(.core, .higher, Self.strict("2"), two, three, three) == ["LIMIT_LOOSER_THAN_LEGAL"])
        #expect(Self.limits(.innovative, .lower, two, nil, three, two) == ["LIMIT_LOOSER_THAN_LEGAL"])
        let scheme = Self.spoilt { $0.indicators[0].variants[0].legalSource = "" }
        let findings = LimitsRule().findings(in: scheme)
        #expect(findings.ruleCodes == ["LEGAL_SOURCE_MISSING"])
        #expect(findings.map(\.subject) == ["scheme.indicators[0].variants[0].legalSource"])
    }

    @Test("each kind of indicator has the limits it needs")
    func presence() {
        let one = Self.number("1")
        #expect(
            Self.limits(.core, .higher, nil, nil, nil, nil)
                == ["LIMIT_MISSING", "LIMIT_MISSING", "LIMIT_MISSING"])
        #expect(Self.limits(.innovative, .higher, nil, nil, nil, one) == ["LIMIT_MISSING"])
        #expect(Self.limits(.innovative, .higher, nil, nil, one, one) == [])
        #expect(Self.limits(.basic, .higher, nil, nil, nil, nil) == ["LIMIT_MISSING"])
        #expect(Self.limits(.basic, .higher, one, nil, nil, nil) == [])
        let bare = Self.spoilt { $0.indicators[0].variants = [] }
        #expect(LimitsRule().findings(in: bare).ruleCodes == ["INDICATOR_WITHOUT_LIMITS"])
    }

    @Test("a limit is of the indicator's kind")
    func kinds() {
        let one = Self.number("1")
        #expect(Self.limits(.core, .higher, nil, one, one, SchemeSample.flag(true)) == ["LIMIT_KIND_WRONG"])
        #expect(Self.limits(.basic, .yesNo, one, nil, nil, nil) == ["LIMIT_KIND_WRONG"])
        #expect(
            Self.limits(.basic, .interval, SchemeSample.span("3", "1"), nil, nil, nil) == [
                "INTERVAL_REVERSED"
            ])
        #expect(Self.limits(.basic, .interval, SchemeSample.span("1", "1"), nil, nil, nil) == [])
    }

    @Test("a variant behind one that fits everything is pointed out")
    func unreachable() {
        let scheme = Self.spoilt { $0.indicators[0].variants.append($0.indicators[0].variants[0]) }
        let findings = LimitsRule().findings(in: scheme)
        #expect(findings.ruleCodes == ["VARIANT_UNREACHABLE"])
        #expect(findings.map(\.modality) == [.advice])
    }
}
