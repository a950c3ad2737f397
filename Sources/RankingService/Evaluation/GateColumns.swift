internal import Regulation

/// Which standards the gates stop, by what is known of whole columns.
///
/// The gates themselves, their order and their words are the regulation's (`EntryGates`).
enum GateColumns {
    /// What is said of a standard and its enterprise, and not of an indicator.
    static func isStopped(
        _ standards: UnsafeBufferPointer<DeclaredStandard>, _ row: Int, _ scheme: EvaluationScheme,
        _ standing: Standing, _ cutoff: CivilDate
    ) -> Bool {
        // Where it lies: a copy of the standard would count the references of all of it.
        let category = scheme.scope.category
        if !category.isEmpty, !hasSameBytes(category, standards[row].category) { return true }
        if standards[row].declaredOn > cutoff { return true }
        if isAbolished(standards[row].abolishedOn, standards[row].isInForce, cutoff) { return true }
        if !FormGate.isHeadSound(standards[row].number, standards[row].name, standards[row].models) {
            return true
        }
        if !standards[row].mandatoryBreaches.isEmpty { return true }
        let isOffered =
            scheme.scope.isService ? standards[row].isWidelyOffered : standards[row].isSeriesProduced
        let enterprise = standards[row].enterprise
        return !isOffered || standing.bar(on: enterprise, at: cutoff) != nil
            || standing.blacklisted.contains(enterprise)
    }

    static func isAbolished(_ day: CivilDate?, _ isInForce: Bool, _ cutoff: CivilDate) -> Bool {
        day.map { $0 <= cutoff } ?? !isInForce
    }

    static func hasSameBytes(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    /// Adds what the marks of a row's core indicators say, all of them together.
    static func stop(
        _ isStopped: inout [Bool], core marks: UnsafeBufferPointer<UInt8>, allStrictlyBetter: Bool
    ) {
        let stopping: ValueMarks = [.looserThanLegal, .belowBaseline, .unreadable, .missing]
        let bits = stopping.rawValue | (allStrictlyBetter ? ValueMarks.notStricter.rawValue : 0)
        let applicable = ValueMarks.applicable.rawValue
        let compared = ValueMarks.comparedWithLegal.rawValue
        let both = compared | ValueMarks.stricterThanLegal.rawValue
        isStopped.withUnsafeMutableBufferPointer { isStopped in
            for row in 0..<isStopped.count {
                let mark = marks[row]
                let isNowhereStricter = mark & both == compared
                isStopped[row] =
                    isStopped[row] || mark & bits != 0 || mark & applicable == 0 || isNowhereStricter
            }
        }
    }

    /// Adds what one basic or innovative indicator says.
    static func stop(
        _ isStopped: inout [Bool], _ plan: IndicatorPlan, levels: [UInt8], deciding: DecidingVariants
    ) {
        if plan.isBasic {
            let (below, missing) = (UInt8(Level.below.rawValue), UInt8(Level.missing.rawValue))
            for row in isStopped.indices where levels[row] == below || levels[row] == missing {
                isStopped[row] = true
            }
        }
        guard !deciding.isUnreadable.isEmpty else { return }
        for row in isStopped.indices where deciding.isUnreadable[row] { isStopped[row] = true }
    }
}
