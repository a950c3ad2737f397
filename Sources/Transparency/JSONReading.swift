/// Why a text is no JSON that we read, and where.
package struct JSONFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    package let reason: String
    /// Bytes before the place.
    package let offset: Int

    package var description: String { "\(reason), at byte \(offset)" }
}

extension CanonicalJSON {
    /// Reads any spelling of the values above (RFC 8259), and nothing that two readers might take for
    /// different things: no member twice, no fraction, exponent, null or lone surrogate.
    package init(_ bytes: [UInt8]) throws(JSONFlaw) {
        var reader = JSONReader(bytes)
        reader.skipSpace()
        self = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.isAtEnd else { throw reader.flaw("something follows the value") }
    }
}

/// Walks over the bytes once.
private struct JSONReader {
    /// What we read nests four deep.
    private static let depthMax = 16

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    func flaw(_ reason: String) -> JSONFlaw { JSONFlaw(reason: reason, offset: place) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let end = place + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[place..<end].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { return false }
        place = end
        return true
    }

    mutating func value(depth: Int) throws(JSONFlaw) -> CanonicalJSON {
        guard depth < Self.depthMax else { throw flaw("values nest too deep") }
        switch next {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): if take(word: "true") { return .truth(true) }
        case UInt8(ascii: "f"): if take(word: "false") { return .truth(false) }
        case UInt8(ascii: "-"): return .number(try number())
        case let byte? where Self.isDigit(byte): return .number(try number())
        default: break
        }
        throw flaw("there is no value")
    }

    private mutating func object(_ depth: Int) throws(JSONFlaw) -> CanonicalJSON {
        place += 1
        var members: [JSONMembers.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(JSONMembers()) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw flaw("a member has no name") }
            let name = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw flaw("no colon follows a name") }
            skipSpace()
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw flaw("an object does not end") }
        guard let object = JSONMembers(inAnyOrder: members) else { throw flaw(ofRepeated: members) }
        return .object(object)
    }

    private func flaw(ofRepeated members: [JSONMembers.Member]) -> JSONFlaw {
        let repeated = members.first { one in members.count { $0.key == one.key } > 1 }
        return flaw("“\(repeated?.key ?? "")” stands there twice")
    }

    private mutating func list(_ depth: Int) throws(JSONFlaw) -> CanonicalJSON {
        place += 1
        var values: [CanonicalJSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(values) }
        repeat {
            skipSpace()
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw flaw("a list does not end") }
        return .list(values)
    }

    private mutating func number() throws(JSONFlaw) -> SafeInteger {
        let start = place
        _ = take(UInt8(ascii: "-"))
        let digits = place
        while let byte = next, Self.isDigit(byte) { place += 1 }
        let hasLeadingZero = place - digits > 1 && bytes[digits] == UInt8(ascii: "0")
        let isFraction = next == UInt8(ascii: ".") || next == UInt8(ascii: "e") || next == UInt8(ascii: "E")
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        guard !hasLeadingZero, !isFraction, text != "-0", let number = Int64(text).flatMap(SafeInteger.init)
        else { throw flaw("a number is not whole, or larger than 2^53 - 1") }
        return number
    }

    private mutating func text() throws(JSONFlaw) -> String {
        place += 1
        if let text = try plainText() { return text }
        var content: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw flaw("a text has a control character") }
            place += 1
            if byte == UInt8(ascii: "\\") {
                content += try escape()
            } else {
                content.append(byte)
            }
        }
        guard take(UInt8(ascii: "\"")) else { throw flaw("a text does not end") }
        guard let text = String(validating: content, as: UTF8.self) else { throw flaw("a text is not UTF-8") }
        return text
    }

    /// The text if nothing in it is escaped, which is the rule.
    private mutating func plainText() throws(JSONFlaw) -> String? {
        guard let end = bytes[place...].firstIndex(where: Self.endsPlainText),
            bytes[end] == UInt8(ascii: "\"")
        else { return nil }
        let content = bytes[place..<end]
        place = end + 1
        // Repairs what is no UTF-8, which then has other bytes: quicker than to validate first.
        let text = String(decoding: content, as: UTF8.self)
        guard text.utf8.elementsEqual(content) else { throw flaw("a text is not UTF-8") }
        return text
    }

    private static func endsPlainText(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Behind a backslash.
    private mutating func escape() throws(JSONFlaw) -> [UInt8] {
        guard let byte = next else { throw flaw("a text does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar()
        default: throw flaw("a text has an unknown escape")
        }
    }

    private mutating func scalar() throws(JSONFlaw) -> [UInt8] {
        var units = [try unit()]
        if UTF16.isLeadSurrogate(units[0]), take(word: "\\u") { units.append(try unit()) }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw flaw("a text has half a surrogate pair")
        }
        return Array(text.utf8)
    }

    private mutating func unit() throws(JSONFlaw) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw flaw("an escape has no four digits")
            }
            unit = unit << 4 | UInt16(digit)
            place += 1
        }
        return unit
    }
}
