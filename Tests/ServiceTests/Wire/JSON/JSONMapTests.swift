import Foundation
import Testing
import Wire

@Suite("JSON mapping: maps and names")
struct JSONMapTests {
    @Test("maps are objects, keys are text, values have the form of their kind")
    func form() throws {
        let text =
            #"{"byInt32":{"-1":"2","0":"0"},"byUint32":{"4294967295":1.5},"#
            + #""byUint64":{"18446744073709551615":"AA=="},"#
            + #""bySint64":{"-9223372036854775808":"COLOUR_RED"},"byBool":{"true":"a","false":""},"#
            + #""byString":{"":"x","é":"1","e\#u{301}":"2"},"messages":{"a":{"fInt32":1},"b":{}},"#
            + #""values":{"n":null,"o":{"p":[1.0]}},"durations":{"d":"-1.500s"},"boxed":{"":""}}"#
        #expect(try TestMessages.again(text, TestMessages.maps) == text)
        #expect(try TestMessages.again(#"{"byInt32":{},"values":null}"#, TestMessages.maps) == "{}")
    }

    @Test("a list of messages that only look like entries stays a list")
    func falseFriend() throws {
        let text = #"{"labels":[{"key":"a","value":"b"},{"key":"a"}]}"#
        #expect(try TestMessages.again(text, TestMessages.kinds) == text)
    }

    @Test(
        "keys given twice, keys of another kind and values that are not there are refused with their place",
        arguments: [
            (#"{"byString":{"a":"1","a":"2"}}"#, #"1:22: the name "a" occurs twice in this object"#),
            (#"{"byInt32":{"1":2,"01":3}}"#, #"1:19: byInt32["01"]: the key 1 occurs twice in this map"#),
            (#"{"byInt32":{"1":2,"1e0":3}}"#, #"1:19: byInt32["1e0"]: the key 1 occurs twice in this map"#),
            (
                #"{"byUint64":{"-1":""}}"#,
                #"1:14: byUint64["-1"]: expected a 64-bit integer, 0 or more, found "-1""#
            ),
            (
                #"{"byBool":{"True":""}}"#,
                #"1:12: byBool["True"]: expected true or false as the key, in quotes"#
            ),
            (#"{"byString":{"a":null}}"#, #"1:18: byString["a"]: expected text, found null"#),
            (
                #"{"messages":{"a":null}}"#,
                #"1:18: messages["a"]: expected an object (forerunner.test.Scalars), found null"#
            ),
            (
                #"{"messages":{"a":{"fInt32":"x"}}}"#,
                #"1:28: messages["a"].fInt32: expected a 32-bit integer, found "x""#
            ),
            (#"{"byString":[]}"#, "1:13: byString: expected an object (a map), found a list"),
            (#"{"byString":{"a\u0000":""}}"#, "1:14: byString[\"a\u{0}\"]: text with U+0000 in it"),
        ])
    func refused(_ json: String, _ expected: String) {
        #expect { try TestMessages.again(json, TestMessages.maps) } throws: { "\($0)" == expected }
    }

    @Test("of entries with the same key in the bytes the last counts, and lacking parts are defaults")
    func bytes() throws {
        func entry(_ bytes: [UInt8]) -> [UInt8] { WireBytes.field(1, bytes: bytes) }
        let bytes = entry([8, 5, 16, 1]) + entry([]) + entry([8, 5, 16, 2]) + WireBytes.field(13, bytes: [])
        #expect(
            try JSONMapping.encode(serialized: bytes, descriptor: TestMessages.maps)
                == #"{"byInt32":{"5":"2","0":"0"},"messages":{"":{}}}"#)
    }

    @Test("names that are not plain lowerCamelCase are read in both spellings")
    func names() throws {
        let text =
            #"{"renamed":"a","CapitalFirst":"b","trailing":"c","digit1after":"d","withTwo":"e","#
            + #""alreadyCamel":"f"}"#
        let protoNames =
            #"{"renamed":"a","CapitalFirst":"b","trailing_":"c","digit_1after":"d","with__two":"e","#
            + #""alreadyCamel":"f"}"#
        #expect(try TestMessages.again(text, TestMessages.names) == text)
        #expect(try TestMessages.again(protoNames, TestMessages.names) == text)
    }

    /// A FileDescriptorSet with package p, message M, and a field some_name called "@x" in JSON, in M and in
    /// M.N.
    private var namedSet: [UInt8] {
        func text(_ number: UInt64, _ text: String) -> [UInt8] {
            WireBytes.field(number, bytes: Array(text.utf8))
        }
        let field =
            text(1, "renamed") + WireBytes.field(3, varint: 1) + text(10, "@x")
        let nested = text(1, "Names") + WireBytes.field(2, bytes: field)
        let file = text(1, "a.proto") + text(2, "forerunner.test") + WireBytes.field(4, bytes: nested)
        return WireBytes.field(1, bytes: file)
    }

    @Test("a field's own name in JSON takes the place of the lowerCamelCase one")
    func jsonName() throws {
        let options = JSONOptions(names: try JSONNames(fileDescriptorSet: namedSet))
        for json in [#"{"@x":"a"}"#, #"{"renamed":"a"}"#] {
            #expect(try TestMessages.again(json, TestMessages.names, options: options) == #"{"@x":"a"}"#)
        }
        #expect { try TestMessages.again(#"{"@xx":"a"}"#, TestMessages.names, options: options) } throws: {
            "\($0)" == #"1:2: @xx: unknown field; is "@x" meant?"#
        }
    }
}
