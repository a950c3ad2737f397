/// Why a text is no 统一社会信用代码, with the place and the remedy.
///
/// Positions count from 1. `code` is stable; the words are not.
package enum CreditCodeFlaw: Error, Hashable, Sendable {
    /// Not eighteen characters but so many.
    case length(Int)
    /// A fifteen-digit registration number of the time before 2015.
    case legacyRegistrationNumber
    case blank(position: Int)
    case lowerCase(position: Int, Character)
    case fullWidth(position: Int, Character)
    /// Outside the 31 characters.
    case letter(position: Int, Character)
    /// Positions 3 to 8 are digits.
    case region(position: Int, Character)
    /// The last character.
    case check(expected: Character, found: Character)
    /// The organisation code's own check character, position 17.
    case organisationCheck(expected: Character, found: Character)

    package var code: String {
        switch self {
        case .length: "LENGTH"
        case .legacyRegistrationNumber: "LEGACY_REGISTRATION_NUMBER"
        case .blank: "BLANK"
        case .lowerCase: "LOWER_CASE"
        case .fullWidth: "FULL_WIDTH"
        case .letter: "LETTER"
        case .region: "REGION"
        case .check: "CHECK"
        case .organisationCheck: "ORGANISATION_CHECK"
        }
    }

    package var messageZH: String {
        switch self {
        case .length(let count):
            "统一社会信用代码应为18位，现为\(count)位，请补全或删去多余字符"
        case .legacyRegistrationNumber:
            "这是15位工商注册号，请改用营业执照上的18位统一社会信用代码"
        case .blank(let position):
            "第\(position)位是空白字符，请删去"
        case .lowerCase(let position, let character):
            "第\(position)位“\(character)”是小写字母，请改为大写“\(character.uppercased())”"
        case .fullWidth(let position, let character):
            "第\(position)位“\(character)”是全角字符，请改为半角“\(character.halfWidth)”"
        case .letter(let position, let character):
            "第\(position)位“\(character.quotable)”不在代码字符集内（不使用I、O、S、V、Z），\(remedyZH(for: character))"
        case .region(let position, let character):
            "第\(position)位“\(character)”应为数字（第3至8位是登记管理机关行政区划码），请核对"
        case .check(let expected, let found):
            "第18位校验码为“\(found)”，按前17位应为“\(expected)”，请核对全部18位"
        case .organisationCheck(let expected, let found):
            "第17位（主体标识码校验码）为“\(found)”，按第9至16位应为“\(expected)”，请核对第9至17位"
        }
    }

    package var messageEN: String {
        switch self {
        case .length(let count):
            "a unified social credit code has 18 characters, this has \(count); "
                + "complete it or take out what is too much"
        case .legacyRegistrationNumber:
            "this is a 15-digit registration number of old; "
                + "give the 18-character code of the business licence"
        case .blank(let position):
            "position \(position) is a blank; take it out"
        case .lowerCase(let position, let character):
            "position \(position) is the lower-case “\(character)”; write “\(character.uppercased())”"
        case .fullWidth(let position, let character):
            "position \(position) is the full-width “\(character)”; write “\(character.halfWidth)”"
        case .letter(let position, let character):
            "position \(position), “\(character.quotable)”, is none of the code's characters "
                + "(I, O, S, V and Z are not used); " + remedyEN(for: character)
        case .region(let position, let character):
            "position \(position), “\(character)”, must be a digit (3 to 8 are the registering region); "
                + "compare with the licence"
        case .check(let expected, let found):
            "the check character, position 18, is “\(found)” but the first 17 give "
                + "“\(expected)”; compare all 18"
        case .organisationCheck(let expected, let found):
            "position 17, the organisation code's check character, is “\(found)” but positions 9 to 16 give "
                + "“\(expected)”; compare positions 9 to 17"
        }
    }

    /// The characters that are left out are left out because they are mistaken for a digit.
    private static let mistakenFor: [Character: Character] = ["I": "1", "O": "0", "S": "5", "Z": "2"]

    private func remedyZH(for character: Character) -> String {
        Self.mistakenFor[character].map { "是否为数字“\($0)”？" } ?? "请核对"
    }

    private func remedyEN(for character: Character) -> String {
        Self.mistakenFor[character].map { "is it the digit “\($0)”?" } ?? "compare with the licence"
    }
}
