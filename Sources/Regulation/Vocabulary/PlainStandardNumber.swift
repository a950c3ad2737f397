/// Numbers of enterprise standards that are written as they should be, as nearly all of a registry are:
/// `Q/CODE[/CLASS] SEQUENCE-YEAR` with one blank, a hyphen or the dash that is printed, and
/// capitals.
///
/// What it takes, `StandardNumber` takes, and prints the same. Of everything else it only says that it is
/// something else.
package enum PlainStandardNumber {
    /// Appends the printed form to `printed`; false, and nothing appended, for another number.
    package static func print(_ text: UnsafeRawBufferPointer, to printed: inout [UInt8]) -> Bool {
        // The shortest is `Q/A 1-2025`.
        guard text.count >= 10, text.count <= StandardNumber.characterCountMax, text[0] == UInt8(ascii: "Q"),
            text[1] == WrittenStandardNumber.slash, isYear(text, from: text.count - 4),
            let dash = startOfDash(text), let blank = end(ofCode: text), isSequence(text, blank + 1, dash)
        else { return false }
        printed.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<dash]))
        printed.append(contentsOf: Self.printedDash)
        printed.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[(text.count - 4)...]))
        return true
    }

    /// Of the hyphen before the year, or of the dash that is printed.
    private static func startOfDash(_ text: UnsafeRawBufferPointer) -> Int? {
        let end = text.count - 4
        if text[end - 1] == WrittenStandardNumber.dash { return end - 1 }
        let start = end - printedDash.count
        for (index, byte) in printedDash.enumerated() where text[start + index] != byte { return nil }
        return start
    }

    private static let printedDash = Array("—".utf8)

    private static func isYear(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
        for index in start..<(start + 4) where !isDigit(text[index]) { return false }
        let century = text[start] == UInt8(ascii: "1") ? UInt8(ascii: "9") : UInt8(ascii: "0")
        return (text[start] == UInt8(ascii: "1") || text[start] == UInt8(ascii: "2"))
            && text[start + 1] == century
    }

    /// Where the blank behind the enterprise's code and class stands.
    private static func end(ofCode text: UnsafeRawBufferPointer) -> Int? {
        var index = 2
        while index < text.count, isLetter(text[index]) || isDigit(text[index]) { index += 1 }
        guard (1...20).contains(index - 2), index < text.count else { return nil }
        if text[index] == WrittenStandardNumber.slash {
            let start = index + 1
            index = start
            while index < text.count, isLetter(text[index]) { index += 1 }
            guard (1...3).contains(index - start), index < text.count else { return nil }
        }
        return text[index] == WrittenStandardNumber.blank ? index : nil
    }

    /// Digits and points that begin with a digit.
    private static func isSequence(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
        guard start < end, isDigit(text[start]) else { return false }
        for index in start..<end where !isDigit(text[index]) && text[index] != UInt8(ascii: ".") {
            return false
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
