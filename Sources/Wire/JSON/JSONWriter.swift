/// Writes one JSON document, value by value; commas, indentation and escapes are its business.
///
/// Calls must follow the grammar: a name before each value of an object, an end for each begin.
public struct JSONWriter {
    private let isPretty: Bool
    private var bytes: [UInt8] = []
    /// Values written so far in each open array or object.
    private var counts: [Int] = []
    private var followsName = false

    /// Pretty means one value a line, two spaces a level.
    public init(pretty: Bool = false) {
        isPretty = pretty
    }

    /// What was written so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func beginObject() { begin("{") }
    public mutating func endObject() { end("}") }
    public mutating func beginArray() { begin("[") }
    public mutating func endArray() { end("]") }

    /// Name of the member whose value comes next.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        append(isPretty ? ": " : ":")
        followsName = true
    }

    public mutating func text(_ text: String) {
        separate()
        quote(text)
    }

    /// A number in JSON's form, taken as it is.
    public mutating func number(_ number: String) {
        separate()
        append(number)
    }

    public mutating func number(_ number: some BinaryInteger) { self.number(String(number)) }

    public mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    public mutating func null() {
        separate()
        append("null")
    }

    // MARK: Form

    private mutating func begin(_ bracket: String) {
        separate()
        append(bracket)
        counts.append(0)
    }

    private mutating func end(_ bracket: String) {
        let count = counts.popLast() ?? 0
        if count > 0 { newLine() }
        append(bracket)
    }

    /// What stands between the last value and the next.
    private mutating func separate() {
        if followsName {
            followsName = false
            return
        }
        guard let count = counts.last else { return }
        if count > 0 { append(",") }
        counts[counts.count - 1] = count + 1
        newLine()
    }

    private mutating func newLine() {
        guard isPretty else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * counts.count))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
