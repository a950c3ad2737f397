/// A function, initialiser, subscript or computed property with the lines it takes, braces counted.
struct FunctionSpan {
    let name: String
    /// Counted from 1.
    let line: Int
    let lineCount: Int

    /// All that have a body in a file; the lines are its code, without comments and literals.
    static func all(in code: [String]) -> [FunctionSpan] {
        let opening =
            #/^\s*(?:(?:@\w+(?:\([^)]*\))?|[a-z]+(?:\(set\))?)\s+)*?(?:func\s+(\S+?)\s*[(<]|(init)[?]?\s*[(<]|(deinit)\b|(subscript)\s*[(<]|var\s+(\w+)[^={]*\{\s*$)/#
        return code.indices.compactMap { index in
            let line = code[index]
            guard
                line.contains("func ") || line.contains("init") || line.contains("subscript")
                    || line.hasSuffix("{"), let match = line.firstMatch(of: opening),
                let end = lastLine(of: code, from: index)
            else { return nil }
            let name = match.1 ?? match.2 ?? match.3 ?? match.4 ?? match.5
            return FunctionSpan(
                name: String(name ?? ""), line: index + 1, lineCount: end - index + 1)
        }
    }

    /// The line with the brace that closes the body; nil for a requirement of a protocol, which has none.
    private static func lastLine(of code: [String], from start: Int) -> Int? {
        var brackets = 0
        var braces = 0
        for index in start..<code.count {
            for character in code[index] {
                switch character {
                case "(", "[": brackets += 1
                case ")", "]": brackets -= 1
                case "{": braces += 1
                case "}":
                    braces -= 1
                    if braces < 0 { return nil }
                    if braces == 0, brackets == 0 { return index }
                default: break
                }
            }
            if braces == 0, brackets == 0, !goesOn(code, after: index) { return nil }
        }
        return nil
    }

    /// Whether the declaration's head goes on in the next line.
    private static func goesOn(_ code: [String], after index: Int) -> Bool {
        guard index + 1 < code.count else { return false }
        let next = code[index + 1].drop(while: \.isWhitespace)
        return ["{", "->", "where", "async", "throws"].contains { next.hasPrefix($0) }
    }
}
