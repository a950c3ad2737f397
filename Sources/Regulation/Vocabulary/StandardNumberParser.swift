/// Takes a standard number in normal writing apart, kind by kind.
///
/// Of the domain: national, industry, local and group numbers are `prefix sequence[.part]—year`; an
/// enterprise forms its own number behind "Q/"; international numbers have a colon before the year.
enum StandardNumberParser {
    struct Parsed {
        let kind: StandardNumber.Kind
        let text: String
        let year: Int?
    }

    static func parse(_ written: [UInt8]) throws(StandardNumberFlaw) -> Parsed {
        let characters = written[...]
        if isJoint(characters) { throw .joint }
        if characters.starts(with: Array("Q/".utf8)) { return try enterprise(characters.dropFirst(2)) }
        if characters.starts(with: Array("T/".utf8)) { return try group(characters.dropFirst(2)) }
        let letters = characters.prefix(while: isLetter)
        let rest = characters.dropFirst(letters.count)
        switch string(letters) {
        case "ISO", "IEC": return try international(characters)
        case "DB": return try local(rest)
        case "GB", "GBZ":
            let (suffix, mandatory, tail) = try mandate(rest)
            return try numbered("\(string(letters))\(suffix)", .national(mandatory: mandatory), tail)
        default:
            guard letters.count == 2 else { throw .prefix }
            let (suffix, mandatory, tail) = try mandate(rest)
            return try numbered("\(string(letters))\(suffix)", .industry(mandatory: mandatory), tail)
        }
    }

    /// A second number begins with one of these after the first one's year.
    private static func isJoint(_ characters: ArraySlice<UInt8>) -> Bool {
        guard let dash = characters.firstIndex(of: WrittenStandardNumber.dash) else { return false }
        let behind = string(characters[dash...].drop { !isLetter($0) })
        return ["T/", "Q/", "GB", "DB", "ISO", "IEC"].contains { behind.hasPrefix($0) }
            && characters[..<dash].contains(where: isDigit)
    }

    /// "/T" recommends and "/Z" guides; without either the standard is mandatory.
    private static func mandate(
        _ rest: ArraySlice<UInt8>
    ) throws(StandardNumberFlaw) -> (suffix: String, mandatory: Bool, tail: ArraySlice<UInt8>) {
        guard rest.first == WrittenStandardNumber.slash else { return ("", true, rest) }
        let letter = rest.dropFirst().first
        guard letter == UInt8(ascii: "T") || letter == UInt8(ascii: "Z") else { throw .prefix }
        return (string(rest.prefix(2)), false, rest.dropFirst(2))
    }

