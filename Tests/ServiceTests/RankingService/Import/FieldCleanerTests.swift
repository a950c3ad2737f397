import Testing

@testable import RankingService

@Suite("Cleaning of fields")
struct FieldCleanerTests {
    private func cleaned(_ raw: String, entities: Bool = true) -> FieldCleaner.Text? {
        let bytes = Array(("<" + raw + ">").utf8)
        return FieldCleaner(decodesEntities: entities).text(bytes, 1..<(bytes.count - 1))
    }

    @Test(
        "what cannot be seen goes, blanks become spaces, entities characters",
        arguments: [
            ("\u{FEFF}A-1\u{200B}", "A-1"), ("a\u{A0}b\u{2002}c\u{3000}d", "a b c d"), ("  a b \t", "a b"),
            ("one\r\ntwo\nthree\rfour", "one two three four"),
            ("CERAM&reg; &amp; Co&#174;&#xAE;", "CERAM® & Co®®"),
            ("5&nbsp;m&sup2; &deg;C &trade;", "5 m² °C ™"), ("&amp;reg;", "&reg;"),
            ("R&H, A&B;, &bogus; &#0; &#xD800; &", "R&H, A&B;, &bogus; &#0; &#xD800; &"), ("\u{FEFF}", ""),
            ("照明\u{3000}电器", "照明 电器"), ("", ""),
        ])
    func texts(raw: String, clean: String) {
        #expect(cleaned(raw) == FieldCleaner.Text(text: clean, isMended: raw != clean))
    }

    @Test("entities stay when the profile does not ask for them")
    func entitiesOff() {
        #expect(cleaned("A &amp; B", entities: false)?.text == "A &amp; B")
    }

    @Test("bytes that are not UTF-8 are no text")
    func invalid() {
        let bytes: [UInt8] = [0x41, 0xC5, 0xE6]
        #expect(FieldCleaner(decodesEntities: true).text(bytes, 0..<3) == nil)
        #expect(FieldCleaner(decodesEntities: true).text(bytes, 0..<1)?.text == "A")
    }

    @Test("every named entity of Latin-1 stands for its own code point")
    func latin1() {
        #expect(HTMLEntity.decode("&nbsp;&yuml;&times;&szlig;") == "\u{A0}\u{FF}\u{D7}\u{DF}")
    }
}
