import Regulation
import Testing

@Suite("Unified social credit codes")
struct CreditCodeTests {
    static let real = [
        "91440400192548256N", "91440606722473344C", "91370200264574251E", "91510700205412308D",
        "91440300192317458F", "91440300708461136T", "91330100799655058B", "91100000100003962T",
        "911100001000044477", "9144030010001686XA", "91310000132260250X", "9111000071093123XX",
        "914403001922038216", "9144030027939873X7", "911100001011016602", "912201011239989159",
        "91350900587527783P", "91330000725252053F", "913300007046976861", "914403007084678371",
        "91330105MACPN4X08Y", "91310115MA1H9YGWXX", "12100000400000624D", "12100000400002259P",
    ]

    @Test(
        "codes of known enterprises are accepted, also of the national registry and with a check of 0",
        arguments: real + ["91370200MA00100020", "91370200MA00105470"])
    func accepts(text: String) throws {
        let code = try CreditCode(text)
        #expect(code.text == text)
        #expect(code.description == text)
        #expect(code.regionDigits == String(text.dropFirst(2).prefix(6)))
        #expect(CreditCode.checkCharacter(of: text.dropLast()) == text.last)
        let body = text.dropFirst(8)
        #expect(CreditCode.organisationCheckCharacter(of: body.prefix(8)) == body.dropFirst(8).first)
    }

    @Test(
        "wrong codes that circulate are refused by their check character",
        arguments: [
            ("91440300192203821Y", "6"), ("91110000710925032P", "4"), ("91110000710920838N", nil),
            ("91520000714304481T", nil), ("91440300192189148B", nil),
        ] as [(String, Character?)])
    func refusesCheck(text: String, expected: Character?) throws {
        let flaw = try #require(throws: CreditCodeFlaw.self) { try CreditCode(text) }
        #expect(flaw.code == "CHECK")
        if let expected, let found = text.last {
            #expect(flaw == .check(expected: expected, found: found))
            #expect(flaw.messageEN.contains("“\(expected)”"))
        }
    }

    @Test(
        "each flaw names its place",
        arguments: [
            ("", .length(0)), ("9144040019254825N", .length(17)), ("91440400192548256NN", .length(19)),
            ("440301103097413", .legacyRegistrationNumber),
            ("91440400192548256n", .lowerCase(position: 18, "n")),
            ("９1440400192548256N", .fullWidth(position: 1, "９")),
            ("91440400192548256Ｎ", .fullWidth(position: 18, "Ｎ")),
            (" 91440400192548256N", .blank(position: 1)), ("91440400192548256N ", .blank(position: 19)),
            ("914404 00192548256N", .blank(position: 7)), ("9144\u{3000}0400192548256N", .blank(position: 5)),
            ("\u{FEFF}91440400192548256N", .blank(position: 1)),
            ("9144O400192548256N", .letter(position: 5, "O")),
            ("9I440400192548256N", .letter(position: 2, "I")),
            ("91440400192548256-", .letter(position: 18, "-")),
            ("91440400192548256\u{7}", .letter(position: 18, "\u{7}")),
            ("91A40400192548256N", .region(position: 3, "A")),
        ] as [(String, CreditCodeFlaw)])
    func flaws(text: String, expected: CreditCodeFlaw) {
        #expect(throws: expected) { try CreditCode(text) }
    }

    @Test("a code with the right last character and a wrong organisation code is refused for the latter")
    func organisationCheck() throws {
        let first17 = "91440400192548255"
        let last = try #require(CreditCode.checkCharacter(of: first17))
        #expect(throws: CreditCodeFlaw.organisationCheck(expected: "6", found: "5")) {
            try CreditCode(first17 + String(last))
        }
    }

    @Test(
        "letters in the first two places are codes of other registries",
        arguments: ["A1", "A9", "N1", "N2", "N3", "N9", "Y1", "51", "52", "92", "93"])
    func letters(prefix: String) throws {
        let first17 = prefix + "100000" + "192548256"
        let last = try #require(CreditCode.checkCharacter(of: first17))
        #expect(try CreditCode(first17 + String(last)).text.hasPrefix(prefix))
    }

    @Test(
        "every substitution of one character and every swap of neighbours is caught",
        arguments: real.prefix(5))
    func misprints(text: String) {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let characters = Array(text)
        var tried = 0
        for position in characters.indices {
            for other in alphabet where other != characters[position] {
                var misprint = characters
                misprint[position] = other
                tried += 1
                #expect(throws: CreditCodeFlaw.self) { try CreditCode(String(misprint)) }
            }
            guard position > 0, characters[position] != characters[position - 1] else { continue }
            var swapped = characters
            swapped.swapAt(position, position - 1)
            #expect(throws: CreditCodeFlaw.self) { try CreditCode(String(swapped)) }
        }
        #expect(tried == 18 * 30)
    }

    @Test("codes are ordered as their texts are")
    func order() throws {
        let codes = try Self.real.map { try CreditCode($0) }.sorted()
        #expect(codes.map(\.text) == Self.real.sorted())
    }

    @Test("messages in both languages name the position and the remedy")
    func messages() {
        let flaw = CreditCodeFlaw.fullWidth(position: 18, "ｎ")
        #expect(flaw.messageZH == "第18位“ｎ”是全角字符，请改为半角“N”")
        #expect(flaw.messageEN == "position 18 is the full-width “ｎ”; write “N”")
        #expect(CreditCodeFlaw.letter(position: 5, "O").messageEN.hasSuffix("is it the digit “0”?"))
        #expect(CreditCodeFlaw.letter(position: 5, "\u{1B}").messageEN.contains("U+001B"))
        #expect(!CreditCodeFlaw.letter(position: 5, "\u{1B}").messageZH.contains("\u{1B}"))
    }

    @Test("a made-up code is valid, of its region, and the same for the same seed")
    func synthesised() throws {
        var seen: Set<CreditCode> = []
        for number in 0..<2000 {
            let seed = Array("enterprise \(number)".utf8)
            let code = CreditCode.synthesised(region: "330105", seed: seed)
            #expect(try CreditCode(code.text) == code)
            #expect(code.text.hasPrefix("91330105"))
            #expect(code == CreditCode.synthesised(region: "330105", seed: seed))
            seen.insert(code)
        }
        #expect(seen.count == 2000)
        #expect(CreditCode.synthesised(region: "44x", seed: []).regionDigits == "440000")
    }

    /// Records name these codes, so their making may not change.
    @Test("made-up codes stay what they were")
    func synthesisedStays() {
        #expect(CreditCode.synthesised(region: "110000", seed: []).text == "911100005ME1B85A9D")
    }
}
