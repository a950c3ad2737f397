import Contracts
import Testing
import Wire

@Suite("JSON mapping: messages out")
struct JSONMappingOutTests {
    @Test("names are lowerCamelCase, defaults are left out, 64-bit integers are text, bytes are base64")
    func form() {
        let receipt = CommonAPI.Receipt(
            id: "k1", position: 7, momentUtcUs: -5, findings: [CommonAPI.Finding(modality: .inPrinciple)])
        #expect(
            receipt.jsonText()
                == #"{"id":"k1","position":"7","momentUtcUs":"-5","#
                + #""findings":[{"modality":"MODALITY_IN_PRINCIPLE"}]}"#
        )
        #expect(CommonAPI.Receipt().jsonText() == "{}")
        #expect(
            CommonAPI.Page(offset: 1, limit: 2).jsonText(pretty: true)
                == "{\n  \"offset\": 1,\n  \"limit\": 2\n}")
        #expect(FeedAPI.Event(payload: [0xFB, 0xFF]).jsonText() == #"{"payload":"+/8="}"#)
    }

    @Test("an enum number without a name goes out as the number")
    func unknownEnum() {
        #expect(CommonAPI.Finding(modality: .unrecognized(9)).jsonText() == #"{"modality":9}"#)
    }

    @Test("a message that is present and empty is told from an absent one")
    func emptyNested() throws {
        let scheme = EvaluationAPI.EvaluationScheme(purpose: EvaluationAPI.Purpose())
        #expect(scheme.jsonText() == #"{"purpose":{}}"#)
        #expect(try EvaluationAPI.EvaluationScheme.fromJSON(#"{"purpose":{}}"#) == scheme)
        #expect(try EvaluationAPI.EvaluationScheme.fromJSON(#"{"purpose":null}"#).purpose == nil)
    }
}

