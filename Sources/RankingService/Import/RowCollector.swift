internal import Regulation

/// Turns records into declared standards and rejected rows, and keeps them until somebody takes them.
struct RowCollector: RecordSink, Sendable {
    struct Rejection: Sendable {
        let row: Int
        let line: Int
        let flaws: [RowReader.FieldFlaw]

        init(row: Int, line: Int, flaws: [RowReader.FieldFlaw]) {
            self.row = row
            self.line = line
            self.flaws = flaws
        }

        /// Of a record that the reader found flaws in.
        init(_ record: FieldRecord, _ reader: RowReader) {
            self.init(row: record.row, line: record.line, flaws: reader.flaws)
        }
    }

    /// Rows that were read, each in one of the two lists.
    struct Rows: Sendable {
        var standards: [DeclaredStandard] = []
        /// Line of each standard.
        var lines: [Int] = []
        var rejections: [Rejection] = []

        mutating func removeAll() {
            standards.removeAll(keepingCapacity: true)
            lines.removeAll(keepingCapacity: true)
            rejections.removeAll()
        }
    }

    private let profile: Profile
    private let fillsDeclarations: Bool
    private var reader: RowReader?
    private var rows = Rows()

    /// Without `fillsDeclarations` standards come without what they declare.
    init(profile: Profile, fillsDeclarations: Bool = true) {
        self.profile = profile
        self.fillsDeclarations = fillsDeclarations
    }

    var mendedCount: Int { reader?.mendedCount ?? 0 }

    /// Hands over what was read since the last time, in the order of the file.
    mutating func drain() -> Rows {
        defer { rows.removeAll() }
        return rows
    }

    mutating func bind(_ bound: BoundProfile) {
        reader = RowReader(profile, bound, fillsDeclarations: fillsDeclarations)
    }

    mutating func take(_ record: FieldRecord) {
        if let standard = reader?.read(record) {
            rows.standards.append(standard)
            rows.lines.append(record.line)
        } else if let reader {
            rows.rejections.append(Rejection(record, reader))
        }
    }
}
