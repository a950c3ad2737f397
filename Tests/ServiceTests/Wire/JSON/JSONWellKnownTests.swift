import Contracts
import Testing
import Wire

/// The types of google.protobuf in their own forms.
@Suite("JSON mapping: well-known types")
struct JSONWellKnownTests {
    @Test(
        "a timestamp is RFC 3339 in UTC, from the year 1 to the year 9999",
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2025-06-03T08:05:09.5Z", "2025-06-03T08:05:09.500Z"),
            ("2025-06-03T08:05:09.000001Z", "2025-06-03T08:05:09.000001Z"),
            ("2025-06-03T08:05:09.000000001Z", "2025-06-03T08:05:09.000000001Z"),
            ("2025-06-03T08:05:09.123456000Z", "2025-06-03T08:05:09.123456Z"),
            ("2025-06-03T00:05:09+08:00", "2025-06-02T16:05:09Z"),
            ("2025-06-03T23:59:59-00:01", "2025-06-04T00:00:59Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z"),
            ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
            ("1900-02-28T23:59:59+23:59", "1900-02-28T00:00:59Z"),
        ])
    func timestamps(_ text: String, _ expected: String) throws {
        #expect(try TestMessages.again("\"\(text)\"", TestMessages.timestamp) == "\"\(expected)\"")
    }

    @Test(
        "no other text is a timestamp",
        arguments: [
            "", "2025-06-03", "2025-06-03T08:05:09", "2025-06-03t08:05:09Z", "2025-06-03T08:05:09z",
            "2025-06-03 08:05:09Z", "2025-6-3T08:05:09Z", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
            "2025-04-31T00:00:00Z", "2025-00-01T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-00T00:00:00Z",
            "2025-06-03T24:00:00Z", "2025-06-03T08:60:00Z", "2016-12-31T23:59:60Z",
            "2025-06-03T08:05:09.Z", "2025-06-03T08:05:09.1234567890Z", "2025-06-03T08:05:09+0800",
            "2025-06-03T08:05:09+24:00", "2025-06-03T08:05:09ZZ", "0000-12-31T23:59:59Z",
            "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z",
            "-001-01-01T00:00:00Z", "2025-06-03T08:05:0９Z",
        ])
    func refusedTimestamps(_ text: String) {
        #expect { try TestMessages.again(#"{"timestamp":"\#(text)"}"#, TestMessages.wellKnown) } throws: {
            "\($0)".hasPrefix("1:14: timestamp: expected a moment as in")
        }
    }

    @Test("every day of 400 years goes out as the calendar has it, and comes back")
    func everyDay() throws {
        var day: Int64 = -25_567
        for year in 1900..<2300 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, count) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated()
            {
                for date in 1...count {
                    let number = { ($0 < 10 ? "0" : "") + String($0) }
                    let text = "\"\(year)-\(number(month + 1))-\(number(date))T00:00:00Z\""
                    let bytes = try JSONMapping.decode(json: text, descriptor: TestMessages.timestamp)
                    try #require(bytes == timestamp(seconds: day * 86_400), "\(text)")
                    try #require(try TestMessages.again(text, TestMessages.timestamp) == text)
                    day += 1
                }
            }
        }
    }

    private func timestamp(seconds: Int64) -> [UInt8] {
        seconds == 0 ? [] : WireBytes.field(1, varint: UInt64(bitPattern: seconds))
    }

    @Test(
        "a duration is seconds with 0, 3, 6 or 9 digits, ten thousand years either way",
        arguments: [
            ("0s", "0s"), ("1.5s", "1.500s"), ("-0.5s", "-0.500s"), ("-1.000000001s", "-1.000000001s"),
            ("007s", "7s"), ("315576000000s", "315576000000s"),
            (
                "-315576000000.999999999s",
                "-315576000000.999999999s"
            ), ("0.000010s", "0.000010s"), ("-0s", "0s"),
        ])
    func durations(_ text: String, _ expected: String) throws {
        #expect(try TestMessages.again("\"\(text)\"", TestMessages.duration) == "\"\(expected)\"")
    }

    @Test(
        "no other text is a duration",
        arguments: [
            "", "s", "1", "1.s", ".5s", "+1s", "--1s", "1.5 s", "1.1234567890s", "315576000001s", "1e3s",
            "1m",
            "99999999999999999999s", "1,5s",
        ])
    func refusedDurations(_ text: String) {
        #expect(throws: JSONMappingError.self) {
            try TestMessages.again("\"\(text)\"", TestMessages.duration)
        }
    }

    @Test("values out of their range are refused on the way out, with the path")
    func refusedBytes() {
        let nanos = WireBytes.field(2, varint: 1_000_000_000)
        let mixed = WireBytes.field(1, varint: 1) + WireBytes.field(2, varint: UInt64(bitPattern: -1))
        let rows: [(UInt64, [UInt8], String)] = [
            (1, timestamp(seconds: 253_402_300_800), "timestamp: no moment of the years 1 to 9999: "),
            (1, nanos, "timestamp: no moment"), (2, nanos, "duration: no duration within"),
            (2, mixed, "duration: no duration within"),
            (3, WireBytes.field(1, bytes: Array("aB".utf8)), "fieldMask: a path that lowerCamelCase"),
            (3, WireBytes.field(1, bytes: Array("a,b".utf8)), "fieldMask: a path"),
            (3, WireBytes.field(1, bytes: []), "fieldMask: a path"),
            (
                5, [0x11, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F],
                "fValue: a google.protobuf.Value cannot hold the number inf"
            ),
            (
                9, WireBytes.field(1, bytes: Array("a/x.Y".utf8)),
                #"any: an Any of a type that is not known here: "a/x.Y""#
            ),
            (9, WireBytes.field(2, bytes: [1]), "any: an Any of a type that is not known here"),
        ]
        for (number, bytes, reason) in rows {
            let serialized = WireBytes.field(number, bytes: bytes)
            #expect {
                try JSONMapping.encode(serialized: serialized, descriptor: TestMessages.wellKnown)
            } throws: { "\($0)".hasPrefix(reason) }
        }
    }

    @Test(
        "values of every other type are read and written in their own form",
        arguments: [
            #"{"fieldMask":"title,keyField.codeName,A1"}"#, #"{"fieldMask":""}"#,
            #"{"structure":{"a":null,"b":[true,{"c":"x"}],"":1.5}}"#, #"{"structure":{}}"#,
            #"{"fValue":null}"#, #"{"fValue":"x"}"#, #"{"fValue":-0.0}"#, #"{"fValue":[[],{}]}"#,
            #"{"list":[null,false,1e+300]}"#, #"{"empty":{}}"#,
            #"{"boxedDouble":"NaN"}"#, #"{"boxedDouble":0.0,"boxedFloat":1.5,"boxedInt64":"-1"}"#,
            #"{"boxedUint64":"0","boxedInt32":-5,"boxedUint32":4294967295,"boxedBool":false}"#,
            #"{"boxedString":"","boxedBytes":"AQ=="}"#,
            #"{"any":{}}"#,
            #"{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1.500s"}}"#,
            #"{"any":{"@type":"t/google.protobuf.Struct","value":{"@type":1.0}}}"#,
            #"{"any":{"@type":"t/google.protobuf.Empty"}}"#,
            #"{"any":{"@type":"t/google.protobuf.UInt64Value","value":"7"}}"#,
            #"{"any":{"@type":"x/y/forerunner.test.Scalars","fInt32":1,"fString":"a"}}"#,
            #"{"any":{"@type":"t/google.protobuf.Any","#
                + #""value":{"@type":"t/forerunner.test.Maps","byBool":{"true":""}}}}"#,
        ])
    func forms(_ json: String) throws {
        #expect(try TestMessages.again(json, TestMessages.wellKnown) == json)
    }

    @Test("null leaves every field unset but a Value, and @type may stand anywhere")
    func leniency() throws {
        let nulls =
            #"{"timestamp":null,"structure":null,"list":null,"any":null,"boxedInt32":null,"fNull":null}"#
        #expect(try TestMessages.again(nulls, TestMessages.wellKnown) == "{}")
        #expect(
            try TestMessages.again(
                #"{"any":{"fInt32":1,"@type":"t/forerunner.test.Scalars"}}"#, TestMessages.wellKnown)
                == #"{"any":{"@type":"t/forerunner.test.Scalars","fInt32":1}}"#)
        #expect(try TestMessages.again(#"{"fNull":"NULL_VALUE"}"#, TestMessages.wellKnown) == "{}")
        #expect(try JSONMapping.encode(serialized: [], descriptor: TestMessages.value) == "null")
    }

    @Test(
        "what has another form is refused with its place",
        arguments: [
            (
                #"{"fieldMask":"a_b"}"#,
                #"1:14: fieldMask: expected paths as in "title,keyField.code", found "a_b""#
            ),
            (
                #"{"fieldMask":"a,,b"}"#,
                #"1:14: fieldMask: expected paths as in "title,keyField.code", found "a,,b""#
            ),
            (
                #"{"fieldMask":["a"]}"#,
                #"1:14: fieldMask: expected paths as in "title,keyField.code", found a list"#
            ),
            (#"{"structure":[]}"#, "1:14: structure: expected an object (a map), found a list"),
            (
                #"{"structure":{"a":{"b":1e999}}}"#,
                #"1:24: structure["a"]["b"]: expected a number, found the number 1e999"#
            ),
            (#"{"list":[1,{"a":"\u0000"}]}"#, #"1:17: list[1]["a"]: text with U+0000 in it"#),
            (#"{"list":{}}"#, "1:9: list: expected a list, found an object"),
            (#"{"boxedInt32":{"value":1}}"#, "1:15: boxedInt32: expected a 32-bit integer, found an object"),
            (#"{"any":[]}"#, #"1:8: any: expected an object with "@type", found a list"#),
            (#"{"any":{"a":1}}"#, #"1:8: any: an Any needs "@type", the type of what it holds"#),
            (#"{"any":{"@type":1}}"#, "1:17: any.@type: expected a type URL as text, found the number 1"),
            (
                #"{"any":{"@type":"google.protobuf.Empty"}}"#,
                #"1:17: any.@type: no type that is known here: "google.protobuf.Empty"; expected a URL "#
                    + #"as in "type.googleapis.com/google.protobuf.Duration""#
            ),
            (
                #"{"any":{"@type":"t/google.protobuf.Duration"}}"#,
                #"1:8: any: google.protobuf.Duration in an Any needs "value""#
            ),
            (
                #"{"any":{"@type":"t/google.protobuf.Duration","value":"1s","x":1}}"#,
                "1:59: any.x: unknown field; google.protobuf.Duration in an Any has \"value\" only"
            ),
            (
                #"{"any":{"@type":"t/forerunner.test.Scalars","fInt32":"x"}}"#,
                #"1:54: any.fInt32: expected a 32-bit integer, found "x""#
            ),
        ])
    func refused(_ json: String, _ expected: String) {
        #expect { try TestMessages.again(json, TestMessages.wellKnown) } throws: { "\($0)" == expected }
    }

    @Test("lists within lists end at the limit of messages, and so does an Any within another")
    func depth() throws {
        func lists(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        // Each list is a Value and a ListValue.
        #expect(try TestMessages.again(lists(32), TestMessages.value) == lists(32))
        #expect(throws: JSONMappingError.self) { try TestMessages.again(lists(33), TestMessages.value) }
        func anys(_ count: Int) -> String {
            String(repeating: #"{"@type":"t/google.protobuf.Any","value":"#, count: count) + "{}"
                + String(repeating: "}", count: count)
        }
        #expect(try TestMessages.again(anys(63), TestMessages.any) == anys(63))
        #expect(throws: JSONMappingError.self) { try TestMessages.again(anys(64), TestMessages.any) }
        let type = WireBytes.field(1, bytes: Array("t/google.protobuf.Any".utf8))
        var bytes: [UInt8] = []
        for _ in 0..<64 { bytes = type + WireBytes.field(2, bytes: bytes) }
        #expect(throws: JSONMappingError.self) {
            try JSONMapping.encode(serialized: bytes, descriptor: TestMessages.any)
        }
    }

    @Test("a typed value says whether all of it has a form in JSON")
    func typed() throws {
        let page = Envelope.AnyMessage(
            typeUrl: "type.googleapis.com/forerunner.common.v1.Page",
            value: CommonAPI.Page(offset: 5).serialized())
        let status = Envelope.Status(code: 3, details: [page])
        let options = JSONOptions(messages: MessageRegistry.descriptor(fullName:))
        let text =
            #"{"code":3,"details":[{"@type":"type.googleapis.com/forerunner.common.v1.Page","offset":5}]}"#
        #expect(try status.jsonText(options: options) == text)
        #expect(try Envelope.Status.fromJSON(text, options: options) == status)
        #expect(status.jsonText() == #"{"code":3,"details":[null]}"#)
        #expect { try status.jsonText(options: JSONOptions()) } throws: {
            "\($0)".hasPrefix("details[0]: an Any of a type that is not known here")
        }
    }
}
