import Testing

@testable import Regulation

@Suite("Measured values against declared requirements")
struct MeasurementTests {
    static func declared(_ relation: Relation, _ value: RequirementValue, _ code: String = "X") -> Declaration
    {
        Declaration(
            indicator: code, relation: relation, value: value, written: "95", testMethod: "", unit: "",
            provenance: "")
    }

    static func number(_ text: String) -> RequirementValue { .number(RuleSample.decimal(text)) }

    @Test(
        "below, at and above the declared number",
        arguments: [
            (Relation.atMost, "0.049", SpotCheckJudgement.meets), (.atMost, "0.05", .meets),
            (.atMost, "0.051", .fails), (.below, "0.049", .meets), (.below, "0.050", .fails),
            (.atLeast, "0.049", .fails), (.atLeast, "0.050", .meets), (.atLeast, "0.051", .meets),
            (.above, "0.05", .fails), (.above, "0.0500001", .meets), (.equal, "0.050", .meets),
            (.equal, "0.051", .fails), (.atMost, "未检出", .unreadable),
        ])
    func numbers(relation: Relation, measured: String, judgement: SpotCheckJudgement) {
        let declaration = Self.declared(relation, Self.number("0.05"))
        #expect(SpotCheckJudgement(measured: measured, declaration: declaration) == judgement)
    }

    @Test("an equal sign is read in the indicator's direction where that is known")
    func equalSign() {
        let declaration = Self.declared(.equal, Self.number("95"))
        func judge(_ measured: String, _ direction: Direction?) -> SpotCheckJudgement {
            SpotCheckJudgement(measured: measured, declaration: declaration, direction: direction)
        }
        #expect(judge("96", .higher) == .meets)
        #expect(judge("94", .higher) == .fails)
        #expect(judge("96", .lower) == .fails)
        #expect(judge("94", .lower) == .meets)
        #expect(judge("96", nil) == .fails)
    }

    @Test("intervals, grades and yes or no")
    func otherKinds() {
        let interval = Self.declared(
            .equal, .interval(RuleSample.decimal("1"), RuleSample.decimal("2")))
        #expect(SpotCheckJudgement(measured: "1", declaration: interval) == .meets)
        #expect(SpotCheckJudgement(measured: "2", declaration: interval) == .meets)
        #expect(SpotCheckJudgement(measured: "2.01", declaration: interval) == .fails)
        #expect(SpotCheckJudgement(measured: "0.99", declaration: interval) == .fails)
        let grade = Self.declared(.equal, .word("2级"))
        let order = Direction.ordinal(grades: ["1级", "2级", "3级"])
        #expect(SpotCheckJudgement(measured: "1级", declaration: grade, direction: order) == .meets)
        #expect(SpotCheckJudgement(measured: "3级", declaration: grade, direction: order) == .fails)
        #expect(SpotCheckJudgement(measured: "4级", declaration: grade, direction: order) == .unreadable)
        #expect(SpotCheckJudgement(measured: "1级", declaration: grade) == .fails)
        let yes = Self.declared(.equal, .flag(true))
        #expect(SpotCheckJudgement(measured: "yes", declaration: yes) == .meets)
        #expect(SpotCheckJudgement(measured: "no", declaration: yes) == .fails)
        #expect(SpotCheckJudgement(measured: "有", declaration: yes) == .unreadable)
    }

    static func report(_ measured: [String: String]) -> ConformityReport {
        ConformityReport(
            model: "M1", models: ["M1"], declaredOn: RuleSample.date("2025-03-01"), laboratory: "检测所",
            approval: "CNAS L0001", issuedOn: RuleSample.date("2025-08-01"), sha256: RuleSample.digest,
            measured: measured.mapValues { Measurement($0) },
            requirements: [
                CoreRequirement(
                    name: "光效", direction: .higher, declaration: declared(.atLeast, number("95"), "EFFICACY"))
            ], recordedOn: RuleSample.date("2025-08-01"))
    }