@Suite("JSON mapping: messages in")
struct JSONMappingInTests {
    @Test("both spellings of a name, and both forms of numbers and enums, are read")
    func leniency() throws {
        let expected = CommonAPI.Receipt(
            position: 12, momentUtcUs: 3, findings: [CommonAPI.Finding(modality: .must)])
        let texts = [
            #"{"position":12,"momentUtcUs":3,"findings":[{"modality":1}]}"#,
            #"{"position":"12","moment_utc_us":"3","findings":[{"modality":"MODALITY_MUST"}]}"#,
            #"{"position":1.2e1,"momentUtcUs":3.0,"findings":[{"modality":1.0}],"id":null}"#,
        ]
        for text in texts { #expect(try CommonAPI.Receipt.fromJSON(text) == expected) }
    }

    @Test("integers are read to the ends of their range and no further")
    func ranges() throws {
        #expect(try CommonAPI.Receipt.fromJSON(#"{"position":-9223372036854775808}"#).position == .min)
        #expect(try CommonAPI.Receipt.fromJSON(#"{"position":"9223372036854775807"}"#).position == .max)
        #expect(try CommonAPI.Page.fromJSON(#"{"offset":4294967295}"#).offset == .max)
        #expect(
            try RankingAPI.StartImportRequest.fromJSON(#"{"byteCount":18446744073709551615}"#).byteCount
                == .max)
        #expect(try CommonAPI.Page.fromJSON(#"{"offset":0e99999999999999999999}"#).offset == 0)
        let refused = [
            #"{"offset":4294967296}"#, #"{"offset":-1}"#, #"{"offset":0.5}"#, #"{"offset":1e10}"#,
            #"{"offset":"1 "}"#, #"{"offset":""}"#, #"{"offset":1e-1}"#,
            #"{"offset":1e99999999999999999999}"#,
            #"{"offset":"0x10"}"#, #"{"offset":"1e"}"#, #"{"offset":"1e+-2"}"#, #"{"offset":"-"}"#,
        ]
        for text in refused {
            #expect(throws: JSONMappingError.self, "\(text)") { try CommonAPI.Page.fromJSON(text) }
        }
    }

    @Test(
        "what is wrong is named by place, path and expectation",
        arguments: [
            ("", "1:1: expected a value, found the end"),
            ("[]", "1:1: expected an object (forerunner.evaluation.v1.EvaluationScheme), found a list"),
            ("{\"titel\": \"x\"}", "1:2: titel: unknown field; is \"title\" meant?"),
            ("{\"keyfield\": \"x\"}", "1:2: keyfield: unknown field; is \"keyField\" meant?"),
            ("{\n  \"title\": 3\n}", "2:12: title: expected text, found the number 3"),
            ("{\"title\": \"a\\u0000b\"}", "1:11: title: text with U+0000 in it"),
            ("{\"year\": true}", "1:10: year: expected a 32-bit integer, 0 or more, found true"),
            ("{\"year\": -1}", "1:10: year: expected a 32-bit integer, 0 or more, found the number -1"),
            ("{\"year\": \"x\"}", "1:10: year: expected a 32-bit integer, 0 or more, found \"x\""),
            ("{\"indicators\": {}}", "1:16: indicators: expected a list, found an object"),
            (
                "{\"indicators\": [{},\n{\"weight\": \"1\"},\n{\"weight\": 1.5}]}",
                "3:12: indicators[2].weight: expected text, found the number 1.5"
            ),
            (
                "{\"indicators\": [null]}",
                "1:17: indicators[0]: expected an object (forerunner.evaluation.v1.Indicator), found null"
            ),
            (
                "{\"mandatoryStandards\": [\"a\", 1]}",
                "1:30: mandatoryStandards[1]: expected text, found the number 1"
            ),
            (
                "{\"scope\": {\"isService\": \"yes\"}}",
                "1:25: scope.isService: expected true or false, found text"
            ),
            (
                "{\"cycle\": \"YEARLY\"}",
                "1:11: cycle: expected one of CYCLE_UNSPECIFIED, CYCLE_QUARTERLY, CYCLE_YEARLY, "
                    + "found \"YEARLY\""
            ),
            (
                "{\"keyField\": \"a\", \"key_field\": \"b\"}",
                "1:19: key_field: the field is given twice, under both its names"
            ),
            (
                "{\"method\": {\"model\": \"MODEL_GRADED\", \"model\": 1}}",
                "1:38: the name \"model\" occurs twice in this object"
            ),
            (
                "{\"purpose\": {\"weight\": 1}}",
                "1:14: purpose.weight: unknown field; forerunner.evaluation.v1.Purpose has "
                    + "presentLevel, microAim, macroAim"
            ),
        ])
    func refused(_ text: String, _ expected: String) {
        #expect { try EvaluationAPI.EvaluationScheme.fromJSON(text) } throws: { error in
            "\(error)" == expected
        }
    }

    @Test("bytes that are not base64 are refused")
    func badBytes() {
        #expect { try FeedAPI.Event.fromJSON(#"{"chain":"*"}"#) } throws: {
            "\($0)" == "1:10: chain: expected bytes as base64 text, found text"
        }
    }

    @Test("the dynamic mapping gives the bytes that the typed one gives")
    func dynamic() throws {
        let text = #"{"code":"2025-LAMP","year":2025,"plans":["十四五"]}"#
        let bytes = try JSONMapping.decode(json: text, descriptor: SchemeAPI.KeyField.descriptor)
        #expect(try bytes == SchemeAPI.KeyField.fromJSON(text).serialized())
        #expect(try JSONMapping.encode(serialized: bytes, descriptor: SchemeAPI.KeyField.descriptor) == text)
    }

    @Test("the dynamic mapping refuses bytes with text that is not UTF-8")
    func dynamicInvalidUTF8() {
        #expect(throws: JSONMappingError.self) {
            try JSONMapping.encode(serialized: [0x0A, 1, 0xFF], descriptor: SchemeAPI.KeyField.descriptor)
        }
    }
}
