internal import Regulation

/// All rows in the neutral order, and the how-manieth of its key each is.
struct NeutralRows {
    let rows: [Int]
    /// By row.
    let occurrences: [Int32]

    init(_ standards: [DeclaredStandard]) {
        let rows = standards.indices.sorted { left, right in
            let order = NeutralOrder.compare(standards[left], standards[right])
            return order == 0 ? left < right : order < 0
        }
        var occurrences = [Int32](repeating: 1, count: standards.count)
        for (before, row) in zip(rows, rows.dropFirst())
        where NeutralOrder.compareKeys(standards[before], standards[row]) == 0 {
            occurrences[row] = occurrences[before] + 1
        }
        self.rows = rows
        self.occurrences = occurrences
    }
}
