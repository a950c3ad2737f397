import Contracts
import Regulation
import Testing

@testable import RankingService

@Suite("Import of declared standards")
struct StandardsImportTests {
    private static let rows = [
        "Acme,1,M1,02/03/2020,5.50", "Acme,2,M1,02/03/2020,6", "\"Beta, Inc\",3,M2,12/31/2021,7",
    ]

    @Test("several models in one text are parted where the profile says so")
    func separatedModels() throws {
        var message = ImportSamples.message
        message.modelSeparators = "、;"
        let text = ImportSamples.header + "甲,1,\"A 1、 B2 ;;C\",01/02/2024,5\n乙,2,、;,01/02/2024,5\n"
        let outcome = try ImportSamples.outcome(text, message)
        #expect(outcome.standards.map(\.models) == [["A 1", "B2", "C"]])
        #expect(outcome.rejectedRows.map { "\($0.row) \($0.column) \($0.flaw.code)" } == ["2 Model MISSING"])
        #expect(try ImportSamples.outcome(text).standards.map(\.models) == [["A 1、 B2 ;;C"], ["、;"]])
    }

    @Test("a row becomes a declared standard")
    func standard() throws {
        let outcome = try ImportSamples.outcome(ImportSamples.header + Self.rows[0])
        let standard = try #require(outcome.standards.first)
        #expect(standard.enterpriseName == "Acme")
        #expect(standard.codeIsSynthetic)
        #expect(standard.province == Province(regionDigits: standard.enterprise.regionDigits))
        #expect(standard.number == (try StandardNumber("Q/T 1—2020")))
        #expect(standard.name == "Acme M1")
        #expect(standard.category == "kettle")
        #expect(standard.models == ["M1"])
        #expect(standard.declaredOn.description == "2020-02-03")
        #expect(standard.isSeriesProduced && !standard.isWidelyOffered && standard.isInForce)
        #expect(standard.sourceRow == 1)
        let declaration = try #require(standard.declarations.first)
        #expect(declaration.written == "5.50")
        #expect(declaration.value == .number(try #require(ExactDecimal("5.5"))))
        #expect(declaration.relation == .atMost)
        #expect(declaration.unit == "W")
    }

    @Test("the order of rows changes nothing but row numbers")
    func order() throws {
        let rows = Self.rows + ["Acme,9,M9,02/30/2020,5", "Acme,1,M1,02/03/2020,8", "acme,4,M4,01/01/2020,1"]
        func contents(_ rows: [String]) throws -> (Set<DeclaredStandard>, Set<String>, ImportCounts) {
            let outcome = try ImportSamples.outcome(ImportSamples.header + rows.joined(separator: "\n"))
            let standards = outcome.standards.map { standard in
                var copy = standard
                copy.sourceRow = 0
                return copy
            }
            return (
                Set(standards), Set(outcome.rejectedRows.map { $0.flaw.code + $0.value }), outcome.summary
            )
        }
        let (standards, rejected, counts) = try contents(rows)
        let (otherStandards, otherRejected, otherCounts) = try contents(rows.reversed())
        #expect(standards == otherStandards)
        #expect(rejected == otherRejected)
        #expect(counts.accepted == 3 && counts.rejected == 3 && counts.enterprises == 2)
        #expect(otherCounts.accepted == 3 && otherCounts.rejected == 3 && otherCounts.enterprises == 2)
    }

