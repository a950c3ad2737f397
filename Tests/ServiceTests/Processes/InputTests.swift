import Foundation
import Testing

extension ProcessTests {
    /// Bad files end `rank` and `import … --dry-run` alike: exit code 2, the file and the place, nothing
    /// written.
    @Suite("Bad input files", .serialized)
    struct InputTests {
        @Test("the untouched files are ranked, so what follows fails for its own reason")
        func untouched() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            let rank = try await files.rank()
            #expect(rank.status == 0, "\(rank.errors)")
            #expect(rank.output.contains("Absocold"))
            let imported = try await files.dryRun()
            #expect(imported.status == 0, "\(imported.errors)")
            #expect(imported.output.contains("3 rows, 3 accepted, 0 rejected"))
        }

        @Test("a gzip file that is cut off is refused with the byte where it ends")
        func cutGzip() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            let whole = try #require(FileManager.default.contents(atPath: Bundled.refrigerators))
            try whole.prefix(50_000).write(to: URL(fileURLWithPath: files.standards))
            try await files.expectRefusal(naming: [files.standards, "byte 50000"])
        }

        @Test("a CSV file that ends inside a quoted field is refused with the line of the quote")
        func openQuote() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.append("2221127,\"Absocold,ARD", to: files.standards)
            try await files.expectRefusal(naming: [files.standards, "line 5"])
        }

        @Test("a CSV row that is cut off is rejected with row and line, and the others count")
        func cutRow() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.append("2221127,Absocold,ARD", to: files.standards)
            for outcome in [try await files.rank(), try await files.dryRun()] {
                #expect(outcome.status == 0)
                #expect(outcome.errors.contains("row 4 line 5 "), "\(outcome.errors)")
                #expect(outcome.errors.contains("WRONG_FIELD_COUNT"))
                #expect((outcome.output + outcome.errors).contains("4 rows, 3 accepted, 1 rejected"))
            }
        }

        @Test("a number that is a word in a scheme is refused with line and column")
        func schemeType() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.replace("\"year\": 2025", with: "\"year\": \"soon\"", in: files.scheme)
            try await files.expectRefusal(naming: [files.scheme, "3:11", "year", "soon"], isScheme: true)
        }

        @Test("a scheme without a part that Annex 1 asks for is refused with the part and the section")
        func schemePart() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.replace("提供一年内的能效检测报告，实测值不劣于声明值。", with: "", in: files.scheme)
            try await files.expectRefusal(naming: [files.scheme, "verification", "A1"], isScheme: true)
        }

        @Test("a profile that names a column which is not there is refused, and the nearest one is said")
        func profileColumn() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.replace("\"Brand Name\"", with: "\"Brand Nam\"", in: files.profile)
            try await files.expectRefusal(naming: [files.standards, "Brand Nam\"", "\"Brand Name\""])
        }

        @Test("a profile with an unknown member is refused with its place")
        func profileMember() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try files.replace("\"standardNumber\"", with: "\"standardNumbers\"", in: files.profile)
            try await files.expectRefusal(naming: [files.profile, "standardNumbers"])
        }

        @Test("a row with an invalid credit code is rejected with row, line, column and the wrong character")
        func creditCode() async throws {
            let files = try InputFiles()
            defer { files.remove() }
            try Self.codeProfile.write(toFile: files.profile, atomically: true, encoding: .utf8)
            try """
            Code,Name,Number,Type,Model,Day,Saving
            91440400192548256N,甲,Q/AAA 1—2020,Compact,M1,2020-01-02,30
            91440300192203821Y,乙,Q/BBB 1—2020,Compact,M2,2020-01-02,30

            """.write(toFile: files.standards, atomically: true, encoding: .utf8)
            for outcome in [try await files.rank(), try await files.dryRun()] {
                #expect(outcome.status == 0)
                for words in ["row 2 line 3 [Code]", "91440300192203821Y", "CREDIT_CODE", "position 18"] {
                    #expect(outcome.errors.contains(words), "\(outcome.errors)")
                }
                #expect((outcome.output + outcome.errors).contains("2 rows, 1 accepted, 1 rejected"))
            }
        }

        private static let codeProfile = """
            { "name": "codes", "format": "FILE_FORMAT_CSV", "creditCode": { "column": "Code" },
              "enterpriseName": { "column": "Name" }, "standardNumber": { "column": "Number" },
              "standardName": { "column": "Number" }, "category": { "column": "Type" },
              "models": [ { "column": "Model" } ],
              "declaredOn": { "column": "Day", "format": "YYYY-MM-DD" },
              "indicators": [ { "indicator": "energySaving", "column": "Saving",
                "relation": "RELATION_AT_LEAST", "unit": "%" } ] }
            """
    }
}

/// A scheme, a profile and three rows of standards in a folder of their own, to be spoilt.
private struct InputFiles {
    let folder: String
    var scheme: String { folder + "/scheme.json" }
    var profile: String { folder + "/profile.json" }
    var standards: String { folder + "/standards.csv" }

    /// Header and three rows of the bundled refrigerators.
    private static let rows = """
        Brand Name,Model Number,Type,Product Class,Defrost Type,Built-in,Ice Maker,\
        Capacity (Total Volume) (ft3),Adjusted Volume (ft3),Annual Energy Use (kWh/yr),\
        Percent Less Energy Use than US Federal Standard,Refrigerant Type,Connected Functionality,\
        Date Certified,Meets ENERGY STAR Most Efficient 2021 Criteria,ENERGY STAR Unique ID
        Absocold,ARD1033F,Top Freezer,3,Automatic,No,No,10.3,12.1,297,10,,No,12/04/2014,Yes,2229666
        Absocold,ARD104AB14,Compact,13A,Automatic,No,No,1.1,1.1,242,10,,No,09/29/2014,No,2221127
        Absocold,ARD104AB21,Compact,13A,Automatic,No,No,1.1,1.1,242,10,N/A,No,03/03/2021,No,2374881

        """

    init() throws {
        folder = try Scratch.folder()
        let manager = FileManager.default
        try manager.copyItem(atPath: Bundled.refrigeratorScheme, toPath: folder + "/scheme.json")
        try manager.copyItem(atPath: Bundled.refrigeratorProfile, toPath: folder + "/profile.json")
        try Self.rows.write(toFile: folder + "/standards.csv", atomically: true, encoding: .utf8)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func rank() async throws -> Program.Outcome {
        try await Program.run([
            "rank", "--scheme", scheme, "--standards", standards, "--profile", profile, "--cutoff",
            "2025-09-01", "--lang", "en",
        ])
    }

    func dryRun() async throws -> Program.Outcome {
        try await Program.run([
            "import", "standards", standards, "--profile", profile, "--dry-run", "--lang", "en",
        ])
    }

    /// `isScheme`: an import does not look at the scheme.
    func expectRefusal(naming words: [String], isScheme: Bool = false) async throws {
        let before = try Scratch.contents(of: folder)
        for outcome in [try await rank()] + (isScheme ? [] : [try await dryRun()]) {
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
        }
        #expect(try Scratch.contents(of: folder) == before)
    }

    func append(_ text: String, to file: String) throws {
        try (try Bundled.text(file) + text).write(toFile: file, atomically: true, encoding: .utf8)
    }

    func replace(_ text: String, with other: String, in file: String) throws {
        let found = try Bundled.text(file)
        try #require(found.contains(text))
        try found.replacingOccurrences(of: text, with: other).write(
            toFile: file, atomically: true, encoding: .utf8)
    }
}
