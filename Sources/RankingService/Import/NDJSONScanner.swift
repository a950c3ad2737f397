/// Finds the members of a line of JSON that is an object as registries write them: names that were seen
/// before, and texts without escapes, numbers without exponents, `true`, `false` and `null`.
///
/// What it takes, `JSONReader` takes and reads the same. Of everything else it only says that it is something
/// else.
struct NDJSONScanner: Sendable {
    private struct Name: Sendable {
        /// Among the wanted names.
        let slot: Int?
        /// Line in which it was seen last.
        var line = 0
        var isSeen = false
    }

    private let slotCount: Int
    private var names = ByteTable<Name>()
    /// Names in the order of the last line, by their place in `names`.
    private var order: [Int] = []
    private var line = 0
    private(set) var namesSeen: Set<String> = []

    init(names wanted: [String]) {
        slotCount = wanted.count
        for (slot, name) in wanted.enumerated() where names.place(of: name) == nil {
            names.insert(name, Name(slot: slot))
        }
    }

    /// A name that somebody else read in an object.
    mutating func learn(_ name: String) {
        namesSeen.insert(name)
        // A hostile file could have any number of names.
        guard names.count < 4_096 else { return }
        if let place = names.place(of: name) {
            names[place].isSeen = true
        } else {
            var known = Name(slot: nil)
            known.isSeen = true
            names.insert(name, known)
        }
    }

    /// Where the wanted values lie in the line; false, and `ranges` void, for a line that it does not take.
    mutating func scan(
        _ text: UnsafeBufferPointer<UInt8>, memberCountMax: Int, _ ranges: inout [Range<Int>]
    ) -> Bool {
        line += 1
        for _ in 0..<slotCount { ranges.append(0..<0) }
        var walk = JSONWalk(text)
        guard walk.take("{") else { return false }
        var count = 0
        repeat {
            guard count < memberCountMax, let name = walk.text(), let place = place(of: name, at: count),
                names[place].isSeen, names[place].line != line, walk.take(":"), let value = walk.scalar()
            else { return false }
            names[place].line = line
            if let slot = names[place].slot { ranges[slot] = value }
            count += 1
        } while walk.take(",")
        return walk.take("}") && walk.isAtEnd
    }

    private mutating func place(of name: UnsafeRawBufferPointer, at count: Int) -> Int? {
        if count < order.count, names.isText(at: order[count], name) { return order[count] }
        guard let place = names.place(of: name) else { return nil }
        if count == order.count { order.append(place) } else if count < order.count { order[count] = place }
        return place
    }
}

/// Steps over the parts of a line of plain JSON; blanks before a part are passed over.
private struct JSONWalk {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return offset == bytes.count
        }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    /// What stands between quotation marks.
    mutating func text() -> UnsafeRawBufferPointer? {
        guard let range = textRange() else { return nil }
        return UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range]))
    }

    /// The text or the digits of a value; nothing for `null`.
    mutating func scalar() -> Range<Int>? {
        skipBlanks()
        guard offset < bytes.count else { return nil }
        switch bytes[offset] {
        case UInt8(ascii: "\""): return textRange()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null").map { $0.lowerBound..<$0.lowerBound }
        default: return number()
        }
    }

    private mutating func skipBlanks() {
        while offset < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func textRange() -> Range<Int>? {
        skipBlanks()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
        offset += 1
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return start..<(offset - 1)
            case UInt8(ascii: "\\"), 0..<0x20: return nil
            case 0..<0x80: offset += 1
            default:
                guard PlainText.isThreeBytes(bytes, at: offset) else { return nil }
                offset += 3
            }
        }
        return nil
    }

    private mutating func word(_ word: StaticString) -> Range<Int>? {
        let end = offset + word.utf8CodeUnitCount
        let isWord = word.withUTF8Buffer { word in
            end <= bytes.count
                && ByteSearch.areEqual(
                    UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[offset..<end])),
                    UnsafeRawBufferPointer(word))
        }
        guard isWord else { return nil }
        defer { offset = end }
        return offset..<end
    }

    /// `-`, digits without a 0 in front, perhaps a point and digits. No exponent.
    private mutating func number() -> Range<Int>? {
        let start = offset
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let whole = offset
        let wholeCount = digits()
        guard wholeCount > 0, wholeCount == 1 || bytes[whole] != UInt8(ascii: "0") else { return nil }
        guard offset < bytes.count else { return start..<offset }
        if bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            guard digits() > 0 else { return nil }
        }
        return start..<offset
    }

    private mutating func digits() -> Int {
        let start = offset
        while offset < bytes.count, bytes[offset] >= 0x30, bytes[offset] <= 0x39 { offset += 1 }
        return offset - start
    }
}
