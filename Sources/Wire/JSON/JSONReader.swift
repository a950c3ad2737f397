/// Reads one JSON document (RFC 8259), exactly: nothing beyond the grammar is taken, a name may occur once in
/// an object, numbers are not converted. A byte order mark in front is skipped, as the RFC allows.
public struct JSONReader {
    /// Arrays and objects within one another.
    public static let levelMax = 64
    /// The same in the JSON of a message: a list of messages is two levels for one.
    public static let messageLevelMax = 2 * MessageLimits.levelMax
    public static let byteCountMax = 64 << 20

    private let bytes: [UInt8]
    private let levelMax: Int
    private var offset = 0

    public static func read(
        _ text: String, byteCountMax: Int = byteCountMax
    ) throws(JSONError) -> JSONNode {
        try read(Array(text.utf8), byteCountMax: byteCountMax)
    }

    /// Reads UTF-8 bytes.
    public static func read(
        _ bytes: [UInt8], byteCountMax: Int = byteCountMax, levelMax: Int = levelMax
    ) throws(JSONError) -> JSONNode {
        var reader = JSONReader(bytes: bytes, levelMax: levelMax)
        guard bytes.count <= byteCountMax else {
            throw reader.error("\(bytes.count) bytes, at most \(byteCountMax) are taken")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.offset = 3 }
        reader.skipBlanks()
        let node = try reader.value(level: 1)
        reader.skipBlanks()
        guard reader.offset == bytes.count else {
            throw reader.error("expected the end after the value, found \(reader.found)")
        }
        return node
    }

    private init(bytes: [UInt8], levelMax: Int) {
        self.bytes = bytes
        self.levelMax = levelMax
    }

    // MARK: Grammar

    private mutating func value(level: Int) throws(JSONError) -> JSONNode {
        let start = offset
        switch next {
        case UInt8(ascii: "{"): return JSONNode(.object(try members(level: level)), offset: start)
        case UInt8(ascii: "["): return JSONNode(.array(try elements(level: level)), offset: start)
        case UInt8(ascii: "\""): return JSONNode(.text(try text()), offset: start)
        case UInt8(ascii: "t"): return JSONNode(.bool(true), offset: try word("true", from: start))
        case UInt8(ascii: "f"): return JSONNode(.bool(false), offset: try word("false", from: start))
        case UInt8(ascii: "n"): return JSONNode(.null, offset: try word("null", from: start))
        default:
            guard isDigit || next == UInt8(ascii: "-") else {
                throw error("expected a value, found \(found)")
            }
            return JSONNode(.number(try number()), offset: start)
        }
    }

    private mutating func members(level: Int) throws(JSONError) -> [JSONMember] {
        try enter(level)
        var members: [JSONMember] = []
        // By bytes: texts that only look alike, as é in one scalar and in two, are different names.
        var names: Set<[UInt8]> = []
        skipBlanks()
        if take("}") { return members }
        while true {
            let nameOffset = offset
            guard next == UInt8(ascii: "\"") else { throw error("expected a name in quotes, found \(found)") }
            let name = try text()
            guard names.insert(Array(name.utf8)).inserted else {
                throw error("the name \"\(name)\" occurs twice in this object", at: nameOffset)
            }
            skipBlanks()
            guard take(":") else { throw error("expected ':' after the name, found \(found)") }
            skipBlanks()
            let node = try value(level: level + 1)
            members.append(JSONMember(name: name, nameOffset: nameOffset, node: node))
            skipBlanks()
            if take("}") { return members }
            guard take(",") else { throw error("expected ',' or '}', found \(found)") }
            skipBlanks()
        }
    }

    private mutating func elements(level: Int) throws(JSONError) -> [JSONNode] {
        try enter(level)
        var elements: [JSONNode] = []
        skipBlanks()
        if take("]") { return elements }
        while true {
            elements.append(try value(level: level + 1))
            skipBlanks()
            if take("]") { return elements }
            guard take(",") else { throw error("expected ',' or ']', found \(found)") }
            skipBlanks()
        }
    }

    /// Steps over the opening bracket.
    private mutating func enter(_ level: Int) throws(JSONError) {
        guard level <= levelMax else { throw error("nested deeper than \(levelMax) levels") }
        offset += 1
    }

    private mutating func word(_ word: StaticString, from start: Int) throws(JSONError) -> Int {
        let text = word.description
        guard bytes[start...].starts(with: text.utf8) else { throw error("expected a value, found \(found)") }
        offset += text.utf8.count
        return start
    }

    private mutating func number() throws(JSONError) -> String {
        let start = offset
        _ = take("-")
        if take("0") {
            guard !isDigit else { throw error("a number does not begin with 0", at: start) }
        } else {
            try digits()
        }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        guard isDigit else { throw error("expected a digit, found \(found)") }
        while isDigit { offset += 1 }
    }

    // MARK: Characters

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    private var isDigit: Bool { next.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// The character here, for people.
    private var found: String {
        guard next != nil else { return "the end" }
        let character = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first
        guard let character, character.value >= 0x20 else { return "a control character" }
        return "'\(character)'"
    }

    private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        JSONError(position: JSONPosition(ofByte: offset ?? self.offset, in: bytes), reason: reason)
    }

    // MARK: Text

    private mutating func text() throws(JSONError) -> String {
        let start = offset
        offset += 1
        var run = offset
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[run..<offset]
                offset += 1
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw error("text that is not UTF-8", at: start)
                }
                return valid
            case UInt8(ascii: "\\"):
                text += bytes[run..<offset]
                text += Array(String(try escape()).utf8)
                run = offset
            case 0..<0x20: throw error("a control character in text must be written as an escape")
            default: offset += 1
            }
        }
        throw error("the text is not closed by a quotation mark", at: start)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        defer { offset += 1 }
        switch next {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw error("no such escape in text", at: start)
        }
    }

    /// Four hexadecimal digits, or a pair of them for a character beyond U+FFFF; stops on the last digit.
    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try codeUnit(from: start)
        guard first & 0xF800 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard first < 0xDC00, bytes[(offset + 1)...].starts(with: Array("\\u".utf8)) else {
            throw error("half of a surrogate pair", at: start)
        }
        offset += 2
        let second = try codeUnit(from: start)
        let value = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)
        guard second & 0xFC00 == 0xDC00, let scalar = Unicode.Scalar(value) else {
            throw error("half of a surrogate pair", at: start)
        }
        return scalar
    }

    private mutating func codeUnit(from start: Int) throws(JSONError) -> UInt16 {
        let digits = bytes[min(offset + 1, bytes.count)...].prefix(4)
        let isHex = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }
        guard digits.count == 4, isHex,
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits after \\u", at: start) }
        offset += 4
        return unit
    }
}
