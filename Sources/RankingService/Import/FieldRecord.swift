/// One record of a file: its fields in `bytes`, unquoted but not yet cleaned.
///
/// A reader reuses one record for all rows; whoever wants to keep a field copies it.
package struct FieldRecord: Sendable {
    package internal(set) var bytes: [UInt8] = []
    /// Where each field lies in `bytes`; what lies between them is nobody's.
    package internal(set) var ranges: [Range<Int>] = []
    /// Counted from 1 for the first record after the header; 0 is the header.
    package internal(set) var row = 0
    /// Line of the file on which the record starts, from 1.
    package internal(set) var line = 1
    /// What made the record unreadable, if anything did; its fields are then incomplete.
    package internal(set) var flaw: RecordFlaw?

    package var count: Int { ranges.count }

    /// A field as text, invalid UTF-8 shown as replacement characters: for messages, never for values.
    package func shown(_ index: Int) -> String {
        index < count ? String(decoding: bytes[ranges[index]], as: UTF8.self) : ""
    }

    mutating func restart(row: Int, line: Int) {
        bytes.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        self.row = row
        self.line = line
        flaw = nil
    }
}

/// Why the bytes of one record do not make fields. The rest of the file can still be read.
package enum RecordFlaw: Sendable, Hashable {
    /// Field number from 0.
    case fieldTooLong(field: Int, byteCountMax: Int)
    case recordTooLong(byteCountMax: Int)
    case tooManyFields(countMax: Int)
    /// Text between a closing quote and the next delimiter.
    case textAfterQuote(field: Int)
    /// A line of NDJSON that is no JSON object; the reader's words for it.
    case notAnObject(reason: String)
    /// A member that is itself an object or a list.
    case nestedValue(name: String)
}
