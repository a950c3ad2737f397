/// Swift source parted into code, comments and the contents of string literals.
///
/// Each part has the length and the lines of the whole, with blanks where the other parts stand, so that a
/// search finds the right line and never takes a word in a comment for code. Code inside an interpolation
/// counts as code. Regular expressions between bare slashes are not known; the ones between #/ and /# are.
struct SwiftText: Sendable {
    let code: [String]
    let comments: [String]
    let literals: [String]

    init(_ text: String) {
        var scanner = SwiftScanner(bytes: Array(text.utf8))
        scanner.scan()
        code = scanner.lines(of: .code)
        comments = scanner.lines(of: .comment)
        literals = scanner.lines(of: .literal)
    }
}

/// Walks once through the bytes and says of each what it belongs to.
private struct SwiftScanner {
    enum Part { case code, comment, literal }

    /// What the walk is inside of, innermost last.
    private enum Place {
        case literal(hashes: Int, isLong: Bool)
        case interpolation(openParentheses: Int)
    }

    let bytes: [UInt8]
    private var parts: [Part]
    private var places: [Place] = []
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        parts = Array(repeating: .code, count: bytes.count)
    }

    mutating func scan() {
        while index < bytes.count {
            if case .literal(let hashes, let isLong) = places.last {
                scanLiteral(hashes: hashes, isLong: isLong)
            } else {
                scanCode()
            }
        }
    }

    /// The lines of one part; blanks at their ends are left out.
    func lines(of wanted: Part) -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        var wantedCount = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") {
                lines.append(String(decoding: line.prefix(wantedCount), as: UTF8.self))
                line.removeAll(keepingCapacity: true)
                wantedCount = 0
            } else if parts[index] == wanted {
                line.append(byte)
                if byte != UInt8(ascii: " ") { wantedCount = line.count }
            } else {
                line.append(UInt8(ascii: " "))
            }
        }
        return lines + [String(decoding: line.prefix(wantedCount), as: UTF8.self)]
    }

    private func sees(_ text: StaticString) -> Bool {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        return (index..<end).allSatisfy { bytes[$0] == text.utf8Start[$0 - index] }
    }

    private mutating func take(_ count: Int, as part: Part) {
        let end = min(index + count, bytes.count)
        for position in index..<end { parts[position] = part }
        index = end
    }

    private mutating func take(as part: Part, through end: StaticString) {
        while index < bytes.count, !sees(end) { take(1, as: part) }
        take(end.utf8CodeUnitCount, as: part)
    }

    private mutating func scanCode() {
        switch bytes[index] {
        case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "\""): scanMark()
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            countParentheses()
            index += 1
        default: index += 1
        }
    }

    /// At a character that may begin a comment or a literal.
    private mutating func scanMark() {
        if sees("//") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { take(1, as: .comment) }
        } else if sees("/*") {
            take(as: .comment, through: "*/")
        } else if sees("#/") {
            take(2, as: .literal)
            take(as: .literal, through: "/#")
        } else if let (hashes, isLong) = openingQuote() {
            take(hashes + (isLong ? 3 : 1), as: .code)
            places.append(.literal(hashes: hashes, isLong: isLong))
        } else {
            index += 1
        }
    }

    private func openingQuote() -> (hashes: Int, isLong: Bool)? {
        let hashes = bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count
        let quotes = bytes[(index + hashes)...].prefix { $0 == UInt8(ascii: "\"") }.count
        return quotes == 0 ? nil : (hashes, quotes >= 3)
    }

    private mutating func countParentheses() {
        guard case .interpolation(let open) = places.last else { return }
        switch bytes[index] {
        case UInt8(ascii: "("): places[places.count - 1] = .interpolation(openParentheses: open + 1)
        case UInt8(ascii: ")") where open == 0: places.removeLast()
        case UInt8(ascii: ")"): places[places.count - 1] = .interpolation(openParentheses: open - 1)
        default: break
        }
    }

    private mutating func scanLiteral(hashes: Int, isLong: Bool) {
        switch bytes[index] {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "\n"): break
        default: return take(1, as: .literal)
        }
        let mark = String(repeating: "#", count: hashes)
        if starts(with: "\\" + mark + "(") {
            take(hashes + 2, as: .code)
            places.append(.interpolation(openParentheses: 0))
        } else if hashes == 0, sees("\\") {
            take(2, as: .literal)
        } else if starts(with: (isLong ? "\"\"\"" : "\"") + mark) {
            take(hashes + (isLong ? 3 : 1), as: .code)
            places.removeLast()
        } else if !isLong, sees("\n") {
            places.removeLast()
        } else {
            take(1, as: .literal)
        }
    }

    private func starts(with text: String) -> Bool { bytes[index...].starts(with: text.utf8) }
}