    @Test("all flaws of a row are named, with column and value, and the rest of the file is taken")
    func flaws() throws {
        let outcome = try ImportSamples.outcome(
            ImportSamples.header + ",1,\u{FEFF},2020-02-03,thirty\n\nA,1,M\n\"x\"y,1,M,02/03/2020,5\n"
                + Self.rows[0])
        #expect(outcome.summary.total == 4)
        #expect(outcome.summary.accepted == 1)
        #expect(outcome.summary.rejected == 3)
        #expect(
            outcome.rejectedRows.map { "\($0.row) \($0.line) \($0.column) \($0.flaw.code)" } == [
                "1 2 Name MISSING", "1 2 Model MISSING", "1 2 Value NOT_A_NUMBER", "1 2 Day NOT_A_DATE",
                "2 4  WRONG_FIELD_COUNT", "3 5 Name TEXT_AFTER_QUOTE",
            ])
        #expect(outcome.rejectedRows.first { $0.column == "Value" }?.value == "thirty")
        #expect(outcome.standards.first?.sourceRow == 4)
    }

    @Test(
        "values at, inside and outside the possible range",
        arguments: [
            ("0", nil), ("100", nil), ("100.0", nil), ("", nil), ("100.01", "OUT_OF_RANGE"),
            ("-0.01", "OUT_OF_RANGE"),
            ("1e2", "NOT_A_NUMBER"), ("1,5", "NOT_A_NUMBER"), ("30 W", "NOT_A_NUMBER"),
            ("5.", "NOT_A_NUMBER"),
        ] as [(String, String?)])
    func range(value: String, code: String?) throws {
        let outcome = try ImportSamples.outcome(ImportSamples.header + "Acme,1,M1,02/03/2020,\"\(value)\"\n")
        #expect(outcome.rejectedRows.first?.flaw.code == code)
        #expect(outcome.standards.first?.declarations.count == (code == nil ? (value.isEmpty ? 0 : 1) : nil))
    }

    @Test("intervals, missing words, required fields and words")
    func indicators() throws {
        var message = ImportSamples.message
        message.indicators[0].relation = .equal
        message.indicators[0].missingWords = ["N/A"]
        let header = ImportSamples.header
        func first(_ value: String) throws -> RequirementValue? {
            try ImportSamples.outcome(header + "A,1,M,02/03/2020,\(value)\n", message).standards.first?
                .declarations
                .first?.value
        }
        #expect(try first("2.0~3.0") == .interval(ExactDecimal(2), ExactDecimal(3)))
        #expect(try first("2 ～ 3") == .interval(ExactDecimal(2), ExactDecimal(3)))
        #expect(try first("3~2") == nil)
        #expect(try first("N/A") == nil)
        message.indicators[0].required = true
        let missing = try ImportSamples.outcome(header + "A,1,M,02/03/2020,N/A\n", message)
        #expect(missing.rejectedRows.map(\.flaw) == [.missing])
        message.indicators[0].minimum = ""
        message.indicators[0].maximum = ""
        message.indicators[0].words = [
            StandardsAPI.WordMeaning(word: "Yes", meaning: "yes"),
            StandardsAPI.WordMeaning(word: "1级", meaning: "一级"),
        ]
        #expect(try first("Yes") == .flag(true))
        #expect(try first("1级") == .word("一级"))
        let unknown = try ImportSamples.outcome(header + "A,1,M,02/03/2020,2级\n", message)
        #expect(unknown.rejectedRows.map(\.flaw) == [.unknownWord(known: ["1级", "Yes"])])
    }

    @Test("equal rows count once, contradicting rows not at all, other numbers are other standards")
    func repetitions() throws {
        let text = [
            Self.rows[0], Self.rows[0], Self.rows[1], "Acme,5,M1,02/03/2020,1", "Acme,5,M1,02/03/2020,2",
        ].joined(separator: "\n")
        let outcome = try ImportSamples.outcome(ImportSamples.header + text)
        #expect(outcome.standards.map(\.sourceRow) == [1, 3])
        #expect(
            outcome.rejectedRows.map(\.flaw) == [
                .repeatedRow(first: 1), .contradiction(rows: [4, 5]), .contradiction(rows: [4, 5]),
            ])
        #expect(outcome.summary.repeatedModels == 1)
        #expect(outcome.summary.total == outcome.summary.accepted + outcome.summary.rejected)
    }

    @Test("real codes are checked to the last character, and provinces by name")
    func realCodes() throws {
        var message = ImportSamples.message
        message.creditCode = StandardsAPI.TextSource(column: "Code")
        message.province = StandardsAPI.TextSource(column: "Province")
        message.abolishedOn = StandardsAPI.DateSource(column: "End", format: "YYYY-MM-DD")
        let outcome = try ImportSamples.outcome(
            """
            Name,Number,Model,Day,Value,Code,Province,End
            格力,1,M,02/03/2020,1,91440400192548256N,广东,2021-02-03
            格力,2,M,02/03/2020,1,914404001925482560,广东,
            格力,3,M,02/03/2020,1,91440400192548256N,Atlantis,
            格力,4,M,02/03/2020,1,91440400192548256N,,2020-02-02
            格力,5,M,02/03/2020,1,91440400192548256N,,
            """, message)
        #expect(outcome.standards.map(\.province) == [Province(matching: "广东"), nil])
        #expect(outcome.standards.first?.abolishedOn?.description == "2021-02-03")
        #expect(outcome.standards.allSatisfy { !$0.codeIsSynthetic })
        #expect(!outcome.summary.hasSyntheticCodes)
        #expect(
            outcome.rejectedRows.map { "\($0.row) \($0.column) \($0.flaw.code)" } == [
                "2 Code CREDIT_CODE", "3 Province UNKNOWN_PROVINCE", "4 End ABOLISHED_BEFORE_DECLARED",
            ])
    }

    @Test("a file that is cut off, empty, too long or not UTF-8 is refused as a whole")
    func failures() throws {
        let profile = try Profile(ImportSamples.message)
        #expect(throws: ImportFailure.emptyFile) { try ImportSamples.outcome("") }
        #expect(throws: ImportFailure.emptyFile) { try ImportSamples.outcome("\n\n") }
        #expect(throws: ImportFailure.truncated(Truncation(row: 1, line: 2, quoteLine: 2))) {
            try ImportSamples.outcome(ImportSamples.header + "Acme,\"1,M1\n")
        }
        var limits = ImportLimits()
        limits.rowCountMax = 2
        #expect(throws: ImportFailure.tooManyRows(countMax: 2)) {
            try ImportSamples.outcome(
                ImportSamples.header + Self.rows.joined(separator: "\n"), limits: limits)
        }
        #expect(throws: ImportFailure.headerNotUTF8) {
            try StandardsImport.run(file: "gbk", bytes: [0xC6, 0xF3, 0xD2, 0xB5, 0x0A], profile: profile)
        }
        let outcome = try StandardsImport.run(
            file: "f",
            bytes: Array((ImportSamples.header + Self.rows[0] + "\nA").utf8) + [0xC6]
                + Array(",1,M,02/03/2020,1".utf8), profile: profile)
        #expect(outcome.rejectedRows.map(\.flaw) == [.notUTF8])
    }

    @Test("pieces of any size give the same outcome, and progress ends at the size of the file")
    func pieces() throws {
        let bytes = Array((ImportSamples.header + Self.rows.joined(separator: "\r\n")).utf8)
        let profile = try Profile(ImportSamples.message)
        let whole = try StandardsImport.run(file: "f", bytes: bytes, profile: profile)
        let progress = ProgressRecord()
        var reading = StandardsImport(file: "f", profile: profile) { progress.last = $0 }
        for index in bytes.indices { try reading.feed(bytes[index...index]) }
        let outcome = try reading.finish()
        #expect(outcome.standards == whole.standards)
        #expect(outcome.summary == whole.summary)
        #expect(progress.last == bytes.count)
    }

    private final class ProgressRecord {
        var last = 0
    }
}
