import Testing
import Wire

/// Numbers, enums, lists, maps and choices, over messages that have each kind of field.
@Suite("JSON mapping: kinds of fields")
struct JSONFieldKindTests {
    @Test(
        "numbers are read in every form that means them, and written in one",
        arguments: [
            (#"{"fDouble":"NaN"}"#, #"{"fDouble":"NaN"}"#),
            (
                #"{"fDouble":"-Infinity","fFloat":"Infinity"}"#,
                #"{"fDouble":"-Infinity","fFloat":"Infinity"}"#
            ),
            (#"{"fDouble":"1.5e1","fFloat":-2}"#, #"{"fDouble":15.0,"fFloat":-2.0}"#),
            (#"{"fFloat":3.4028235e38,"fDouble":5e-324}"#, #"{"fDouble":5e-324,"fFloat":3.4028235e+38}"#),
            (#"{"fInt32":1e2,"fInt64":-1.20e3}"#, #"{"fInt32":100,"fInt64":"-1200"}"#),
            (#"{"fSint32":"-2147483648","fFixed64":1e0}"#, #"{"fSint32":-2147483648,"fFixed64":"1"}"#),
            (#"{"fUint64":18446744073709551615}"#, #"{"fUint64":"18446744073709551615"}"#),
            (#"{"fInt32":-0,"fInt64":"-0","fUint32":0.0}"#, "{}"),
            (#"{"f_bytes":"-_8"}"#, #"{"fBytes":"+/8="}"#),
            (#"{"fString":"\ud83c\udfc6\u0001/"}"#, #"{"fString":"🏆\u0001/"}"#),
            (#"{"colour":"COLOUR_BELOW"}"#, #"{"colour":"COLOUR_BELOW"}"#),
            (#"{"colour":2147483647}"#, #"{"colour":"COLOUR_FAR"}"#),
            (#"{"colour":77}"#, #"{"colour":77}"#),
            (#"{"colour":-77,"fBool":null,"fString":null}"#, #"{"colour":-77}"#),
        ])
    func scalars(_ json: String, _ expected: String) throws {
        #expect(try TestMessages.again(json, TestMessages.scalars) == expected)
    }

    @Test("negative zero is kept in a list and a choice; a singular field takes it as its default")
    func negativeZero() throws {
        #expect(
            try TestMessages.again(#"{"floats":[-0,0]}"#, TestMessages.lists) == #"{"floats":[-0.0,0.0]}"#)
        #expect(try TestMessages.again(#"{"fDouble":-0.0}"#, TestMessages.choices) == #"{"fDouble":-0.0}"#)
        #expect(try TestMessages.again(#"{"fDouble":-0.0}"#, TestMessages.scalars) == "{}")
    }

    @Test(
        "values that do not fit are refused with their place",
        arguments: [
            (
                #"{"fInt32":2147483648}"#,
                "1:11: fInt32: expected a 32-bit integer, found the number 2147483648"
            ),
            (#"{"fInt64":0.5}"#, "1:11: fInt64: expected a 64-bit integer, found the number 0.5"),
            (
                #"{"fInt64":"9223372036854775808"}"#,
                #"1:11: fInt64: expected a 64-bit integer, found "9223372036854775808""#
            ),
            (#"{"fUint64":-1}"#, "1:12: fUint64: expected a 64-bit integer, 0 or more, found the number -1"),
            (#"{"fFloat":3.5e38}"#, "1:11: fFloat: expected a number, found the number 3.5e38"),
            (#"{"fDouble":1e309}"#, "1:12: fDouble: expected a number, found the number 1e309"),
            (#"{"fDouble":"nan"}"#, #"1:12: fDouble: expected a number, found "nan""#),
            (#"{"fDouble":"0x1p3"}"#, #"1:12: fDouble: expected a number, found "0x1p3""#),
            (#"{"fDouble":""}"#, #"1:12: fDouble: expected a number, found """#),
            (#"{"fBool":"true"}"#, "1:10: fBool: expected true or false, found text"),
            (#"{"fBool":1}"#, "1:10: fBool: expected true or false, found the number 1"),
            (
                #"{"colour":1.5}"#,
                "1:11: colour: expected one of COLOUR_BELOW, COLOUR_UNSPECIFIED, COLOUR_RED, COLOUR_FAR, "
                    + "found the number 1.5"
            ),
            (#"{"colour":null,"colour":1}"#, #"1:16: the name "colour" occurs twice in this object"#),
        ])
    func refusedScalars(_ json: String, _ expected: String) {
        #expect { try TestMessages.again(json, TestMessages.scalars) } throws: { "\($0)" == expected }
    }

    @Test("lists are taken as lists; null is one without elements, and no element")
    func lists() throws {
        let text =
            #"{"doubles":[1.5],"bools":[true,false],"byteStrings":["","AA=="],"colours":["COLOUR_RED",9],"#
            + #""scalars":[{},{"fInt32":1}],"boxed":["0","7"],"nulls":[null]}"#
        #expect(try TestMessages.again(text, TestMessages.lists) == text)
        #expect(try TestMessages.again(#"{"doubles":null,"values":null}"#, TestMessages.lists) == "{}")
        for json in [
            #"{"doubles":[null]}"#, #"{"scalars":[null]}"#, #"{"boxed":[null]}"#, #"{"strings":"a"}"#,
        ] {
            #expect(throws: JSONMappingError.self, "\(json)") {
                try TestMessages.again(json, TestMessages.lists)
            }
        }
    }

    @Test("one member of a choice is kept even at its default; two are refused")
    func choices() throws {
        for text in [
            #"{"fDouble":0.0}"#, #"{"fInt32":0}"#, #"{"fUint64":"0"}"#, #"{"fBool":false}"#,
            #"{"fString":""}"#,
            #"{"fBytes":""}"#, #"{"colour":"COLOUR_UNSPECIFIED"}"#, #"{"scalars":{}}"#, #"{"empty":{}}"#,
            #"{"fNull":null}"#, #"{"fValue":null}"#, #"{"boxed":false}"#,
        ] {
            #expect(try TestMessages.again(text, TestMessages.choices) == text)
        }
        #expect(try TestMessages.again(#"{"fString":null,"boxed":null}"#, TestMessages.choices) == "{}")
        #expect { try TestMessages.again(#"{"fInt32":0,"fBool":false}"#, TestMessages.choices) } throws: {
            "\($0)" == "1:13: fBool: another member of the same choice is given already"
        }
    }

    @Test("defaults are written when they are asked for, but for messages and members of a choice")
    func defaults() throws {
        var options = TestMessages.options
        options.emitsDefaults = true
        #expect(
            try TestMessages.again("{}", TestMessages.scalars, options: options)
                == #"{"fDouble":0.0,"fFloat":0.0,"fInt32":0,"fInt64":"0","fUint32":0,"fUint64":"0","#
                + #""fSint32":0,"fSint64":"0","fFixed32":0,"fFixed64":"0","fSfixed32":0,"fSfixed64":"0","#
                + #""fBool":false,"fString":"","fBytes":"","colour":"COLOUR_UNSPECIFIED"}"#)
        #expect(try TestMessages.again("{}", TestMessages.choices, options: options) == "{}")
        #expect(try TestMessages.again("{}", TestMessages.wellKnown, options: options) == #"{"fNull":null}"#)
        #expect(
            try TestMessages.again("{}", TestMessages.kinds, options: options)
                == #"{"labels":[],"inners":[],"named":{}}"#)
    }

    @Test("unknown fields are stepped over when the caller says so; unknown names of an enum are not")
    func unknownFields() throws {
        var options = TestMessages.options
        options.ignoresUnknownFields = true
        let json = #"{"x":[{"y":1}],"scalars":{"z":null,"fInt32":1}}"#
        #expect(
            try TestMessages.again(json, TestMessages.kinds, options: options) == #"{"scalars":{"fInt32":1}}"#
        )
        #expect(throws: JSONMappingError.self) { try TestMessages.again(json, TestMessages.kinds) }
        #expect(throws: JSONMappingError.self) {
            try TestMessages.again(#"{"colour":"COLOUR_X"}"#, TestMessages.scalars, options: options)
        }
    }

    @Test("messages are read and written 64 levels deep, also in lists and maps")
    func depth() throws {
        func nested(_ count: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: count) + "{}" + String(repeating: close, count: count)
        }
        for (open, close, perLevel) in [
            (#"{"inner":"#, "}", 1), (#"{"inners":["#, "]}", 1), (#"{"named":{"a":"#, "}}", 2),
        ] {
            let deepest = nested(63 / perLevel, open, close)
            #expect(try TestMessages.again(deepest, TestMessages.kinds) == deepest)
            #expect {
                try TestMessages.again(nested(64 / perLevel, open, close), TestMessages.kinds)
            } throws: {
                "\($0)".contains("nested deeper than")
            }
        }
    }

    @Test("a document of many empty messages does not take memory without bound")
    func memory() {
        let json = #"{"scalars":["# + Array(repeating: "{}", count: 200_000).joined(separator: ",") + "]}"
        #expect { try TestMessages.again(json, TestMessages.lists) } throws: {
            "\($0)".hasSuffix("takes more memory than a document of this size deserves")
        }
    }
}
