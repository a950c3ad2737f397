/// A conformity report names its laboratory and its model, and every core indicator was measured, in the
/// declared unit, and is as good as declared.
///
/// Regulation 3.2.3 (标准符合性报告), R34: one report for each model, issued neither before the standard was
/// declared, which it could not have been held against, nor after it is handed in. A report older than a
/// cycle is pointed out. Exact decimals in the declaration's own unit; nothing is converted or rounded.
package struct ConformityReportRule: Rule {
    package static let citation = Citation("3.2.3", term: "标准符合性报告")

    package init() {}

    package func findings(in report: ConformityReport) -> [Finding] {
        modelFindings(report) + formFindings(report) + dateFindings(report)
            + report.requirements.compactMap { Self.finding(on: $0, in: report) }
    }

    /// The models that reports have to cover; one without a name stands for a standard that names none.
    package static func models(of standard: [String]) -> [String] { standard.isEmpty ? [""] : standard }

    private func modelFindings(_ report: ConformityReport) -> [Finding] {
        let models = Self.models(of: report.models)
        if models.contains(report.model) || report.model.isEmpty && models.count == 1 { return [] }
        return [
            report.model.isUnstated
                ? Finding(
                    Self.citation, code: "REPORT_MODEL_MISSING", subject: "report.model",
                    zh: "标准涉及\(models.count)个型号，报告未写明型号",
                    en: "the standard covers \(models.count) models; the report names none")
                : Finding(
                    Self.citation, code: "REPORT_OF_OTHER_MODEL", subject: "report.model",
                    zh: "型号“\(report.model)”不属于该标准",
                    en: "model “\(report.model)” is not one of the standard's")
        ]
    }

    private func dateFindings(_ report: ConformityReport) -> [Finding] {
        func finding(_ code: String, _ modality: Modality = .must, zh: String, en: String) -> Finding {
            Finding(Self.citation, modality, code: code, subject: "report.issuedOn", zh: zh, en: en)
        }
        guard let issuedOn = report.issuedOn else {
            return [finding("REPORT_UNDATED", zh: "报告未写日期", en: "the report has no date")]
        }
        if issuedOn > report.recordedOn {
            return [
                finding(
                    "REPORT_DATED_AHEAD", zh: "报告日期\(issuedOn)晚于提交日期",
                    en: "the report is dated \(issuedOn), after it was handed in")
            ]
        }
        if issuedOn < report.declaredOn {
            return [
                finding(
                    "REPORT_BEFORE_STANDARD", zh: "报告日期\(issuedOn)早于标准声明公开日期\(report.declaredOn)",
                    en: "the report is dated \(issuedOn); the standard was declared on \(report.declaredOn)")
            ]
        }
        guard issuedOn.adding(months: TitleValidity.months) < report.recordedOn else { return [] }
        return [
            finding(
                "REPORT_OLDER_THAN_CYCLE", .advice, zh: "报告日期\(issuedOn)距今已超过\(TitleValidity.months)个月",
                en: "the report of \(issuedOn) is more than \(TitleValidity.months) months old")
        ]
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
        let unit = requirement.declaration.unit
        guard measured.unit == unit else {
            return Finding(
                citation, code: "MEASURED_IN_OTHER_UNIT", subject: code,
                zh: "“\(requirement.name)”实测单位为“\(measured.unit)”，声明的单位为“\(unit)”",
                en: "“\(requirement.name)” is measured in “\(measured.unit)” and declared in “\(unit)”")
        }
        let judgement = SpotCheckJudgement(
            measured: measured.value, declaration: requirement.declaration, direction: requirement.direction)
        switch judgement {
        case .meets:
            return nil
        case .fails:
            let declared = requirement.declaration.signed
            return Finding(
                citation, code: "MEASURED_BELOW_DECLARED", subject: code,
                zh: "“\(requirement.name)”实测\(measured.value)，未达到声明的\(declared)",
                en: "“\(requirement.name)” measured \(measured.value), declared \(declared)")
        case .unreadable:
            return Finding(
                citation, code: "MEASURED_UNREADABLE", subject: code,
                zh: "“\(requirement.name)”的实测值“\(measured.value)”无法判定",
                en: "the measured value “\(measured.value)” of “\(requirement.name)” cannot be judged")
        }
    }
}

extension Declaration {
    /// The requirement for people, as in "≥ 95"; without its unit.
    package var signed: String {
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
