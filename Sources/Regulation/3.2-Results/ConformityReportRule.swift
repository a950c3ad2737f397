/// A declared core requirement that a conformity report has to cover.
package struct CoreRequirement: Sendable, Hashable {
    package var name: String
    package var direction: Direction?
    package var declaration: Declaration

    package init(name: String, direction: Direction?, declaration: Declaration) {
        self.name = name
        self.direction = direction
        self.declaration = declaration
    }
}

/// A laboratory's report (标准符合性报告) on one declared standard and its models.
package struct ConformityReport: Sendable, Hashable {
    package var laboratory: String
    /// Approval number of the laboratory.
    package var approval: String
    /// nil when the report has no valid date.
    package var issuedOn: CivilDate?
    /// SHA-256 in lower-case hex.
    package var sha256: String
    /// Measured values as written, by the indicator's code.
    package var measured: [String: String]
    package var requirements: [CoreRequirement]
    package var recordedOn: CivilDate

    package init(
        laboratory: String, approval: String, issuedOn: CivilDate?, sha256: String,
        measured: [String: String], requirements: [CoreRequirement], recordedOn: CivilDate
    ) {
        self.laboratory = laboratory
        self.approval = approval
        self.issuedOn = issuedOn
        self.sha256 = sha256
        self.measured = measured
        self.requirements = requirements
        self.recordedOn = recordedOn
    }
}

/// A conformity report names its laboratory, and every core indicator was measured and is as good as
/// declared.
///
/// Regulation 3.2.3 (标准符合性报告).
package struct ConformityReportRule: Rule {
    package static let citation = Citation("3.2.3", term: "标准符合性报告")

    package init() {}

    package func findings(in report: ConformityReport) -> [Finding] {
        formFindings(report) + report.requirements.compactMap { Self.finding(on: $0, in: report) }
    }

    private func formFindings(_ report: ConformityReport) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ field: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: "report.\(field)", zh: zh, en: en))
        }
        if report.laboratory.isUnstated {
            add("REPORT_LABORATORY_MISSING", "laboratory", zh: "未写明检测机构", en: "the laboratory is not named")
        }
        if report.approval.isUnstated {
            add(
                "REPORT_APPROVAL_MISSING", "approval", zh: "未写明检测机构资质编号",
                en: "the laboratory's approval number is missing")
        }
        if let issuedOn = report.issuedOn {
            if issuedOn > report.recordedOn {
                add(
                    "REPORT_DATED_AHEAD", "issuedOn", zh: "报告日期\(issuedOn)晚于提交日期",
                    en: "the report is dated \(issuedOn), after it was handed in")
            }
        } else {
            add("REPORT_UNDATED", "issuedOn", zh: "报告未写日期", en: "the report has no date")
        }
        if !FileDigest.isWellFormed(report.sha256) {
            add(
                "REPORT_DIGEST_MALFORMED", "sha256", zh: "报告文件摘要应为64位小写十六进制数",
                en: "the report's digest is not 64 lower-case hex digits")
        }
        return findings
    }

    private static func finding(on requirement: CoreRequirement, in report: ConformityReport) -> Finding? {
        let code = requirement.declaration.indicator
        guard let measured = report.measured[code] else {
            return Finding(
                citation, code: "CORE_INDICATOR_NOT_MEASURED", subject: code,
                zh: "报告未检测核心指标“\(requirement.name)”",
                en: "the report does not measure core indicator “\(requirement.name)”")
        }
        let judgement = SpotCheckJudgement(
            measured: measured, declaration: requirement.declaration, direction: requirement.direction)
        switch judgement {
        case .meets:
            return nil
        case .fails:
            let declared = requirement.declaration.signed
            return Finding(
                citation, code: "MEASURED_BELOW_DECLARED", subject: code,
                zh: "“\(requirement.name)”实测\(measured)，未达到声明的\(declared)",
                en: "“\(requirement.name)” measured \(measured), declared \(declared)")
        case .unreadable:
            return Finding(
                citation, code: "MEASURED_UNREADABLE", subject: code,
                zh: "“\(requirement.name)”的实测值“\(measured)”无法判定",
                en: "the measured value “\(measured)” of “\(requirement.name)” cannot be judged")
        }
    }
}

extension Declaration {
    /// The requirement for people, as in "≥ 95".
    fileprivate var signed: String {
        switch (value, relation) {
        case (.number, .atMost): "≤ \(written)"
        case (.number, .below): "< \(written)"
        case (.number, .atLeast): "≥ \(written)"
        case (.number, .above): "> \(written)"
        case (.number, .equal): "= \(written)"
        case (.interval, _), (.word, _), (.flag, _): written
        }
    }
}
