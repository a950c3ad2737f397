import Contracts
import Testing

@testable import RankingService

@Suite("Import profile")
struct ProfileTests {
    private func flaws(_ message: StandardsAPI.ImportProfile) -> [ProfileFlaw] {
        do {
            _ = try Profile(message)
            return []
        } catch {
            return error.flaws
        }
    }

    @Test("a complete profile has no flaw")
    func complete() {
        #expect(flaws(ImportSamples.message).isEmpty)
    }

    @Test("everything wrong with a profile is reported at once, each with its path")
    func allAtOnce() {
        var message = ImportSamples.message
        message.delimiter = ";;"
        message.enterpriseName = StandardsAPI.TextSource(column: "Name", constant: "Acme")
        message.province = StandardsAPI.TextSource(constant: "Atlantis")
        message.standardNumber = StandardsAPI.TextSource(template: "Q/{Number|month}")
        message.standardName = StandardsAPI.TextSource(template: "no place")
        message.category = nil
        message.models = []
        message.declaredOn?.format = "DD.MM.YYYY"
        message.attributes = [StandardsAPI.AttributeMapping(name: "", column: "Colour")]
        message.indicators[0].minimum = "1,000"
        message.indicators.append(message.indicators[0])
        message.indicators[1].minimum = "200"
        message.indicators[1].relation = .unspecified
        #expect(
            flaws(message) == [
                ProfileFlaw("delimiter", .badDelimiter(";;")),
                ProfileFlaw("enterpriseName", .severalSources(["column", "constant"])),
                ProfileFlaw("province.constant", .unknownProvince("Atlantis")),
                ProfileFlaw("standardNumber.template", .badTemplate(.unknownPart("month"))),
                ProfileFlaw("standardName.template", .badTemplate(.noColumn)),
                ProfileFlaw("category", .missing),
                ProfileFlaw("models", .missing),
                ProfileFlaw(
                    "declaredOn.format",
                    .unknownFormat("DD.MM.YYYY", known: DayFormat.allCases.map(\.rawValue))),
                ProfileFlaw("attributes[0].name", .missing),
                ProfileFlaw("indicators[0].minimum", .notADecimal("1,000")),
                ProfileFlaw("indicators[1]", .emptyRange(minimum: "200", maximum: "100")),
                ProfileFlaw("indicators[1].relation", .missing),
                ProfileFlaw("indicators[1].indicator", .repeated("value")),
            ])
    }

    @Test("an empty profile lacks everything that is needed")
    func empty() {
        let paths = flaws(StandardsAPI.ImportProfile()).map(\.path)
        #expect(
            paths == [
                "name", "format", "enterpriseName", "standardNumber", "standardName", "category", "models",
                "declaredOn", "indicators",
            ])
    }

    @Test("words need a meaning, each once, and exclude a range")
    func words() {
        var message = ImportSamples.message
        message.indicators[0].words = [
            StandardsAPI.WordMeaning(word: "Yes", meaning: "yes"),
            StandardsAPI.WordMeaning(word: "Yes", meaning: ""),
        ]
        #expect(
            flaws(message) == [
                ProfileFlaw("indicators[0].words[1].meaning", .missing),
                ProfileFlaw("indicators[0].words[1].word", .repeated("Yes")),
                ProfileFlaw("indicators[0]", .rangeWithWords),
            ])
    }

    @Test("columns that the file does not have are reported with the nearest names it has")
    func header() throws {
        var message = ImportSamples.message
        message.indicators[0].column = "value (W)"
        message.models = [StandardsAPI.TextSource(column: "Moddel")]
        let flaws = [
            ProfileFlaw("models[0].column", .unknownColumn("Moddel", nearest: ["Model"])),
            ProfileFlaw("indicators[0].column", .unknownColumn("value (W)", nearest: ["Value"])),
        ]
        #expect(throws: ImportFailure.profile(ProfileFlaws(flaws: flaws))) {
            try ImportSamples.outcome(ImportSamples.header, message)
        }
    }

    @Test("a column that the file has twice is ambiguous only if it is read")
    func ambiguous() throws {
        let twice = "Name,Number,Model,Day,Value,Note,Note\n"
        #expect(try ImportSamples.outcome(twice).summary.total == 0)
        let flaw = ProfileFlaw("declaredOn.column", .ambiguousColumn("Day"))
        let templated = ProfileFlaw("standardNumber.template", .ambiguousColumn("Day"))
        #expect(throws: ImportFailure.profile(ProfileFlaws(flaws: [templated, flaw]))) {
            try ImportSamples.outcome("Name,Number,Model,Day,Value,Day\n")
        }
    }

    @Test("invisible characters do not hide a column")
    func cleanHeader() throws {
        let outcome = try ImportSamples.outcome(
            "\u{FEFF}Name , Number,\u{A0}Model,Day,Val\u{200B}ue\nAcme,1,M1,02/03/2020,5\n")
        #expect(outcome.summary.accepted == 1)
    }

    @Test(
        "templates are read with their braces",
        arguments: [
            ("{A}", [TextTemplate.Piece.field(column: "A")]),
            ("x{A|b|year}}}", [.literal("x"), .year(column: "A|b"), .literal("}")]),
            ("{{{A}", [.literal("{"), .field(column: "A")]),
        ])
    func templates(text: String, pieces: [TextTemplate.Piece]) throws {
        #expect(try TextTemplate(text).pieces == pieces)
    }

    @Test(
        "broken templates are refused",
        arguments: [
            ("{A", TemplateFlaw.notClosed("A")), ("A}", .notOpened), ("{}", .emptyPlaceholder),
            ("{|year}", .emptyPlaceholder), ("{A|Year}", .unknownPart("Year")), ("A", .noColumn),
        ])
    func brokenTemplates(text: String, flaw: TemplateFlaw) {
        #expect(throws: flaw) { try TextTemplate(text) }
    }
}
