import Testing
import Wire

@Suite("JSON: reading")
struct JSONReaderTests {
    private func value(_ text: String) throws(JSONError) -> JSONValue { try JSONReader.read(text).value }

    @Test("values of every kind are read as written")
    func kinds() throws {
        #expect(try value(" null ") == .null)
        #expect(try value("true") == .bool(true))
        #expect(try value("false") == .bool(false))
        #expect(try value("[]") == .array([]))
        #expect(try value("{}") == .object([]))
        #expect(try value(#""a\"\\\/\b\f\n\r\t\u00e9\ud83c\udfc6领""#) == .text("a\"\\/\u{8}\u{C}\n\r\té🏆领"))
    }

    @Test(
        "numbers keep their text",
        arguments: ["0", "-0", "1.50", "1e400", "-12.5E-3", "12345678901234567890123"])
    func numbers(_ text: String) throws {
        #expect(try value(text) == .number(text))
    }

    @Test("members keep their order and their place")
    func members() throws {
        let node = try JSONReader.read(#"{"b": 1, "a": [true, null]}"#)
        guard case .object(let members) = node.value else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.name) == ["b", "a"])
        #expect(members.map(\.nameOffset) == [1, 9])
        #expect(node["b"] == JSONNode(.number("1"), offset: 6))
        #expect(node["c"] == nil)
    }

    @Test(
        "what the grammar does not know is refused with line, column and expectation",
        arguments: [
            ("", "1:1: expected a value, found the end"),
            ("  ", "1:3: expected a value, found the end"),
            ("{", "1:2: expected a name in quotes, found the end"),
            ("{]", "1:2: expected a name in quotes, found ']'"),
            ("{\"a\" 1}", "1:6: expected ':' after the name, found '1'"),
            ("{\"a\":1,}", "1:8: expected a name in quotes, found '}'"),
            ("{\n  \"a\": 1\n  \"b\": 2}", "3:3: expected ',' or '}', found '\"'"),
            ("{\"领\":1, \"领\":2}", "1:9: the name \"领\" occurs twice in this object"),
            ("[1,]", "1:4: expected a value, found ']'"),
            ("[1 2]", "1:4: expected ',' or ']', found '2'"),
            ("[1", "1:3: expected ',' or ']', found the end"),
            ("1 2", "1:3: expected the end after the value, found '2'"),
            ("01", "1:1: a number does not begin with 0"),
            ("-", "1:2: expected a digit, found the end"),
            ("1.", "1:3: expected a digit, found the end"),
            (".5", "1:1: expected a value, found '.'"),
            ("+1", "1:1: expected a value, found '+'"),
            ("1e", "1:3: expected a digit, found the end"),
            ("1e+-2", "1:4: expected a digit, found '-'"),
            ("NaN", "1:1: expected a value, found 'N'"),
            ("nul", "1:1: expected a value, found 'n'"),
            ("'a'", "1:1: expected a value, found '''"),
            ("\"a", "1:1: the text is not closed by a quotation mark"),
            ("\"a\nb\"", "1:3: a control character in text must be written as an escape"),
            ("\"\\x\"", "1:2: no such escape in text"),
            ("\"\\u12g4\"", "1:2: expected four hexadecimal digits after \\u"),
            ("\"\\u12", "1:2: expected four hexadecimal digits after \\u"),
            ("\"\\ud83c\"", "1:2: half of a surrogate pair"),
            ("\"\\ud83c\\u0041\"", "1:2: half of a surrogate pair"),
            ("\"\\udfc6\"", "1:2: half of a surrogate pair"),
            ("// note\n1", "1:1: expected a value, found '/'"),
            ("[\u{1}]", "1:2: expected a value, found a control character"),
        ])
    func refused(_ text: String, _ expected: String) {
        #expect { try JSONReader.read(text) } throws: { "\($0)" == expected }
    }

    @Test("text that is not UTF-8 is refused")
    func invalidUTF8() {
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }

    @Test("a byte order mark in front is skipped")
    func byteOrderMark() throws {
        #expect(try value("\u{FEFF}[]") == .array([]))
    }

    @Test("64 levels are read, 65 refused, a hundred thousand refused just so")
    func depth() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        _ = try JSONReader.read(nested(64))
        #expect(throws: JSONError.self) { try JSONReader.read(nested(65)) }
        #expect(throws: JSONError.self) { try JSONReader.read(nested(100_000)) }
        #expect(throws: JSONError.self) { try JSONReader.read(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test("a document above the caller's bound is refused")
    func size() throws {
        _ = try JSONReader.read("[1,2]", byteCountMax: 5)
        #expect(throws: JSONError.self) { try JSONReader.read("[1,2]", byteCountMax: 4) }
    }
}

@Suite("JSON: writing")
struct JSONWriterTests {
    private func write(pretty: Bool) -> String {
        var writer = JSONWriter(pretty: pretty)
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.number(1)
        writer.text("x\"\\\n\u{1}领")
        writer.null()
        writer.endArray()
        writer.name("b")
        writer.beginObject()
        writer.endObject()
        writer.name("c")
        writer.bool(false)
        writer.endObject()
        return writer.text
    }

    @Test("compact text has no blanks")
    func compact() {
        #expect(write(pretty: false) == #"{"a":[1,"x\"\\\n\u0001领",null],"b":{},"c":false}"#)
    }

    @Test("pretty text has one value a line, and reads as the same")
    func pretty() throws {
        #expect(
            write(pretty: true)
                == "{\n  \"a\": [\n    1,\n    \"x\\\"\\\\\\n\\u0001领\",\n    null\n  ],\n"
                + "  \"b\": {},\n  \"c\": false\n}"
        )
        #expect(try JSONReader.read(write(pretty: true))["c"]?.value == .bool(false))
    }
}

@Suite("Base64")
struct Base64Tests {
    @Test(
        "the vectors of RFC 4648 hold both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        #expect(Base64.decode(String(encoded.prefix { $0 != "=" })) == Array(plain.utf8))
    }

    @Test("both alphabets are read")
    func alphabets() {
        #expect(Base64.decode("+/+/") == [0xFB, 0xFF, 0xBF])
        #expect(Base64.decode("-_-_") == [0xFB, 0xFF, 0xBF])
    }

    @Test(
        "what no encoder writes is refused",
        arguments: ["Z", "Zg=", "Zh==", "Z===", "Zm9=", "Zg==Zg==", "Z g=", "Zg\n", "领"])
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
