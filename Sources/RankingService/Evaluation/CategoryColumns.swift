package import Regulation

/// The declared standards of one category as columns of whole numbers, and the scheme that they are ranked
/// by.
///
/// For whoever has columns already, as a registry's warehouse has: no row is made of them. Rows are in the
/// neutral order.
package struct CategoryColumns: Sendable {
    /// The values of one indicator.
    package struct Numbers: Sendable {
        /// By row: value times 10^`scale`, below 2^60 in magnitude; anything where no variant decides.
        package let values: [Int64]
        /// No smaller than that of any limit of the indicator.
        package let scale: UInt8
        /// By row: index of the variant that decides, or one of the two below. Empty when the first decides
        /// everywhere.
        package let variants: [UInt16]

        package static let notApplicable = DecidingVariants.notApplicable
        package static let missing = DecidingVariants.missing

        package init(values: [Int64], scale: UInt8, variants: [UInt16] = []) {
            self.values = values
            self.scale = scale
            self.variants = variants
        }
    }

    private let method: Method
    private let plans: [IndicatorPlan]
    private let columns: [IndicatorColumn]
    private let isStopped: [Bool]

    /// `numbers` are one for each indicator of the scheme, in its order, all of them numbers that are
    /// declared with "≥" or "≤"; `isStopped` tells the rows that a gate stops whatever their indicators
    /// say.
    package init(_ scheme: EvaluationScheme, _ numbers: [Numbers], isStopped: [Bool]) {
        precondition(numbers.count == scheme.indicators.count, "one column for each indicator")
        let plans = scheme.indicators.map(IndicatorPlan.init)
        method = scheme.method
        self.plans = plans
        self.isStopped = isStopped
        columns = zip(numbers, plans).map { numbers, plan in
            precondition(numbers.values.count == isStopped.count, "one value for each row")
            let deciding = DecidingVariants(count: isStopped.count, codes: numbers.variants)
            let limits = plan.variants.flatMap(\.limits).compactMap { limit in
                limit.map { Int64(clamping: $0.number.scaled(to: numbers.scale)) }
            }
            let greatest = (numbers.values + limits).reduce(0) { max($0, $1.magnitude) }
            return greatest < 1 << 29
                ? .narrow(
                    AlignedColumn(numbers: numbers.values, scale: numbers.scale, deciding: deciding, plan))
                : .wide(
                    AlignedColumn(numbers: numbers.values, scale: numbers.scale, deciding: deciding, plan))
        }
    }

    package func evaluate(onCores cores: Int = 1) -> ColumnEvaluation {
        ColumnEvaluation(method, plans, columns, isStopped: isStopped, onCores: cores)
    }

    /// Why a row is left out, as far as its indicators say: indicator and `ValueMarks` of each that is the
    /// cause of it, appended to `causes`.
    package func appendCauses(of row: Int, to causes: inout [(indicator: UInt16, marks: UInt8)]) {
        for index in plans.indices {
            let value = columns[index].judged(row, isBasic: plans[index].isBasic)
            let marks = value.marks.intersection([.looserThanLegal, .belowBaseline, .missing])
            let isCause =
                plans[index].isBasic ? value.level == .below || value.level == .missing : !marks.isEmpty
            if isCause, plans[index].isCore || plans[index].isBasic {
                causes.append((UInt16(index), marks.rawValue))
            }
        }
    }
}