    @Test(
        "a report covers every core indicator at the declared level",
        arguments: [
            ("94.99", ["MEASURED_BELOW_DECLARED"]), ("95", []), ("95.01", []),
            ("约95", ["MEASURED_UNREADABLE"]),
        ])
    func report(measured: String, codes: [String]) {
        let report = Self.report(["EFFICACY": measured])
        let findings = ConformityReportRule().findings(in: report)
        #expect(findings.ruleCodes == codes)
        if measured == "94.99" { #expect(findings.allSatisfy { $0.messageZH.contains("≥ 95") }) }
    }

    @Test("a report without a laboratory, approval, date or file is told all of it")
    func reportForm() {
        var report = Self.report([:])
        report.laboratory = ""
        report.approval = ""
        report.issuedOn = nil
        report.sha256 = ""
        #expect(
            ConformityReportRule().findings(in: report).ruleCodes == [
                "REPORT_LABORATORY_MISSING", "REPORT_APPROVAL_MISSING", "REPORT_DIGEST_MALFORMED",
                "REPORT_UNDATED", "CORE_INDICATOR_NOT_MEASURED",
            ])
        report = Self.report(["EFFICACY": "95"])
        report.issuedOn = RuleSample.date("2025-08-02")
        #expect(ConformityReportRule().findings(in: report).ruleCodes == ["REPORT_DATED_AHEAD"])
    }

    @Test(
        "a report is of a day between the standard's declaration and its own arrival",
        arguments: [
            ("2025-02-28", ["REPORT_BEFORE_STANDARD"]), ("2025-03-01", []), ("2025-08-01", []),
            ("2025-08-02", ["REPORT_DATED_AHEAD"]),
        ])
    func reportDay(issued: String, codes: [String]) {
        var report = Self.report(["EFFICACY": "95"])
        report.issuedOn = RuleSample.date(issued)
        #expect(ConformityReportRule().findings(in: report).ruleCodes == codes)
    }

    @Test("a report more than twelve months old is pointed out and taken")
    func oldReport() {
        var report = Self.report(["EFFICACY": "95"])
        report.declaredOn = RuleSample.date("2023-01-01")
        report.issuedOn = RuleSample.date("2024-08-01")
        #expect(ConformityReportRule().findings(in: report).isEmpty)
        report.issuedOn = RuleSample.date("2024-07-31")
        let findings = ConformityReportRule().findings(in: report)
        #expect(findings.ruleCodes == ["REPORT_OLDER_THAN_CYCLE"])
        #expect(findings.map(\.modality) == [.advice])
    }

    @Test("each model has a report of its own; only a standard of one model may leave it unnamed")
    func reportModel() {
        var report = Self.report(["EFFICACY": "95"])
        report.model = ""
        #expect(ConformityReportRule().findings(in: report).isEmpty)
        report.models = ["M1", "M2"]
        #expect(ConformityReportRule().findings(in: report).ruleCodes == ["REPORT_MODEL_MISSING"])
        report.model = "M3"
        #expect(ConformityReportRule().findings(in: report).ruleCodes == ["REPORT_OF_OTHER_MODEL"])
        report.model = "M2"
        #expect(ConformityReportRule().findings(in: report).isEmpty)
        report.models = []
        report.model = ""
        #expect(ConformityReportRule().findings(in: report).isEmpty)
    }

    @Test("a value in another unit is not compared, and nothing is converted")
    func reportUnit() {
        var report = Self.report(["EFFICACY": "95"])
        report.requirements[0].declaration.unit = "lm/W"
        #expect(ConformityReportRule().findings(in: report).ruleCodes == ["MEASURED_IN_OTHER_UNIT"])
        report.measured["EFFICACY"] = Measurement("0.095", unit: "klm/W")
        #expect(ConformityReportRule().findings(in: report).ruleCodes == ["MEASURED_IN_OTHER_UNIT"])
        report.measured["EFFICACY"] = Measurement("95.0", unit: "lm/W")
        #expect(ConformityReportRule().findings(in: report).isEmpty)
    }

    @Test("a newer edition is lower when a core indicator is looser or gone")
    func lowered() {
        let award = [
            Self.declared(.atLeast, Self.number("95"), "A"), Self.declared(.below, Self.number("1"), "B"),
            Self.declared(.atMost, Self.number("3"), "C"), Self.declared(.atMost, Self.number("4"), "D"),
        ]
        let now = [
            Self.declared(.atLeast, Self.number("95.0"), "A"), Self.declared(.atMost, Self.number("1"), "B"),
            Self.declared(.atMost, Self.number("2"), "C"),
        ]
        let lowered = LevelLoweredJudgement.lowered(
            atAward: award, now: now, directions: ["A": .higher, "B": .lower, "C": .lower, "D": .lower])
        #expect(lowered.map(\.indicator) == ["B", "D"])
        #expect(lowered.map { $0.now == nil } == [false, true])
        let same = LevelLoweredJudgement.lowered(
            atAward: award, now: award, directions: ["A": .higher, "B": .lower])
        #expect(same.isEmpty)
    }
}
