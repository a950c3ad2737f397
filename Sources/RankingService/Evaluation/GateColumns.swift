internal import Regulation

/// Which standards the gates stop, and why.
///
/// The gates themselves, their order and their words are the regulation's (`EntryGates`); here is only
/// what of them can be said of whole columns. Findings that do not depend on the row are made once.
struct GateColumns {
    private let standards: [DeclaredStandard]
    private let scheme: EvaluationScheme
    private let standing: Standing
    private let cutoff: CivilDate
    private let plans: [IndicatorPlan]
    private let columns: [JudgedColumn]
    private let findings: [IndicatorFindings]
    private(set) var isStopped: [Bool]

    init(
        _ standards: [DeclaredStandard], _ scheme: EvaluationScheme, _ standing: Standing,
        _ cutoff: CivilDate,
        _ plans: [IndicatorPlan], _ columns: [JudgedColumn]
    ) {
        self.standards = standards
        self.scheme = scheme
        self.standing = standing
        self.cutoff = cutoff
        self.plans = plans
        self.columns = columns
        findings = plans.map { IndicatorFindings($0.indicator) }
        isStopped = standards.indices.map { _ in false }
        stopByColumns()
        for row in standards.indices where !isStopped[row] { isStopped[row] = isStoppedByItself(row) }
    }

    private mutating func stopByColumns() {
        var isCompared = [Bool](repeating: false, count: isStopped.count)
        var isStricter = isCompared
        var hasCore = isCompared
        let core = JudgedColumn.looserThanLegal | JudgedColumn.belowBaseline | JudgedColumn.unreadable
        let wantsAll = scheme.method.allStrictlyBetter
        for (plan, column) in zip(plans, columns) {
            for row in isStopped.indices {
                let level = column.levels[row]
                let marks = column.marks[row]
                switch plan.indicator.kind {
                case .basic:
                    if level == .below || level == .missing || marks & JudgedColumn.unreadable != 0 {
                        isStopped[row] = true
                    }
                case .innovative:
                    if marks & JudgedColumn.unreadable != 0 { isStopped[row] = true }
                case .core:
                    if level == .missing || marks & core != 0 { isStopped[row] = true }
                    if level != .notApplicable { hasCore[row] = true }
                    guard marks & JudgedColumn.comparedWithLegal != 0 else { continue }
                    isCompared[row] = true
                    if marks & JudgedColumn.stricterThanLegal != 0 {
                        isStricter[row] = true
                    } else if wantsAll {
                        isStopped[row] = true
                    }
                }
            }
        }
        for row in isStopped.indices where !hasCore[row] || (isCompared[row] && !isStricter[row]) {
            isStopped[row] = true
        }
    }

    /// What is said of the standard and its enterprise, and not of an indicator.
    private func isStoppedByItself(_ row: Int) -> Bool {
        let scope = scheme.scope
        if !scope.category.isEmpty, !hasSameBytes(scope.category, standards[row].category) { return true }
        if standards[row].declaredOn > cutoff || isAbolished(row) { return true }
        if !FormGate.isHeadSound(standards[row].number, standards[row].name, standards[row].models) {
            return true
        }
        if !standards[row].mandatoryBreaches.isEmpty { return true }
        if scope.isService ? !standards[row].isWidelyOffered : !standards[row].isSeriesProduced {
            return true
        }
        let enterprise = standards[row].enterprise
        return standing.bar(on: enterprise, at: cutoff) != nil || standing.blacklisted.contains(enterprise)
    }

    private func isAbolished(_ row: Int) -> Bool {
        standards[row].abolishedOn.map { $0 <= cutoff } ?? !standards[row].isInForce
    }

    private func hasSameBytes(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    /// Every reason, in the order of the gates.
    func reasons(_ row: Int) -> [Finding] {
        reasonsBeforeIndicators(row)
            + gather(row) { column, findings, kind in
                let failed = column.levels[row] == .below || column.levels[row] == .missing
                return kind == .basic && failed ? findings.basicFailed : nil
            }
            + reasonsOfCore(row) + reasonsOfEnterprise(row)
            + gather(row) { column, findings, kind in
                let isBelow = column.marks[row] & JudgedColumn.belowBaseline != 0
                return kind == .core && isBelow ? findings.belowBaseline : nil
            }
    }

    private func reasonsBeforeIndicators(_ row: Int) -> [Finding] {
        let standard = standards[row]
        let category = scheme.scope.category
        var reasons: [Finding] = []
        if !category.isEmpty, !hasSameBytes(category, standard.category) {
            reasons.append(ScopeGate.finding(category: standard.category))
        }
        if standard.declaredOn > cutoff {
            reasons.append(DeclarationGate.finding(declaredOn: standard.declaredOn))
        }
        if isAbolished(row) { reasons.append(InForceGate.finding(abolishedOn: standard.abolishedOn)) }
        reasons += FormGate.headFindings(standard)
        reasons += gather(row) { column, findings, _ in
            column.marks[row] & JudgedColumn.unreadable != 0 ? findings.unreadable : nil
        }
        return reasons + standard.mandatoryBreaches.map(MandatoryStandardsGate.finding(breached:))
    }

    private func reasonsOfCore(_ row: Int) -> [Finding] {
        let core = zip(plans, columns).filter { $0.isCore && $1.levels[row] != .notApplicable }.map(\.1)
        guard !core.isEmpty else { return [MissingCoreGate.noneApplies] }
        let missing = gather(row) { column, findings, kind in
            kind == .core && column.levels[row] == .missing ? findings.missingCore : nil
        }
        let looser = gather(row) { column, findings, kind in
            kind == .core && column.marks[row] & JudgedColumn.looserThanLegal != 0 ? findings.looser : nil
        }
        if scheme.method.allStrictlyBetter {
            let bits = JudgedColumn.comparedWithLegal | JudgedColumn.stricterThanLegal
            let notStricter = gather(row) { column, findings, kind in
                kind == .core && column.marks[row] & bits == JudgedColumn.comparedWithLegal
                    ? findings.notStricter : nil
            }
            return missing + looser + notStricter
        }
        let compared = core.filter { $0.marks[row] & JudgedColumn.comparedWithLegal != 0 }
        let isNowhere =
            !compared.isEmpty
            && compared.allSatisfy { $0.marks[row] & JudgedColumn.stricterThanLegal == 0 }
        return missing + looser + (isNowhere ? [StricterGate.nowhere] : [])
    }

    private func reasonsOfEnterprise(_ row: Int) -> [Finding] {
        var reasons: [Finding] = []
        let scope = scheme.scope
        if !scope.isService, !standards[row].isSeriesProduced { reasons.append(SeriesProductionGate.finding) }
        if scope.isService, !standards[row].isWidelyOffered { reasons.append(WideOfferGate.finding) }
        let enterprise = standards[row].enterprise
        if let lastDay = standing.bar(on: enterprise, at: cutoff) {
            reasons.append(BarGate.finding(lastDay: lastDay))
        }
        if standing.blacklisted.contains(enterprise) { reasons.append(BlacklistGate.finding) }
        return reasons
    }

    private func gather(
        _ row: Int, _ reason: (JudgedColumn, IndicatorFindings, IndicatorKind) -> Finding?
    ) -> [Finding] {
        plans.indices.compactMap { reason(columns[$0], findings[$0], plans[$0].indicator.kind) }
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
