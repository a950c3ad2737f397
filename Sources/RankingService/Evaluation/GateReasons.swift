internal import Regulation

/// Every reason why a standard is left out, in the order of the gates. Worked out for the rows that are, and
/// findings that do not depend on the row are made once.
struct GateReasons {
    private let scheme: EvaluationScheme
    private let standing: Standing
    private let cutoff: CivilDate
    private let plans: [IndicatorPlan]
    private let columns: [IndicatorColumn]
    private let findings: [IndicatorFindings]

    init(
        _ scheme: EvaluationScheme, _ standing: Standing, _ cutoff: CivilDate, _ plans: [IndicatorPlan],
        _ columns: [IndicatorColumn]
    ) {
        self.scheme = scheme
        self.standing = standing
        self.cutoff = cutoff
        self.plans = plans
        self.columns = columns
        findings = plans.map { IndicatorFindings($0.indicator) }
    }

    /// `row` is the standard's in the columns.
    func reasons(_ standard: DeclaredStandard, row: Int) -> [Finding] {
        let values = zip(plans, columns).map { plan, column in
            JudgedRow(
                level: column.judged(row, isBasic: plan.isBasic).level,
                marks: column.marks(row, isBasic: plan.isBasic))
        }
        return reasonsBeforeIndicators(standard, values)
            + gather(values) { value, findings, kind in
                let failed = value.level == .below || value.level == .missing
                return kind == .basic && failed ? findings.basicFailed : nil
            }
            + reasonsOfCore(values) + reasonsOfEnterprise(standard)
            + gather(values) { value, findings, kind in
                kind == .core && value.marks.contains(.belowBaseline) ? findings.belowBaseline : nil
            }
    }

    private struct JudgedRow {
        let level: Level
        let marks: ValueMarks
    }

    private func reasonsBeforeIndicators(_ standard: DeclaredStandard, _ values: [JudgedRow]) -> [Finding] {
        let category = scheme.scope.category
        var reasons: [Finding] = []
        if !category.isEmpty, !GateColumns.hasSameBytes(category, standard.category) {
            reasons.append(ScopeGate.finding(category: standard.category))
        }
        if standard.declaredOn > cutoff {
            reasons.append(DeclarationGate.finding(declaredOn: standard.declaredOn))
        }
        if GateColumns.isAbolished(standard, cutoff) {
            reasons.append(InForceGate.finding(abolishedOn: standard.abolishedOn))
        }
        reasons += FormGate.headFindings(standard)
        reasons += gather(values) { value, findings, _ in
            value.marks.contains(.unreadable) ? findings.unreadable : nil
        }
        return reasons + standard.mandatoryBreaches.map(MandatoryStandardsGate.finding(breached:))
    }

    private func reasonsOfCore(_ values: [JudgedRow]) -> [Finding] {
        let core = zip(plans, values).filter { $0.isCore && $1.level != .notApplicable }.map(\.1)
        guard !core.isEmpty else { return [MissingCoreGate.noneApplies] }
        let missing = gather(values) { value, findings, kind in
            kind == .core && value.level == .missing ? findings.missingCore : nil
        }
        let looser = gather(values) { value, findings, kind in
            kind == .core && value.marks.contains(.looserThanLegal) ? findings.looser : nil
        }
        if scheme.method.allStrictlyBetter {
            let notStricter = gather(values) { value, findings, kind in
                kind == .core && value.marks.contains(.notStricter) ? findings.notStricter : nil
            }
            return missing + looser + notStricter
        }
        let compared = core.filter { $0.marks.contains(.comparedWithLegal) }
        let isNowhere =
            !compared.isEmpty && compared.allSatisfy { !$0.marks.contains(.stricterThanLegal) }
        return missing + looser + (isNowhere ? [StricterGate.nowhere] : [])
    }

    private func reasonsOfEnterprise(_ standard: DeclaredStandard) -> [Finding] {
        var reasons: [Finding] = []
        let scope = scheme.scope
        if !scope.isService, !standard.isSeriesProduced { reasons.append(SeriesProductionGate.finding) }
        if scope.isService, !standard.isWidelyOffered { reasons.append(WideOfferGate.finding) }
        let enterprise = standard.enterprise
        if let lastDay = standing.bar(on: enterprise, at: cutoff) {
            reasons.append(BarGate.finding(lastDay: lastDay))
        }
        if standing.blacklisted.contains(enterprise) { reasons.append(BlacklistGate.finding) }
        return reasons
    }

    private func gather(
        _ values: [JudgedRow], _ reason: (JudgedRow, IndicatorFindings, IndicatorKind) -> Finding?
    ) -> [Finding] {
        plans.indices.compactMap { reason(values[$0], findings[$0], plans[$0].indicator.kind) }
    }
}

/// Everything a gate can find on one indicator, said once for all rows.
private final class IndicatorFindings: Sendable {
    let unreadable: Finding
    let basicFailed: Finding
    let missingCore: Finding
    let looser: Finding
    let notStricter: Finding
    let belowBaseline: Finding

    init(_ indicator: Indicator) {
        unreadable = FormGate.finding(unreadable: indicator)
        basicFailed = BasicIndicatorGate.finding(indicator)
        missingCore = MissingCoreGate.finding(indicator)
        looser = LegalLimitGate.finding(indicator)
        notStricter = StricterGate.finding(indicator)
        belowBaseline = BaselineGate.finding(indicator)
    }
}
