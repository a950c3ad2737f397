import Testing

@testable import Regulation

@Suite("Contents of a scheme")
struct SchemeContentsTests {
    static func spoilt(_ change: (inout EvaluationScheme) -> Void) -> EvaluationScheme {
        var scheme = SchemeSample.scheme
        change(&scheme)
        return scheme
    }

    @Test("the sample has no flaw")
    func sample() {
        #expect(SchemeExamination.findings(in: SchemeSample.scheme) == [])
    }

    @Test("each of the eight parts is needed", arguments: SchemePart.allCases)
    func parts(part: SchemePart) {
        #expect(SchemePart.allCases.count == 8)
        let scheme = Self.spoilt { scheme in
            switch part {
            case .purpose:
                scheme.purpose.presentLevel = ""
                scheme.purpose.microAim = ""
                scheme.purpose.macroAim = ""
            case .scope: scheme.scope.items = []
            case .coreIndicators: scheme.indicators = []
            case .methodAndCycle: scheme.methodStatement = ""
            case .enterpriseInformation: scheme.enterpriseInformation = ""
            case .rankingFormation: scheme.rankingFormation = ""
            case .forerunnerDetermination:
                scheme.forerunners.consumerChoice = ""
                scheme.forerunners.industryDevelopment = ""
                scheme.forerunners.declaredStandardCount = ""
            case .objectives: scheme.objectives = ""
            }
        }
        let findings = SchemeContentsRule().findings(in: scheme)
        #expect(findings.ruleCodes == ["SCHEME_PART_MISSING"])
        #expect(findings.map(\.subject) == [part.path])
    }

    @Test("a scheme has a title, and is for its call's field and year")
    func head() {
        let untitled = Self.spoilt { $0.title = "" }
        #expect(SchemeContentsRule().findings(in: untitled).ruleCodes == ["SCHEME_TITLE_MISSING"])
        let field = SchemeField(
            schemeKeyField: "2025-LAMP", schemeYear: 2025, callKeyField: "2025-PAINT", callYear: 2026)
        #expect(
            SchemeFieldRule().findings(in: field).ruleCodes == [
                "SCHEME_OF_OTHER_FIELD", "SCHEME_OF_OTHER_YEAR",
            ])
        let same = SchemeField(
            schemeKeyField: "2025-LAMP", schemeYear: 2025, callKeyField: "2025-LAMP", callYear: 2025)
        #expect(SchemeFieldRule().findings(in: same).isEmpty)
    }

    @Test(
        "no core indicator is refused, fewer than three are pointed out",
        arguments: [
            (0, ["CORE_INDICATOR_MISSING"]), (1, ["CORE_INDICATORS_FEW"]), (2, ["CORE_INDICATORS_FEW"]),
            (3, []),
        ])
    func coreCount(count: Int, codes: [String]) {
        let core = [SchemeSample.efficacy, SchemeSample.flicker, SchemeSample.grade]
        let scheme = Self.spoilt { $0.indicators = Array(core.prefix(count)) + [SchemeSample.safety] }
        #expect(CoreIndicatorRule().findings(in: scheme).ruleCodes == codes)
    }

    @Test("a core indicator is a consumers' concern or an upgrade need, with a reason")
    func tags() {
        let scheme = Self.spoilt {
            $0.indicators[0].isConsumerConcern = false
            $0.indicators[0].reason = ""
            $0.indicators[1].isConsumerConcern = false
            $0.indicators[1].isUpgradeNeed = true
        }
        #expect(
            CoreIndicatorRule().findings(in: scheme).ruleCodes
                == ["CORE_INDICATOR_UNTAGGED", "CORE_INDICATOR_REASON_MISSING"])
    }

    @Test("the target is at least one, and the number is weighed by three factors")
    func number() {
        let scheme = Self.spoilt {
            $0.forerunners.targetNumber = 0
            $0.forerunners.industryDevelopment = ""
        }
        let findings = ForerunnerNumberRule().findings(in: scheme)
        #expect(findings.ruleCodes == ["NUMBER_FACTOR_MISSING", "TARGET_NUMBER_MISSING"])
        #expect(findings.first?.subject == "scheme.forerunners.industryDevelopment")
        let one = Self.spoilt { $0.forerunners.targetNumber = 1 }
        #expect(ForerunnerNumberRule().findings(in: one).isEmpty)
    }

    @Test(
        "a title lasts twelve months in principle",
        arguments: [
            (0, "", [String]()), (12, "", []), (11, "", ["VALIDITY_NOT_ONE_YEAR"]),
            (13, "", ["VALIDITY_NOT_ONE_YEAR"]), (24, "产品更新慢", ["VALIDITY_DEPARTS_WITH_REASON"]),
        ])
    func cycle(months: Int, reason: String, codes: [String]) {
        let scheme = Self.spoilt {
            $0.forerunners.validityMonths = .init(months)
            $0.forerunners.validityReason = reason
        }
        let findings = CycleRule().findings(in: scheme)
        #expect(findings.ruleCodes == codes)
        #expect(findings.allSatisfy { $0.modality == (reason.isEmpty ? .inPrinciple : .advice) })
    }

    @Test("a cycle without a reason is pointed out")
    func cycleReason() {
        let scheme = Self.spoilt { $0.cycleReason = "" }
        let findings = CycleRule().findings(in: scheme)
        #expect(findings.ruleCodes == ["CYCLE_REASON_MISSING"])
        #expect(findings.map(\.modality) == [.advice])
    }

    @Test("each point of the outline is answered")
    func outline() {
        let scheme = Self.spoilt {
            $0.purpose.microAim = ""
            $0.scope.items[0].standards = []
            $0.consistency = " "
            $0.mandatoryStandards = []
            $0.consumerInput = ""
        }
        let findings = SchemeOutlineRule().findings(in: scheme)
        #expect(
            findings.ruleCodes == [
                "OUTLINE_POINT_MISSING", "OUTLINE_POINT_MISSING", "OUTLINE_POINT_MISSING",
                "MANDATORY_STANDARDS_NONE", "CONSUMER_INPUT_MISSING",
            ])
        #expect(
            findings.prefix(3).map(\.subject)
                == ["scheme.purpose.microAim", "scheme.consistency", "scheme.scope.items[0].standards"])
    }
}
