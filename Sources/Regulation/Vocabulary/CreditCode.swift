/// 统一社会信用代码: the unified social credit code by which every organisation is known for its whole life.
///
/// GB 32100-2015. Eighteen characters: registering department, kind of organisation, six digits of the
/// registering region, nine of the organisation code (GB 11714, with a check character of its own), and the
/// check character. Both checks hold in every value of this type. The region is not looked up in a table:
/// development zones have codes that stand in none. Names and addresses change and the code stays, so
/// everything is keyed by it.
package struct CreditCode: Hashable, Sendable {
    /// The 31 characters in the order of their values; I, O, S, V and Z are left out.
    static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    package static let characterCount = 18
    /// Length of the registration numbers that the credit code replaced in 2015.
    static let legacyNumberCount = 15

    /// The characters as digits to the base 31: compares as the text does, at a fraction of the cost.
    private let packed: UInt128

    /// `characters` are eighteen of the alphabet with both checks right.
    private init(checked characters: [UInt8]) {
        packed = characters.reduce(0) { $0 * 31 + UInt128(Self.value31(of: $1) ?? 0) }
    }

    /// Accepts upper-case ASCII only and corrects nothing: a code that is nearly right is refused with the
    /// remedy.
    package init(_ text: some StringProtocol) throws(CreditCodeFlaw) {
        let characters = try Self.characters(of: text)
        for position in 3...8 {
            let character = characters[position - 1]
            guard character <= UInt8(ascii: "9") else {
                throw .region(position: position, Self.character(character))
            }
        }
        if let expected = Self.check(of: characters.prefix(17)), expected != characters[17] {
            throw .check(expected: Self.character(expected), found: Self.character(characters[17]))
        }
        if let expected = Self.organisationCheck(of: characters[8..<16]), expected != characters[16] {
            throw .organisationCheck(
                expected: Self.character(expected), found: Self.character(characters[16]))
        }
        self.init(checked: characters)
    }

    /// Of so many characters the digits to the base 31 have room in 64 bits.
    private static let halfCount = characterCount / 2
    private static let half: UInt128 = (0..<halfCount).reduce(1) { power, _ in power * 31 }

    package var text: String {
        // Numbers of 64 bits are divided at a fraction of the cost.
        let (upper, lower) = packed.quotientAndRemainder(dividingBy: Self.half)
        return String(unsafeUninitializedCapacity: Self.characterCount) { characters in
            Self.alphabet.withUnsafeBufferPointer { alphabet in
                for (start, half) in [(0, UInt64(upper)), (Self.halfCount, UInt64(lower))] {
                    var rest = half
                    for index in (start..<start + Self.halfCount).reversed() {
                        characters.initializeElement(at: index, to: alphabet[Int(rest % 31)])
                        rest /= 31
                    }
                }
            }
            return Self.characterCount
        }
    }

    /// Orders codes as their texts are ordered by bytes.
    package var ordinal: UInt128 { packed }

    /// The six digits of the registering authority's region (GB/T 2260); "100000" is the national registry.
    package var regionDigits: String { String(text.dropFirst(2).prefix(6)) }
}

extension CreditCode: Comparable, CustomStringConvertible {
    package static func < (left: CreditCode, right: CreditCode) -> Bool { left.packed < right.packed }

    package var description: String { text }
}

// Reading, flaw by flaw.
extension CreditCode {
    /// What a reader can put right by hand comes first: a blank would otherwise show up as a wrong length.
    private static func characters(of text: some StringProtocol) throws(CreditCodeFlaw) -> [UInt8] {
        let bytes = Array(text.utf8)
        if bytes.count == characterCount, bytes.allSatisfy({ value31(of: $0) != nil }) { return bytes }
        let scalars = text.unicodeScalars
        for (index, scalar) in scalars.enumerated() {
            let position = index + 1
            switch scalar.value {
            case 0xFF01...0xFF5E:
                throw .fullWidth(position: position, Character(scalar))
            case 0x61...0x7A:
                throw .lowerCase(position: position, Character(scalar))
            default:
                if scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" {
                    throw .blank(position: position)
                }
            }
        }
        let count = scalars.count
        if count == legacyNumberCount, scalars.allSatisfy({ ("0"..."9").contains($0) }) {
            throw .legacyRegistrationNumber
        }
        guard count == characterCount else { throw .length(count) }
        var characters: [UInt8] = []
        for (index, scalar) in scalars.enumerated() {
            guard scalar.isASCII, value31(of: UInt8(scalar.value)) != nil else {
                throw .letter(position: index + 1, Character(scalar))
            }
            characters.append(UInt8(scalar.value))
        }
        return characters
    }

    private static func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }
}