    /// `sequence[.part]—year`, with or without a blank before it.
    private static func numbered(
        _ prefix: String, _ kind: StandardNumber.Kind, _ tail: ArraySlice<UInt8>
    ) throws(StandardNumberFlaw) -> Parsed {
        let (number, year) = try dated(tail)
        let sequence = number.drop { $0 == WrittenStandardNumber.blank }
        let parts = sequence.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...6).contains(parts[0].count),
            parts.dropFirst().allSatisfy({ (1...3).contains($0.count) }),
            parts.allSatisfy({ $0.allSatisfy(isDigit) })
        else { throw .sequence(string(sequence)) }
        return Parsed(kind: kind, text: "\(prefix) \(string(sequence))—\(year)", year: year)
    }

    private static func local(_ rest: ArraySlice<UInt8>) throws(StandardNumberFlaw) -> Parsed {
        let area = rest.prefix(while: isDigit)
        let digits = string(area)
        let tail = rest.dropFirst(area.count)
        // Without "/T" only the blank tells the area from the sequence number.
        guard [2, 4, 6].contains(area.count), Province(regionDigits: digits) != nil,
            tail.first == WrittenStandardNumber.slash || tail.first == WrittenStandardNumber.blank
        else { throw .area(digits) }
        let (suffix, mandatory, number) = try mandate(tail)
        return try numbered("DB\(digits)\(suffix)", .local(area: digits, mandatory: mandatory), number)
    }

    /// Where the blank is missing, the code ends with its last letter.
    private static func group(_ rest: ArraySlice<UInt8>) throws(StandardNumberFlaw) -> Parsed {
        let head = rest.prefix { isLetter($0) || isDigit($0) }
        var code = head
        if rest.dropFirst(head.count).first != WrittenStandardNumber.blank {
            while let last = code.last, isDigit(last) { code.removeLast() }
        }
        guard (2...12).contains(code.count), let first = code.first, isLetter(first) else {
            throw .groupCode(string(head))
        }
        return try numbered("T/\(string(code))", .group(string(code)), rest.dropFirst(code.count))
    }

    /// `code[/class][ ]sequence—year`, where the sequence may have letters before its digits and one behind.
    private static func enterprise(_ rest: ArraySlice<UInt8>) throws(StandardNumberFlaw) -> Parsed {
        let (body, year) = try dated(rest)
        let (head, sequence) = split(enterpriseBody: body)
        try check(enterpriseCode: head)
        var digits = sequence.drop(while: isLetter)
        guard sequence.count - digits.count <= 4 else { throw .sequence(string(sequence)) }
        if let last = digits.last, isLetter(last) { digits.removeLast() }
        guard let first = digits.first, isDigit(first),
            digits.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") })
        else { throw .sequence(string(sequence)) }
        return Parsed(kind: .enterprise, text: "Q/\(string(body))—\(year)", year: year)
    }

    /// With a blank the sequence number stands behind it; without, it is the last run of digits and points,
    /// and the letter behind that.
    private static func split(
        enterpriseBody body: ArraySlice<UInt8>
    ) -> (head: ArraySlice<UInt8>, sequence: ArraySlice<UInt8>) {
        if let blank = body.lastIndex(of: WrittenStandardNumber.blank) {
            return (body[..<blank], body[(blank + 1)...])
        }
        let letterCount = body.last.map(isLetter) == true ? 1 : 0
        let run = body.dropLast(letterCount).suffix(while: { isDigit($0) || $0 == UInt8(ascii: ".") })
        // A code of digits alone has the first digit at least.
        var start = max(run.startIndex, min(body.startIndex + 1, body.endIndex))
        // Of the letters behind a slash three at most are the class; further ones begin the sequence number.
        if let slash = body.firstIndex(of: WrittenStandardNumber.slash) { start = min(start, slash + 4) }
        return (body[..<start], body[start...])
    }

    private static func check(enterpriseCode head: ArraySlice<UInt8>) throws(StandardNumberFlaw) {
        let parts = head.split(separator: WrittenStandardNumber.slash, omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...20).contains(parts[0].count),
            parts[0].allSatisfy({ isLetter($0) || isDigit($0) }),
            parts.count == 1 || ((1...3).contains(parts[1].count) && parts[1].allSatisfy(isLetter))
        else { throw .enterpriseCode(string(head)) }
    }

    /// `ISO 9001:2015`, `IEC 60335-2-24:2020`, `ISO/IEC 27001:2022`; the year may be left out.
    private static func international(_ characters: ArraySlice<UInt8>) throws(StandardNumberFlaw) -> Parsed {
        let prefix = characters.prefix { isLetter($0) || $0 == WrittenStandardNumber.slash }
        let bodies = prefix.split(separator: WrittenStandardNumber.slash, omittingEmptySubsequences: false)
        guard bodies.count <= 2, bodies.allSatisfy({ (2...4).contains($0.count) }) else { throw .prefix }
        let rest = characters.dropFirst(prefix.count).drop { $0 == WrittenStandardNumber.blank }
        let halves = rest.split(separator: WrittenStandardNumber.colon, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: WrittenStandardNumber.dash, omittingEmptySubsequences: false)
        guard halves.count <= 2, (1...6).contains(parts[0].count),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            parts.dropFirst().allSatisfy({ $0.count <= 3 })
        else { throw .sequence(string(rest)) }
        let year: Int? = if halves.count == 2 { try self.year(halves[1]) } else { nil }
        let text = "\(string(prefix)) \(string(halves[0]))" + (year.map { ":\($0)" } ?? "")
        return Parsed(kind: .international, text: text, year: year)
    }

    /// Takes the year off: what stands behind the last dash.
    private static func dated(
        _ characters: ArraySlice<UInt8>
    ) throws(StandardNumberFlaw) -> (number: ArraySlice<UInt8>, year: Int) {
        guard let dash = characters.lastIndex(of: WrittenStandardNumber.dash) else { throw .yearMissing }
        let behind = characters[(dash + 1)...]
        guard !behind.isEmpty else { throw .yearMissing }
        return (characters[..<dash], try year(behind))
    }

    private static func year(_ digits: ArraySlice<UInt8>) throws(StandardNumberFlaw) -> Int {
        guard digits.count == 4, let year = DigitText.number(digits), (1900...2099).contains(year) else {
            throw .year(string(digits))
        }
        return year
    }

    private static func isLetter(_ character: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character)
    }

    private static func isDigit(_ character: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
    }

    private static func string(_ characters: ArraySlice<UInt8>) -> String {
        String(decoding: characters, as: UTF8.self)
    }
}

extension ArraySlice where Element == UInt8 {
    /// The longest run at the end whose elements all fit.
    fileprivate func suffix(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        suffix(from: lastIndex { !fits($0) }.map { $0 + 1 } ?? startIndex)
    }
}
