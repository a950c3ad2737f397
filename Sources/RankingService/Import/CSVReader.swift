/// Reads comma-separated values as they arrive, in pieces of any size (RFC 4180).
///
/// Lines end in LF or CRLF; a quoted field may hold delimiters, line ends and doubled quotes; a byte order
/// mark at the start is skipped. Beyond the RFC: a quote inside an unquoted field is an ordinary character,
/// and an empty line is no record. The first record is the header and has row number 0.
package struct CSVReader: Sendable {
    private enum Place {
        /// Leaves to `fieldStart` once it is known whether the file starts with a byte order mark.
        case fileStart(matched: Int)
        /// Leaves to `quoted`, `unquoted`, or ends the field at once.
        case fieldStart
        /// Leaves to `fieldStart` at a delimiter or line end.
        case unquoted
        /// Leaves to `quoteSeen`.
        case quoted
        /// A quote inside a quoted field: its end, or the first of two. Leaves to `quoted`, `fieldStart`,
        /// `unquoted`.
        case quoteSeen
    }

    private let delimiter: UInt8
    private let limits: ImportLimits
    private var place = Place.fileStart(matched: 0)
    private var record = FieldRecord()
    private var fieldStart = 0
    /// Line of the byte that is read next.
    private var line = 1
    /// Line on which the quote was opened.
    private var quoteLine = 1
    private var sawCarriageReturn = false
    private var isBlankLine = true

    package init(delimiter: UInt8 = UInt8(ascii: ","), limits: ImportLimits = ImportLimits()) {
        self.delimiter = delimiter
        self.limits = limits
    }

    /// Hands every record that is complete with these bytes to `take`.
    package mutating func feed<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>, take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        var index = 0
        while index < bytes.count {
            switch place {
            case .fileStart(let matched): skipMark(bytes[index], matched: matched, &index)
            case .fieldStart:
                if try readLine(bytes, &index, take) { continue }
                if bytes[index] == UInt8(ascii: "\"") {
                    place = .quoted
                    isBlankLine = false
                    quoteLine = line
                    index += 1
                } else {
                    place = .unquoted
                }
            case .unquoted: try readUnquoted(bytes, &index, take)
            case .quoted: readQuoted(bytes, &index)
            case .quoteSeen: closeOrDouble(bytes[index], &index)
            }
        }
    }

    /// The file is over: a last record without a line end is still handed on.
    package mutating func finish<Failure: Error>(
        take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) -> Truncation? {
        if case .fileStart(let matched) = place { append(ByteOrderMark.bytes[..<matched]) }
        if case .quoted = place {
            return Truncation(row: record.row, line: record.line, quoteLine: quoteLine)
        }
        flushCarriageReturn()
        if !isBlankLine || !record.ranges.isEmpty { try endRecord(take) }
        return nil
    }

    /// Reads a whole record that lies in `bytes` as nearly all do: on one line, with no quote but around a
    /// field. False when it does not: nothing is taken then.
    private mutating func readLine<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int,
        _ take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        guard isBlankLine, record.ranges.isEmpty, !sawCarriageReturn else { return false }
        let rest = UnsafeBufferPointer(rebasing: bytes[index...])
        guard let length = ByteSearch.offset(of: UInt8(ascii: "\n"), in: rest), length > 0 else {
            return false
        }
        let ending = rest[length - 1] == UInt8(ascii: "\r") ? 1 : 0
        let text = UnsafeBufferPointer(rebasing: rest[..<(length - ending)])
        guard !text.isEmpty, text.count <= limits.plainLineByteCountMax, split(text) else {
            record.ranges.removeAll(keepingCapacity: true)
            return false
        }
        record.bytes.append(contentsOf: text)
        index += length + 1
        line += 1
        try take(record)
        record.restart(row: record.row + 1, line: line)
        return true
    }

    /// The fields of a line, where they lie in it.
    private mutating func split(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        var start = 0
        while true {
            guard record.ranges.count < limits.fieldCountMax else { return false }
            var end = start
            if start < text.count, text[start] == quote {
                start += 1
                end = start
                while end < text.count, text[end] != quote { end += 1 }
                record.ranges.append(start..<end)
                // What closes it may be the first of two, or the field goes on behind the line's end.
                guard end < text.count, end + 1 == text.count || text[end + 1] == delimiter else {
                    return false
                }
                end += 1
            } else {
                while end < text.count, text[end] != delimiter {
                    if text[end] == UInt8(ascii: "\r") { return false }
                    end += 1
                }
                record.ranges.append(start..<end)
            }
            guard end < text.count else { return true }
            start = end + 1
        }
    }

    private mutating func skipMark(_ byte: UInt8, matched: Int, _ index: inout Int) {
        if byte == ByteOrderMark.bytes[matched] {
            index += 1
            place = matched == 2 ? .fieldStart : .fileStart(matched: matched + 1)
        } else {
            append(ByteOrderMark.bytes[..<matched])
            place = matched == 0 ? .fieldStart : .unquoted
        }
    }

    private mutating func readUnquoted<Failure: Error>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        let lineFeed = UInt8(ascii: "\n")
        let carriageReturn = UInt8(ascii: "\r")
        if sawCarriageReturn, bytes[index] != lineFeed { flushCarriageReturn() }
        var end = index
        while end < bytes.count {
            let byte = bytes[end]
            if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
            end += 1
        }
        append(UnsafeBufferPointer(rebasing: bytes[index..<end]))
        index = end
        guard end < bytes.count else { return }
        index += 1
        switch bytes[end] {
        case lineFeed:
            sawCarriageReturn = false
            line += 1
            try endRecord(take)
        case carriageReturn:
            sawCarriageReturn = true
        default:
            endField()
            isBlankLine = false
            place = .fieldStart
        }
    }

    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        var end = index
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\n") { line += 1 }
            end += 1
        }
        append(UnsafeBufferPointer(rebasing: bytes[index..<end]))
        index = end
        if end < bytes.count {
            index += 1
            place = .quoteSeen
        }
    }

    private mutating func closeOrDouble(_ byte: UInt8, _ index: inout Int) {
        if byte == UInt8(ascii: "\"") {
            append(CollectionOfOne(byte))
            index += 1
            place = .quoted
            return
        }
        let endsField = byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        if !endsField { note(.textAfterQuote(field: record.count)) }
        place = .unquoted
    }

    /// A carriage return that no line feed followed is part of the field.
    private mutating func flushCarriageReturn() {
        guard sawCarriageReturn else { return }
        sawCarriageReturn = false
        append(CollectionOfOne(UInt8(ascii: "\r")))
    }

    private mutating func append(_ run: some Collection<UInt8>) {
        guard !run.isEmpty else { return }
        isBlankLine = false
        let byteCount = record.bytes.count + run.count
        if byteCount - fieldStart > limits.fieldByteCountMax {
            note(.fieldTooLong(field: record.count, byteCountMax: limits.fieldByteCountMax))
        } else if byteCount > limits.recordByteCountMax {
            note(.recordTooLong(byteCountMax: limits.recordByteCountMax))
        } else {
            record.bytes.append(contentsOf: run)
        }
    }

    private mutating func endField() {
        if record.ranges.count < limits.fieldCountMax {
            record.ranges.append(fieldStart..<record.bytes.count)
        } else {
            note(.tooManyFields(countMax: limits.fieldCountMax))
        }
        fieldStart = record.bytes.count
    }

    private mutating func endRecord<Failure: Error>(
        _ take: (FieldRecord) throws(Failure) -> Void
    ) throws(Failure) {
        place = .fieldStart
        if isBlankLine {
            record.restart(row: record.row, line: line)
        } else {
            endField()
            try take(record)
            record.restart(row: record.row + 1, line: line)
        }
        fieldStart = 0
        isBlankLine = true
    }

    /// The first flaw names the record; later ones follow from it.
    private mutating func note(_ flaw: RecordFlaw) {
        if record.flaw == nil { record.flaw = flaw }
    }
}

/// A file that ends inside a quoted field.
package struct Truncation: Sendable, Hashable {
    /// Record from 1 after the header; 0 is the header.
    package let row: Int
    /// Line on which that record starts, and line on which the quote was opened.
    package let line: Int
    package let quoteLine: Int
}

/// U+FEFF in UTF-8.
enum ByteOrderMark {
    static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
}
