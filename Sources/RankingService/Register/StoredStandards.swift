import Regulation

/// Declared standards as the register stores them, for an evaluation: a million declarations become columns
/// and texts, and no value of any becomes a `Declaration`.
struct StoredStandards: RankedStandards {
    let heads: [DeclaredStandard]
    private let rows: StoredRows
    private let scheme: EvaluationScheme
    /// By place of the shape.
    private let shapes: [ShownShape]

    /// Fewer rows than this are not worth a second thread.
    private static let coreRowCount = 2_000

    init(_ rows: StoredRows, under scheme: EvaluationScheme) throws {
        let cores = rows.rows.count < Self.coreRowCount ? 1 : 2
        heads = try Cores.collect(rows.rows.count, onCores: cores) { range, append in
            for row in rows.rows[range] { append(try rows.standard(row, withDeclarations: false)) }
        }
        self.rows = rows
        self.scheme = scheme
        shapes = rows.shapes.map { ShownShape($0, under: scheme) }
    }

    func standard(_ row: Int) -> DeclaredStandard {
        let standard = sound { try rows.standard(rows.rows[row], withDeclarations: true) }
        return RecordedForm.read([standard], under: scheme)[0]
    }

    func columns(of rows: ArraySlice<Int>, _ plans: [IndicatorPlan]) -> RawColumns {
        var loader = StoredColumnLoader(self.rows, plans, scheme, rowCount: rows.count)
        sound {
            try self.rows.bytes.withUnsafeBytes { bytes in
                try self.rows.rows.withUnsafeBufferPointer { stored in
                    for (place, row) in rows.enumerated() {
                        let payload = bytes[stored[row].payload..<stored[row].end]
                        var values = RowReading(
                            UnsafeRawBufferPointer(rebasing: payload), from: stored[row].declarations)
                        try loader.load(&values, stored[row].shape, heads[row].attributes, place) {
                            standard(row)
                        }
                    }
                }
            }
        }
        return loader.columns
    }

    func appendDeclared(of row: Int, to declared: inout [ShownDeclaration]) {
        let stored = rows.rows[row]
        let shape = shapes[stored.shape]
        rows.bytes.withUnsafeBytes { bytes in
            var values = RowReading(
                UnsafeRawBufferPointer(rebasing: bytes[stored.payload..<stored.end]),
                from: stored.declarations)
            sound { try shape.append(&values, rows.tables, to: &declared) }
        }
    }

    /// Every row was walked through when it was read.
    private func sound<Result>(_ read: () throws -> Result) -> Result {
        do {
            return try read()
        } catch {
            preconditionFailure("a row that was sound is not: \(error)")
        }
    }
}

/// What the declarations of a shape are shown with.
private struct ShownShape: Sendable {
    private let heads: [Head]

    private struct Head: Sendable {
        /// "≥ ", and the like.
        let sign: String
        let signBytes: [UInt8]
        let unit: String
        let provenance: String
        /// A number or a flag is a word where the indicator has grades; see `Declaration.read(as:)`.
        let isWord: Bool
    }

    init(_ shape: StandardShape, under scheme: EvaluationScheme) {
        let words = RecordedForm.wordCodes(of: scheme)
        heads = shape.declarations.map {
            let sign = $0.relation.sign + " "
            return Head(
                sign: sign, signBytes: Array(sign.utf8), unit: $0.unit, provenance: $0.provenance,
                isWord: words.contains($0.indicator))
        }
    }

    /// Appends the declarations of a row.
    func append(
        _ row: inout RowReading, _ tables: StoredRows.Tables, to declared: inout [ShownDeclaration]
    ) throws {
        let bits = try StandardCoding.bits(&row, count: heads.count)
        for index in heads.indices where StandardCoding.isSet(index, bits) {
            declared.append(
                ShownDeclaration(
                    text: try text(&row, heads[index].signBytes, isWord: heads[index].isWord)
                        ?? text(&row, tables, heads[index]), unit: heads[index].unit,
                    provenance: heads[index].provenance))
        }
    }

    /// A plain number, as most values are, behind its sign; nil, and nothing read, for another value.
    private func text(_ row: inout RowReading, _ sign: [UInt8], isWord: Bool) throws -> String? {
        var reading = row
        let scale = try reading.byte()
        guard scale <= ExactDecimal.scaleMax, !isWord else { return nil }
        let significand = try reading.signed()
        row = reading
        return ExactDecimal.text(significand: significand, fractionDigits: Int(scale), behind: sign)
    }

    private func text(
        _ row: inout RowReading, _ tables: StoredRows.Tables, _ head: Head
    ) throws -> String {
        let (value, written) = try StandardCoding.value(&row, tables)
        guard case .number = value, !head.isWord else { return written }
        return head.sign + written
    }
}
