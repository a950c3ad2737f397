import Testing
import Transparency

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    private func read(_ text: String) throws -> CanonicalJSON { try CanonicalJSON(Array(text.utf8)) }

    private func written(_ value: CanonicalJSON) -> String { String(decoding: value.encoded, as: UTF8.self) }

    @Test("members stand in the order of their UTF-16 code units")
    func membersStandInTheOrderOfTheirCodeUnits() throws {
        // RFC 8785, 3.2.3: by UTF-16, where the emoji's surrogates come before the Hebrew letter.
        let text = """
            {"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}
            """
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"\u{1F600}\":5,\"\u{FB33}\":3}"
        #expect(written(try read(text)) == expected)
    }

    @Test("only what must be is escaped")
    func onlyWhatMustBeIsEscaped() throws {
        let value = CanonicalJSON.text("\u{20AC}$\u{0F}\u{0A}A'B\"\\\u{08}\u{09}\u{0C}\u{0D}/\u{7F}")
        #expect(written(value) == #""€$\u000f\nA'B\"\\\b\t\f\r/"# + "\u{7F}\"")
        #expect(try CanonicalJSON(value.encoded) == value)
    }

    @Test("what is written is read again")
    func whatIsWrittenIsReadAgain() throws {
        let value = CanonicalJSON.object([
            "空": .list([.truth(true), .truth(false), .count(7), .text("")]), "o": .object([:]),
            "l": .list([]),
        ])
        #expect(try CanonicalJSON(value.encoded) == value)
    }

    @Test(
        "whole numbers that every reader holds pass",
        arguments: ["0", "-1", "9007199254740991", "-9007199254740991"])
    func wholeNumbersPass(_ text: String) throws {
        #expect(written(try read(text)) == text)
    }

    @Test(
        "other texts are refused",
        arguments: [
            "", " ", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":1}x", "tru", "null",
            "nul",
            "01", "-0", "-", "1.0", "1e3", "9007199254740992", "-9007199254740992", "99999999999999999999",
            "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"",
            "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\u{e9}\":1,\"z\":2,\"e\u{301}\":3}",
        ])
    func otherTextsAreRefusedWithThePlace(_ text: String) {
        #expect(throws: JSONFlaw.self) { try read(text) }
    }

    @Test("bytes that are no text are refused")
    func bytesThatAreNoTextAreRefused() {
        #expect(throws: JSONFlaw.self) { try CanonicalJSON([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONFlaw.self) { try CanonicalJSON([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test("depth is bounded")
    func depthIsBounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try read(nested(16)) }
        #expect(throws: JSONFlaw.self) { try read(nested(17)) }
        #expect(throws: JSONFlaw.self) { try read(nested(100_000)) }
    }

    @Test("an entry that would be too large names its facts by their digest")
    func anEntryThatWouldBeTooLargeNamesItsFactsByDigest() throws {
        let number = try #require(SafeInteger(1))
        func act(_ byteCount: Int) -> PublicAct {
            PublicAct(
                service: "ranking", act: "a", subject: "s/1", position: number, moment: number, edition: "e",
                facts: ["text": .text(String(repeating: "x", count: byteCount))])
        }
        let small = try CanonicalJSON(act(65_000).entry)
        #expect(small["facts"]?["text"]?.asText?.utf8.count == 65_000)
        let large = act(66_000).entry
        #expect(large.count <= EntryBundle.entryByteCountMax)
        let read = try CanonicalJSON(large)
        #expect(read["facts"] == nil)
        #expect(read["facts_sha256"]?.asText?.utf8.count == 64)
        #expect(PublicAct.position(in: large) == 1)
    }
}
