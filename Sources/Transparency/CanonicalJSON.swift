/// JSON with one spelling for each value (RFC 8785), of values that every reader understands alike: no
/// fractions, no whole numbers that a double cannot hold, no null.
package enum CanonicalJSON: Sendable, Hashable {
    case text(String)
    case number(SafeInteger)
    case truth(Bool)
    case list([CanonicalJSON])
    case object(JSONMembers)
}

/// A whole number between -(2^53 - 1) and 2^53 - 1: what JavaScript's numbers hold exactly.
package struct SafeInteger: Sendable, Hashable {
    package let value: Int64

    private static let magnitudeMax: UInt64 = (1 << 53) - 1

    /// Nil for a number that some readers would round.
    package init?(_ value: Int64) {
        guard value.magnitude <= Self.magnitudeMax else { return nil }
        self.value = value
    }
}

extension CanonicalJSON {
    /// A number known to be small, such as a count of rows.
    package static func count(_ value: UInt32) -> CanonicalJSON {
        SafeInteger(Int64(value)).map { .number($0) } ?? .text("\(value)")
    }

    /// The value's bytes: keys in the order of their UTF-16 code units, no space, UTF-8.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.write(text, into: &bytes)
        case .number(let number): Self.write(number.value, into: &bytes)
        case .truth(let truth): bytes += (truth ? "true" : "false").utf8
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            Self.write(members, into: &bytes)
        }
    }

    /// The bytes of an object whose members are given in their order, each once.
    static func encodedObject(_ members: [(key: String, value: CanonicalJSON)]) -> [UInt8] {
        assert(zip(members, members.dropFirst()).allSatisfy { JSONMembers.precedes($0.key, $1.key) })
        var bytes: [UInt8] = []
        write(members, into: &bytes)
        return bytes
    }

    private static func write(_ members: some Sequence<JSONMembers.Member>, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in members {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(member.key, into: &bytes)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// RFC 8785, 3.2.2.2: only the quotation mark, the backslash and control characters are escaped.
    private static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { content in
            if content.contains(where: isEscaped) {
                for byte in content { write(byte, into: &bytes) }
            } else {
                bytes += content
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// In decimal digits, without a text in between.
    private static func write(_ number: Int64, into bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func write(_ byte: UInt8, into bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes += "\\\"".utf8
        case UInt8(ascii: "\\"): bytes += "\\\\".utf8
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0A: bytes += "\\n".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0x0D: bytes += "\\r".utf8
        case 0..<0x20: bytes += ("\\u00" + HexText.text(byte)).utf8
        default: bytes.append(byte)
        }
    }
}

extension CanonicalJSON {
    /// The member of an object; nil for another value or a name that is not there.
    package subscript(_ name: String) -> CanonicalJSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    package var asText: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    package var asNumber: Int64? {
        guard case .number(let number) = self else { return nil }
        return number.value
    }

    package var asObject: JSONMembers? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
