internal import Regulation

/// Every reason why a standard is left out, in the order of the gates, of some standards one after the other.
///
/// Findings that do not depend on the standard are made once, and columns are looked at once for all of the
/// standards: several cores gather reasons, and a count of references that goes to and fro between them
/// costs more than what it counts for.
struct GateReasons {
    private let scheme: EvaluationScheme
    private let standing: Standing
    private let cutoff: CivilDate
    private let kinds: [IndicatorKind]
    private let findings: [IndicatorFindings]
    /// By standard, then by indicator.
    private var judged: [JudgedValue]
    private var position = 0
    /// Of one standard, by indicator.
    private typealias Values = UnsafeBufferPointer<JudgedValue>

    /// `places` are those of the standards in the columns.
    init(
        _ scheme: EvaluationScheme, _ standing: Standing, _ cutoff: CivilDate, _ plans: [IndicatorPlan],
        _ columns: [IndicatorColumn], places: ArraySlice<Int>
    ) {
        self.scheme = scheme
        self.standing = standing
        self.cutoff = cutoff
        kinds = plans.map(\.indicator.kind)
        findings = plans.map { IndicatorFindings($0.indicator) }
        let none = JudgedValue(isNotApplicable: true)
        var judged = [JudgedValue](repeating: none, count: places.count * plans.count)
        for index in plans.indices {
            columns[index].judge(places, isBasic: plans[index].isBasic) { position, value in
                judged[position * plans.count + index] = value
            }
        }
        self.judged = judged
    }

    /// Of the next standard; `isSound` where nothing is to be said of it but what its indicators say.
    mutating func next(
        _ standards: UnsafeBufferPointer<DeclaredStandard>, _ row: Int, isSound: Bool
    ) -> [Finding] {
        defer { position += 1 }
        return judged.withUnsafeBufferPointer { judged in
            let start = position * kinds.count
            let values = Values(rebasing: judged[start..<start + kinds.count])
            var reasons: [Finding] = []
            // Rarely more: an array that grows copies what it has.
            reasons.reserveCapacity(8)
            addReasons(standards, row, isSound: isSound, values, to: &reasons)
            return reasons
        }
    }

    private func addReasons(
        _ standards: UnsafeBufferPointer<DeclaredStandard>, _ row: Int, isSound: Bool, _ values: Values,
        to reasons: inout [Finding]
    ) {
        if !isSound { addReasonsBeforeIndicators(standards[row], to: &reasons) }
        add(nil, values, to: &reasons) { value, findings in
            value.marks.contains(.unreadable) ? findings.unreadable : nil
        }
        if !isSound {
            for breach in standards[row].mandatoryBreaches {
                reasons.append(MandatoryStandardsGate.finding(breached: breach))
            }
        }
        add(.basic, values, to: &reasons) { value, findings in
            value.level == .below || value.level == .missing ? findings.basicFailed : nil
        }
        addReasonsOfCore(values, to: &reasons)
        if !isSound { addReasonsOfEnterprise(standards[row], to: &reasons) }
        add(.core, values, to: &reasons) { value, findings in
            value.marks.contains(.belowBaseline) ? findings.belowBaseline : nil
        }
    }

    private func addReasonsBeforeIndicators(_ standard: DeclaredStandard, to reasons: inout [Finding]) {
        let category = scheme.scope.category
        if !category.isEmpty, !GateColumns.hasSameBytes(category, standard.category) {
            reasons.append(ScopeGate.finding(category: standard.category))
        }
        if standard.declaredOn > cutoff {
            reasons.append(DeclarationGate.finding(declaredOn: standard.declaredOn))
        }
        if GateColumns.isAbolished(standard.abolishedOn, standard.isInForce, cutoff) {
            reasons.append(InForceGate.finding(abolishedOn: standard.abolishedOn))
        }
        reasons += FormGate.headFindings(standard)
    }

    private func addReasonsOfCore(_ values: Values, to reasons: inout [Finding]) {
        var core: ValueMarks = []
        for (kind, value) in zip(kinds, values) where kind == .core { core.formUnion(value.marks) }
        guard core.contains(.applicable) else { return reasons.append(MissingCoreGate.noneApplies) }
        add(.core, values, to: &reasons) { value, findings in
            value.level == .missing ? findings.missingCore : nil
        }
        add(.core, values, to: &reasons) { value, findings in
            value.marks.contains(.looserThanLegal) ? findings.looser : nil
        }
        if scheme.method.allStrictlyBetter {
            add(.core, values, to: &reasons) { value, findings in
                value.marks.contains(.notStricter) ? findings.notStricter : nil
            }
        } else if core.contains(.comparedWithLegal), !core.contains(.stricterThanLegal) {
            reasons.append(StricterGate.nowhere)
        }
    }

    private func addReasonsOfEnterprise(_ standard: DeclaredStandard, to reasons: inout [Finding]) {
        let scope = scheme.scope
        if !scope.isService, !standard.isSeriesProduced { reasons.append(SeriesProductionGate.finding) }
        if scope.isService, !standard.isWidelyOffered { reasons.append(WideOfferGate.finding) }
        let enterprise = standard.enterprise
        if let lastDay = standing.bar(on: enterprise, at: cutoff) {
            reasons.append(BarGate.finding(lastDay: lastDay))
        }
        if standing.blacklisted.contains(enterprise) { reasons.append(BlacklistGate.finding) }
    }

    /// Of every indicator of the kind, or of all.
    @inline(__always)
    private func add(
        _ kind: IndicatorKind?, _ values: Values, to reasons: inout [Finding],
        _ reason: (JudgedValue, IndicatorFindings) -> Finding?
    ) {
        for (index, value) in values.enumerated() where kind == nil || kinds[index] == kind {
            if let reason = reason(value, findings[index]) { reasons.append(reason) }
        }
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
