import Testing

@testable import Regulation

@Suite("Key fields")
struct KeyFieldRuleTests {
    static let complete = KeyFieldProposal(
        code: "2025-LAMP", name: "LED灯具", year: 2025, declaredStandards: "12043项", consumerConcern: "高",
        qualityEffect: "光效", differentiation: "大")

    @Test("a key field with its four considerations stands")
    func complete() {
        #expect(KeyFieldRule().findings(in: Self.complete).isEmpty)
    }

    @Test("each consideration left out is a finding of its own")
    func considerations() {
        var field = Self.complete
        field.declaredStandards = ""
        field.consumerConcern = " "
        field.qualityEffect = "\n"
        field.differentiation = "　"
        let findings = KeyFieldRule().findings(in: field)
        #expect(findings.ruleCodes == Array(repeating: "CONSIDERATION_MISSING", count: 4))
        #expect(
            findings.map(\.subject) == [
                "keyField.declaredStandards", "keyField.consumerConcern", "keyField.qualityEffect",
                "keyField.differentiation",
            ])
    }

    @Test("code, name and year are needed")
    func head() {
        var field = Self.complete
        field.code = ""
        field.name = ""
        field.year = 2017
        #expect(
            KeyFieldRule().findings(in: field).ruleCodes
                == ["KEY_FIELD_CODE_MISSING", "KEY_FIELD_NAME_MISSING", "KEY_FIELD_YEAR_MISSING"])
        field.year = KeyFieldRule.yearMin
        #expect(!KeyFieldRule().findings(in: field).ruleCodes.contains("KEY_FIELD_YEAR_MISSING"))
    }
}