// The two check characters.
extension CreditCode {
    /// The last character that belongs to the first seventeen; nil when they are not seventeen of the
    /// alphabet.
    package static func checkCharacter(of first17: some StringProtocol) -> Character? {
        let characters = Array(first17.utf8)
        guard characters.count == 17 else { return nil }
        return check(of: characters[...]).map(character)
    }

    /// The check character of an organisation code's first eight; nil when they are not eight of the
    /// alphabet.
    package static func organisationCheckCharacter(of first8: some StringProtocol) -> Character? {
        let characters = Array(first8.utf8)
        guard characters.count == 8, characters.allSatisfy({ value31(of: $0) != nil }) else { return nil }
        return organisationCheck(of: characters[...]).map(character)
    }

    /// The weights are the powers of 3, a primitive root of 31: every substitution and every swap of
    /// neighbours is caught.
    private static func check(of characters: ArraySlice<UInt8>) -> UInt8? {
        var sum = 0
        var weight = 1
        for character in characters {
            guard let value = value31(of: character) else { return nil }
            sum += value * weight
            weight = weight * 3 % 31
        }
        // The second remainder matters: a sum that is a multiple of 31 has the check 0.
        return alphabet[(31 - sum % 31) % 31]
    }

    /// GB 11714 counts letters by the whole alphabet (A is 10, Z is 35), not by the credit code's 31
    /// characters.
    private static func organisationCheck(of characters: ArraySlice<UInt8>) -> UInt8? {
        var sum = 0
        for (character, weight) in zip(characters, [3, 7, 9, 10, 5, 8, 4, 2]) {
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): sum += Int(character - UInt8(ascii: "0")) * weight
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                sum += (Int(character - UInt8(ascii: "A")) + 10) * weight
            default: return nil
            }
        }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let digit: return UInt8(ascii: "0") + UInt8(digit)
        }
    }

    private static let values: [Int8] = {
        var values = [Int8](repeating: -1, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = Int8(value) }
        return values
    }()

    private static func value31(of character: UInt8) -> Int? {
        let value = values[Int(character)]
        return value < 0 ? nil : Int(value)
    }
}

extension CreditCode {
    /// A code for an enterprise of which no code is known: the same for the same seed, valid in both checks,
    /// and made up.
    ///
    /// It begins with 91 (an enterprise of the market regulator) and the six digits of `region`; other
    /// characters of `region` are passed over and missing digits are 0. A made-up code can be somebody's:
    /// whoever stores one marks it as synthetic.
    package static func synthesised(region: String, seed: [UInt8]) -> CreditCode {
        let digits = region.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.prefix(6)
        var characters = Array("91".utf8) + digits
        characters += Array(repeating: UInt8(ascii: "0"), count: 8 - characters.count)
        var mixed = mix(seed)
        for _ in 0..<8 {
            characters.append(alphabet[Int(mixed % 31)])
            mixed /= 31
        }
        characters.append(organisationCheck(of: characters[8..<16]) ?? UInt8(ascii: "0"))
        characters.append(check(of: characters[...]) ?? UInt8(ascii: "0"))
        return CreditCode(checked: characters)
    }

    /// FNV-1a, then the finisher of MurmurHash3, so that seeds which differ in one byte give codes that
    /// differ all over.
    private static func mix(_ seed: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in seed { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }
}
