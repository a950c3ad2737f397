internal import Regulation

/// The evaluation of one scheme's columns: levels, what is stopped, and ranks.
///
/// Rows are in the neutral order, so that equal ranks need no look at what they are of.
package struct ColumnEvaluation: Sendable {
    /// By indicator, then by row: raw values of `Level`.
    package let levels: [[UInt8]]
    /// By row: left out by a gate.
    package let isStopped: [Bool]
    /// Rows that are ranked, the best first, and their competition ranks.
    package let rows: [Int32]
    package let ranks: [Int32]
    /// By indicator, then by row, in ten-thousandths; empty where the indicator has no score, or nobody asked
    /// for explanations.
    let scores: [[Int32]]
    let table: RankingTable

    /// `isStopped` are the rows that are stopped whatever their indicators say; `explains` asks for scores
    /// where the method needs none, and keeps them.
    init(
        _ method: Method, _ plans: [IndicatorPlan], _ columns: [IndicatorColumn], isStopped: [Bool],
        explains: Bool = false, onCores cores: Int = 1
    ) {
        let rowCount = isStopped.count
        let needsScores = explains || method.model == .weighted || method.ordersByScore
        let (judged, marks) = Self.judge(method, needsScores, plans, columns, rowCount, cores)
        var isStopped = isStopped
        marks.withUnsafeBufferPointer {
            GateColumns.stop(&isStopped, core: $0, allStrictlyBetter: method.allStrictlyBetter)
        }
        for index in plans.indices where !plans[index].isCore {
            GateColumns.stop(
                &isStopped, plans[index], levels: judged[index].levels, deciding: columns[index].deciding)
        }
        table = RankingTable(method, plans, judged, columns, rowCount: rowCount)
        let ranked = (0..<Int32(rowCount)).filter { !isStopped[Int($0)] }
        (rows, ranks) = table.order.ranked(ranked)
        levels = judged.map(\.levels)
        // Of millions of standards they would take as much as everything else that is kept.
        scores = explains ? judged.map(\.scores) : judged.map { _ in [] }
        self.isStopped = isStopped
    }

    /// In ten-thousandths, by row; nil where the method composes none.
    package func compositeUnits(_ row: Int) -> Int64? { table.compositeUnits(row) }

    /// Every column judged, and what the core ones say of each row together.
    private static func judge(
        _ method: Method, _ needsScores: Bool, _ plans: [IndicatorPlan], _ columns: [IndicatorColumn],
        _ rowCount: Int, _ cores: Int
    ) -> ([JudgedColumn], marks: [UInt8]) {
        let orderIndicators = method.orderIndicators
        let parts = Cores.map(plans.count, onCores: cores) { indices in
            var judged: [JudgedColumn] = []
            var core = [UInt8](repeating: 0, count: rowCount)
            var others = core
            for index in indices {
                func judge(_ marks: inout [UInt8]) -> JudgedColumn {
                    marks.withUnsafeMutableBufferPointer { marks in
                        JudgedColumn(
                            columns[index], plans[index], needsScores: needsScores,
                            isOrderKey: orderIndicators.contains(plans[index].indicator.code), marks: marks)
                    }
                }
                judged.append(plans[index].isCore ? judge(&core) : judge(&others))
            }
            return (judged, core)
        }
        var marks = parts.first?.1 ?? [UInt8](repeating: 0, count: rowCount)
        for part in parts.dropFirst() {
            for row in 0..<rowCount { marks[row] |= part.1[row] }
        }
        return (parts.flatMap(\.0), marks)
    }
}
