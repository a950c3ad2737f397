import Regulation

/// What one indicator's column adds to a row, field by field.
///
/// Plain numbers are written as they come, however many different ones there are. Other texts are few: each
/// is judged once, by `IndicatorReading`, and kept.
struct PlainIndicator {
    private enum Kept {
        case declared(canonical: Range<Int>, stored: Range<Int>)
        case notDeclared
        case flawed
    }

    enum Outcome {
        case declared
        case notDeclared
        /// Somebody else has to look at the row.
        case flawed
    }

    private static let keptCountMax = 4_096
    private static let keptByteCountMax = 64

    private let reading: IndicatorReading
    private let minimum: ExactDecimal?
    private let maximum: ExactDecimal?
    /// No word of the profile looks like a number.
    private let takesPlainNumbers: Bool
    /// Before and behind value and written form in a number's part of the canonical line.
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private var kept = ByteTable<Kept>()
    private var bytes: [UInt8] = []

    init(_ mapping: Profile.Indicator, place: Int) {
        reading = IndicatorReading(mapping, place: place)
        minimum = mapping.minimum
        maximum = mapping.maximum
        takesPlainNumbers =
            mapping.words.isEmpty && !mapping.missingWords.contains { ExactDecimal($0) != nil }
        // Each field stands behind a tab; the empty one in front is not part of it.
        prefix = Self.fields("", mapping.code, mapping.relation.sign, "number", "")
        suffix = Self.fields("", mapping.testMethod, mapping.unit, "")
    }

    private static func fields(_ texts: String...) -> [UInt8] {
        var text = CanonicalText()
        for field in texts { text.field(field) }
        return text.bytes
    }

    mutating func append(
        _ text: UnsafeRawBufferPointer, canonical: inout [UInt8], stored: inout RowWriter
    ) -> Outcome {
        if takesPlainNumbers, let number = PlainDecimal(text) {
            guard isPossible(number) else { return .flawed }
            canonical.append(contentsOf: prefix)
            canonical.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<number.canonicalByteCount]))
            canonical.append(UInt8(ascii: "\t"))
            canonical.append(UInt8(ascii: "\t"))
            canonical.append(contentsOf: text)
            canonical.append(contentsOf: suffix)
            stored.write(byte: UInt8(number.scale))
            stored.write(signed: number.significand)
            return .declared
        }
        guard text.count <= Self.keptByteCountMax else { return .flawed }
        switch kept[kept.place(of: text) ?? keep(text)] {
        case .flawed: return .flawed
        case .notDeclared: return .notDeclared
        case .declared(let line, let row):
            canonical.append(contentsOf: bytes[line])
            stored.write(raw: bytes[row])
            return .declared
        }
    }

    private func isPossible(_ number: PlainDecimal) -> Bool {
        guard minimum != nil || maximum != nil else { return true }
        guard let value = number.value else { return false }
        if let minimum, value < minimum { return false }
        if let maximum, value > maximum { return false }
        return true
    }

    /// Judges a text and keeps what comes of it; answers its place.
    private mutating func keep(_ text: UnsafeRawBufferPointer) -> Int {
        if kept.count >= Self.keptCountMax {
            kept.removeAll()
            bytes.removeAll()
        }
        switch reading.judge(String(decoding: text, as: UTF8.self)) {
        case .flawed: return kept.insert(text, .flawed)
        case .notDeclared: return kept.insert(text, .notDeclared)
        case .declared(let declared):
            let start = bytes.count
            bytes += declared.canonical
            let middle = bytes.count
            bytes += declared.stored
            return kept.insert(
                text, .declared(canonical: start..<middle, stored: middle..<bytes.count))
        }
    }
}
