/// What a delivery's rows are to the rows that the register has of the same enterprise and number.
///
/// A row that says the same as before is not stored anew: it was matched while the file was read. Here the
/// others are told apart: repeated or contradicting rows of the file, and new versions of what is there.
struct Reconciliation: Sendable, Hashable {
    /// A row that stands in the register, of one enterprise and number.
    struct Row: Sendable, Hashable {
        let id: Int64
        /// Number of the delivery that brought it.
        let since: Int
        /// First row of which this is a version; 0 if it is the first.
        let origin: Int64
        let digest: StandardDigest
        let models: [String]
        /// Rows of the delivered file that say this: one for a new row, any number for an old one.
        let fileRows: [Int]
    }

    struct Rejection: Sendable, Hashable {
        let fileRow: Int
        let flaw: RowFlaw
    }

    struct Succession: Sendable, Hashable {
        let old: Int64
        let new: Int64
        /// First row of which both are versions.
        let origin: Int64
    }

    /// New rows that are taken out again.
    private(set) var removed: [Int64] = []
    /// Old rows that the file says, but contradicts.
    private(set) var unmatched: [Int64] = []
    private(set) var rejections: [Rejection] = []
    private(set) var successions: [Succession] = []

    /// `rows` are all that stand, of one enterprise, number and series; `number` is the delivery's.
    init(_ rows: [Row], delivery number: Int) {
        let delivered = rows.filter { !$0.fileRows.isEmpty }
        var accepted: [Row] = []
        for same in Dictionary(grouping: delivered, by: \.models).values {
            accepted += settle(same.sorted { ($0.fileRows[0], $0.id) < ($1.fileRows[0], $1.id) }, number)
        }
        let isAccepted = Set(accepted.map(\.id))
        var olds = rows.filter { $0.since < number && !isAccepted.contains($0.id) }
        var news = accepted.filter { $0.since == number }.sorted { $0.fileRows[0] < $1.fileRows[0] }
        for old in olds {
            guard let place = news.firstIndex(where: { $0.models == old.models }) else { continue }
            pair(old, news.remove(at: place))
            olds.removeAll { $0.id == old.id }
        }
        // The number is the same and nothing else is left: the models were renamed.
        if olds.count == 1, news.count == 1 { pair(olds[0], news[0]) }
    }

    /// One enterprise, one number and the same models are one declared standard. Rows that are equal in
    /// everything count once; rows that contradict each other are all rejected, for nothing says which of
    /// them is true. Answers the row that stays.
    private mutating func settle(_ rows: [Row], _ number: Int) -> [Row] {
        let fileRows = rows.flatMap(\.fileRows).sorted()
        guard fileRows.count > 1 else { return rows }
        guard rows.allSatisfy({ $0.digest == rows[0].digest }) else {
            rejections += fileRows.map { Rejection(fileRow: $0, flaw: .contradiction(rows: fileRows)) }
            removed += rows.filter { $0.since == number }.map(\.id)
            unmatched += rows.filter { $0.since < number }.map(\.id)
            return []
        }
        rejections += fileRows.dropFirst().map {
            Rejection(fileRow: $0, flaw: .repeatedRow(first: fileRows[0]))
        }
        removed += rows.dropFirst().map(\.id)
        return [rows[0]]
    }

    private mutating func pair(_ old: Row, _ new: Row) {
        successions.append(
            Succession(old: old.id, new: new.id, origin: old.origin == 0 ? old.id : old.origin))
    }
}
