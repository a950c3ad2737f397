/// A standard number as somebody typed it, brought to upper-case ASCII with single blanks and single hyphens.
///
/// What is mapped: full-width forms, small letters, all kinds of blank, slash and dash; and 一 and ー between
/// two digits, because input methods put them where a dash was meant. Anything else that is not ASCII stays
/// and is refused with its position.
struct WrittenStandardNumber {
    /// Letters, digits, and " ", "-", "/", ".", ":".
    let characters: [UInt8]

    init(_ text: some StringProtocol) throws(StandardNumberFlaw) {
        if let plain = Self.plain(text) {
            characters = plain
            return
        }
        let scalars = Array(text.unicodeScalars.prefix(StandardNumber.characterCountMax * 2))
        var characters: [UInt8] = []
        for (index, scalar) in scalars.enumerated() {
            guard let mapped = Self.mapped(scalar, at: index, in: scalars) else {
                throw .character(position: index + 1, Character(scalar))
            }
            switch mapped {
            case Self.blank where characters.isEmpty || characters.last == Self.blank: break
            case Self.nothing: break
            case Self.dash where characters.last == Self.dash: break
            case Self.dash, Self.slash, Self.colon:
                // Blanks around a dash or a slash say nothing.
                if characters.last == Self.blank { characters.removeLast() }
                if mapped != Self.dash || characters.last != Self.dash { characters.append(mapped) }
            case Self.blank where [Self.dash, Self.slash, Self.colon].contains(characters.last): break
            default: characters.append(mapped)
            }
        }
        if characters.last == Self.blank { characters.removeLast() }
        guard !characters.isEmpty else { throw .empty }
        guard characters.count <= StandardNumber.characterCountMax else { throw .tooLong }
        self.characters = characters
    }

    /// The characters of a number that is written as it should be, as nearly all are; nil for any other.
    private static func plain(_ text: some StringProtocol) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= StandardNumber.characterCountMax, bytes.last != blank else {
            return nil
        }
        // As if a blank stood before: none may follow another, nor stand beside a dash, slash or colon.
        var previous = blank
        for byte in bytes {
            switch byte {
            case 0x41...0x5A, 0x30...0x39, 0x2E: break
            case blank:
                guard ![blank, dash, slash, colon].contains(previous) else { return nil }
            case dash, slash, colon:
                guard previous != blank, previous != dash || byte != dash else { return nil }
            default: return nil
            }
            previous = byte
        }
        return bytes
    }

    static let blank = UInt8(ascii: " ")
    static let dash = UInt8(ascii: "-")
    static let slash = UInt8(ascii: "/")
    static let colon = UInt8(ascii: ":")
    /// Stands for a character that is passed over.
    private static let nothing: UInt8 = 0

    /// Nil for a character that no standard number has.
    private static func mapped(_ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar])
        -> UInt8?
    {
        switch scalar.value {
        case 0x41...0x5A, 0x30...0x39, 0x2E: return UInt8(scalar.value)
        case 0x61...0x7A: return UInt8(scalar.value - 0x20)
        case 0x2F, 0x2044, 0x2215: return slash
        case 0x3A, 0x2236: return colon
        case 0x2D, 0x2010...0x2015, 0x2212, 0x2500, 0x2501, 0xFE58, 0xFE63: return dash
        case 0x4E00, 0x30FC: return stands(betweenDigits: index, in: scalars) ? dash : nil
        case 0xFF70: return stands(betweenDigits: index, in: scalars) ? dash : nil
        case 0xFEFF, 0x200B, 0xAD: return nothing
        case 0xFF01...0xFF5E:
            return Unicode.Scalar(scalar.value - 0xFEE0).flatMap { mapped($0, at: index, in: scalars) }
        default: return scalar.properties.isWhitespace ? blank : nil
        }
    }

    private static func stands(betweenDigits index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isWhitespace }
        let after = scalars[(index + 1)...].first { !$0.properties.isWhitespace }
        return isDigit(before) && isDigit(after)
    }

    private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }
}
