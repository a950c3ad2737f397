/// Writes the canonical texts that digests are taken of.
///
/// UTF-8, lines that end in LF, fields parted by one tab. Inside a field `\` is written `\\`, tab `\t`,
/// LF `\n` and CR `\r`. A list is its count followed by its items. Nothing depends on a locale or on
/// the order of a dictionary.
package struct CanonicalText: Sendable, Hashable {
    package private(set) var bytes: [UInt8] = []
    private var isLineStart = true

    package init() {}

    /// Goes on behind lines that are there; takes their storage.
    init(continuing lines: consuming [UInt8]) { bytes = lines }

    /// Fields that were written elsewhere, each with its tab before it; behind another field.
    mutating func append(part: [UInt8]) { bytes.append(contentsOf: part) }

    package mutating func field(_ text: String) {
        if !isLineStart { bytes.append(UInt8(ascii: "\t")) }
        isLineStart = false
        let start = bytes.count
        // Escaping is rare, so look first.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { field in
            bytes.append(contentsOf: field)
            return Self.isPlain(field)
        }
        if let isPlain {
            if !isPlain { escape(from: start) }
        } else {
            bytes.append(contentsOf: text.utf8)
            escape(from: start)
        }
    }

    private static func isPlain(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        var escapedCount = 0
        for byte in field { escapedCount &+= isEscaped(byte) ? 1 : 0 }
        return escapedCount == 0
    }

    /// A field of letters, digits and signs, of which none is escaped.
    package mutating func field(letters: [UInt8]) {
        if !isLineStart { bytes.append(UInt8(ascii: "\t")) }
        isLineStart = false
        bytes.append(contentsOf: letters)
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || (byte >= UInt8(ascii: "\t") && byte <= UInt8(ascii: "\r"))
    }

    private mutating func escape(from start: Int) {
        let field = Array(bytes[start...])
        bytes.removeSubrange(start...)
        for byte in field {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            default: bytes.append(byte)
            }
        }
    }

    package mutating func field(_ number: Int) { field(String(number)) }

    /// "yes" or "no".
    package mutating func field(_ flag: Bool) { field(flag ? "yes" : "no") }

    package mutating func list(_ texts: [String]) {
        field(texts.count)
        for text in texts { field(text) }
    }

    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        isLineStart = true
    }

    package mutating func line(_ fields: String...) {
        for text in fields { field(text) }
        endLine()
    }
}

extension RequirementValue {
    /// Kind and value in three fields; the second end is empty but for intervals.
    func write(to text: inout CanonicalText) {
        let fields: (kind: String, value: String, upper: String) =
            switch self {
            case .number(let number): ("number", number.description, "")
            case .interval(let low, let high): ("interval", low.description, high.description)
            case .word(let word): ("word", word, "")
            case .flag(let flag): ("flag", flag ? "yes" : "no", "")
            }
        text.field(fields.kind)
        text.field(fields.value)
        text.field(fields.upper)
    }
}
