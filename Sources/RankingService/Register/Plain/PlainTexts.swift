import Regulation

/// Puts a record's fields, and the texts that a profile makes of them, into one buffer.
struct PlainTexts {
    private static let yearCountMax = 16_384

    let bound: BoundProfile
    private let decodesEntities: Bool
    private(set) var bytes: [UInt8] = []
    /// Fields of the record, by slot.
    private(set) var fields: [Range<Int>] = []
    private var years = ByteTable<[UInt8]>()

    init(_ profile: Profile, _ bound: BoundProfile) {
        self.bound = bound
        decodesEntities = profile.decodesEntities
    }

    /// False for a record with a field that is not plain, or with other fields than the header's.
    mutating func take(_ record: FieldRecord) -> Bool {
        guard record.flaw == nil, record.count == bound.fieldCount else { return false }
        fields.removeAll(keepingCapacity: true)
        let arePlain = record.bytes.withUnsafeBytes { bytes in
            bound.columns.allSatisfy { column in
                let range = record.ranges[column]
                fields.append(range)
                return PlainText.isPlain(
                    UnsafeRawBufferPointer(rebasing: bytes[range]), decodesEntities: decodesEntities)
            }
        }
        guard arePlain else { return false }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: record.bytes)
        return true
    }

    /// Where a text stands; nothing when a field that it needs is empty. Nil for a text that somebody else
    /// has to make.
    mutating func range(of source: BoundProfile.Text) -> Range<Int>? {
        switch source {
        case .column(let slot): return fields[slot]
        case .constant(let constant): return append { $0.append(contentsOf: constant.utf8) }
        case .template(let pieces):
            let start = bytes.count
            for piece in pieces {
                switch piece {
                case .literal(let literal): bytes.append(contentsOf: literal.utf8)
                case .field(let slot):
                    guard !fields[slot].isEmpty else { return start..<start }
                    bytes += Array(bytes[fields[slot]])
                case .year(let slot):
                    guard let year = year(fields[slot]) else { return nil }
                    bytes.append(contentsOf: year)
                }
            }
            return start..<bytes.count
        }
    }

    /// The printed form of an enterprise standard's number.
    mutating func number(_ text: Range<Int>) -> Range<Int>? {
        var isNumber = false
        // What is written stands in the buffer that is written to.
        let written = Array(bytes[text])
        let range = append { bytes in
            isNumber = written.withUnsafeBytes { PlainStandardNumber.print($0, to: &bytes) }
        }
        if isNumber { return range }
        guard let number = try? StandardNumber(String(decoding: written, as: UTF8.self)) else { return nil }
        return append { $0.append(contentsOf: number.text.utf8) }
    }

    private mutating func append(_ write: (inout [UInt8]) -> Void) -> Range<Int> {
        let start = bytes.count
        write(&bytes)
        return start..<bytes.count
    }

    private mutating func year(_ field: Range<Int>) -> [UInt8]? {
        let place = bytes.withUnsafeBytes { years.place(of: UnsafeRawBufferPointer(rebasing: $0[field])) }
        if let place { return years[place] }
        let text = String(decoding: bytes[field], as: UTF8.self)
        guard let day = DayFormat.allCases.lazy.compactMap({ $0.date(text) }).first else { return nil }
        if years.count >= Self.yearCountMax { years.removeAll() }
        let year = Array(String(day.year).utf8)
        years.insert(text, year)
        return year
    }

    /// Whether every text that the profile adds to a field's stands in a canonical line as it is.
    static func arePlain(_ bound: BoundProfile) -> Bool {
        func isPlain(_ text: String) -> Bool {
            text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\\") }
        }
        let sources =
            [bound.enterpriseName, bound.standardNumber, bound.standardName, bound.category] + bound.models
            + [bound.creditCode, bound.province].compactMap { $0 }
        return sources.allSatisfy { source in
            switch source {
            case .column: true
            case .constant(let constant): isPlain(constant)
            case .template(let pieces):
                pieces.allSatisfy { piece in
                    if case .literal(let literal) = piece { isPlain(literal) } else { true }
                }
            }
        }
    }
}
