import Contracts
import Foundation
import Ledger
import Regulation
import Testing
import Wire

@testable import RankingService

@Suite("Referenced standards and what is adopted of them")
struct AdoptedRequirementTests {
    private static func flicker(
        _ value: String, conditions: [EvaluationAPI.Condition] = []
    ) -> StandardsAPI.ReferencedRequirement {
        .init(
            requirement: .init(indicator: "flicker", relation: .atMost, value: value), conditions: conditions)
    }

    /// GB 1 was 0.9 and is 0.4 since 2025-09-01, for spots 0.2; GB/T 2 says nothing.
    private static var profile: StandardsAPI.ImportProfile {
        var profile = RankingFixture.profile
        profile.attributes = [.init(name: "kind", column: "Kind")]
        profile.references = .init(column: "References")
        let spots = EvaluationAPI.Condition(attribute: "kind", test: .equals, value: "spot")
        profile.referencedStandards = [
            .init(
                number: "GB 1", name: "灯具",
                editions: [
                    .init(
                        year: 2015, inForceFrom: "2016-01-01", inForceUntil: "2025-09-01",
                        requirements: [flicker("0.9")]),
                    .init(
                        year: 2025, inForceFrom: "2025-09-01",
                        requirements: [flicker("0.2", conditions: [spots]), flicker("0.4")]),
                ]), .init(number: "GB/T 2", editions: [.init(year: 2020, inForceFrom: "2020-05-01")]),
        ]
        return profile
    }

    private func file(_ rows: [(flicker: String, kind: String, references: String)]) -> [UInt8] {
        var text = "Name,Code,Number,Model,Efficacy,Flicker,Date,Kind,References\n"
        for (index, row) in rows.enumerated() {
            let code = RankingFixture.code(UInt8(index + 1)).text
            text +=
                "企业\(index + 1),\(code),Q/L \(index + 1)-2024,M\(index + 1),140,\(row.flicker),2025-03-01,"
            text += "\(row.kind),\(row.references)\n"
        }
        return Array(text.utf8)
    }

    private func standards(
        _ rows: [(flicker: String, kind: String, references: String)], on day: String
    ) throws -> ImportOutcome {
        let profile = try Profile(Self.profile).resolvingReferences(on: try #require(CivilDate(day)))
        return try StandardsImport.run(file: "lamps.csv", bytes: file(rows), profile: profile)
    }

    private func declared(_ standard: DeclaredStandard) -> [String] {
        standard.declarations.filter { $0.indicator == "flicker" }.map { "\($0.written) \($0.provenance)" }
    }

    @Test("a silent standard adopts what the edition in force says, and one that speaks does not")
    func adoption() throws {
        let rows = [
            ("", "", "GB 1"), ("", "spot", "GB/T 2、GB 1"), ("0.7", "", "GB 1"), ("", "", ""),
            ("", "", "GB 1-2015；GB 1"), ("", "", "GB 3-2000"),
        ]
        let outcome = try standards(rows, on: "2025-09-01")
        #expect(
            outcome.standards.map(declared) == [
                ["0.4 引用 GB 1—2025"], ["0.2 引用 GB 1—2025"], ["0.7 "], [],
                ["0.9 引用 GB 1—2015", "0.4 引用 GB 1—2025"], [],
            ])
        let day = CivilDate("2025-09-01")
        #expect(
            outcome.standards[4].references == [
                .init(
                    number: "GB 1—2015", edition: "GB 1—2015", inForceFrom: CivilDate("2016-01-01"),
                    inForceUntil: day),
                .init(number: "GB 1", edition: "GB 1—2025", inForceFrom: day, inForceUntil: nil),
            ])
        #expect(
            outcome.standards[5].references == [
                .init(number: "GB 3—2000", edition: "GB 3—2000", inForceFrom: nil, inForceUntil: nil)
            ])
        // One day before.
        #expect(try declared(standards(rows, on: "2025-08-31").standards[1]) == ["0.9 引用 GB 1—2015"])
    }

    @Test("an adopted limit is judged as a declaration, the worst of several")
    func judging() throws {
        let rows = [("", "", "GB 1"), ("", "", ""), ("", "", "GB 1-2015、GB 1"), ("", "", "GB 1-2015")]
        let standards = try standards(rows, on: "2025-09-01").standards
        let result = RankingEngine.evaluate(
            scheme: try EvaluationScheme(RankingFixture.scheme), standards: standards, standing: Standing(),
            cutoff: try #require(CivilDate("2025-09-01")))
        #expect(result.exclusions.map { $0.reasons.map(\.code) } == [["MISSING_CORE"]])
        let scheme = try EvaluationScheme(RankingFixture.scheme)
        let flickers = result.entries.map { entry in
            IndicatorResult.results(for: result.standard(of: entry), under: scheme)[1]
        }
        #expect(
            flickers.map { "\($0.declared) \($0.provenance) \($0.level)" } == [
                "≤ 0.4 引用 GB 1—2025 average", "≤ 0.9 引用 GB 1—2015 baseline", "≤ 0.9 引用 GB 1—2015 baseline",
            ])
    }

    @Test("what a row needs may be adopted; a reference that is none rejects the row with its place")
    func flaws() throws {
        var message = Self.profile
        message.indicators[1].required = true
        let profile = try Profile(message).resolvingReferences(on: try #require(CivilDate("2025-09-01")))
        let many = (1...65).map { "GB \($0)" }.joined(separator: "、")
        let outcome = try StandardsImport.run(
            file: "lamps.csv",
            bytes: file([("", "", "GB 1"), ("", "", "GB/T 2"), ("0.1", "", "GB 1、家用"), ("0.1", "", many)]),
            profile: profile)
        #expect(outcome.standards.count == 1)
        #expect(
            outcome.rejectedRows.map { "\($0.row) \($0.column) \($0.flaw.code)" } == [
                "2 Flicker MISSING", "3 References STANDARD_NUMBER", "4 References TOO_MANY_REFERENCES",
            ])
    }

    @Test("the register keeps references and adopted limits, and a later edition makes a new version")
    func register() async throws {
        let fixture = try RankingFixture()
        let rows = file([
            ("", "", "GB 1"), ("", "", "GB 1-2015"), ("0.1", "", "GB 1、T/CAS 9"), ("0.1", "", ""),
        ])
        let one = try await fixture.importFile(rows, profile: Self.profile, cutoff: "2025-08-31")
        let again = try await fixture.importFile(rows, profile: Self.profile, cutoff: "2025-08-30")
        let two = try await fixture.importFile(rows, profile: Self.profile, cutoff: "2025-09-01")
        #expect(one.changes == .init(added: 4) && again.changes == .init(unchanged: 4))
        #expect(two.changes == .init(changed: 2, unchanged: 2))
        let stored = try await fixture.ledger.read { database in
            try RegisterStore(database: database).standards(of: .init(two), category: "LAMP")
        }
        let profile = try Profile(Self.profile).resolvingReferences(on: try #require(CivilDate("2025-09-01")))
        let imported = try StandardsImport.run(file: "lamps.csv", bytes: rows, profile: profile).standards
        #expect(Set(stored.map(\.canonicalLine)) == Set(imported.map(\.canonicalLine)))
        #expect(stored.contains { $0.references.count == 2 && $0.references[1].edition.isEmpty })
        let scheme = RankingAPI.SchemeLearnt(schemeId: "SCHEME-1", scheme: RankingFixture.scheme)
        let list = try await fixture.ledger.read { database in
            try RankingStore(database: database).calculate(scheme: scheme, snapshot: two, bars: [])
        }
        #expect(
            list.entries.map {
                "\($0.standardNumber) \($0.indicators[1].declared) \($0.indicators[1].provenance)"
            }
            .sorted() == [
                "Q/L 1—2024 ≤ 0.4 引用 GB 1—2025", "Q/L 2—2024 ≤ 0.9 引用 GB 1—2015", "Q/L 3—2024 ≤ 0.1 ",
                "Q/L 4—2024 ≤ 0.1 ",
            ])
        // As a message and back.
        for standard in stored {
            let message = try StandardsAPI.DeclaredStandard(
                serialized: StandardsAPI.DeclaredStandard(standard).serialized())
            #expect(try DeclaredStandard(message) == standard)
        }
        fixture.ledger.close()
        #expect(try LedgerAudit.run(path: fixture.path, projector: RankingProjections()).problems.isEmpty)
    }

    @Test("a profile says everything that is wrong with its referenced standards at once")
    func profileFlaws() {
        var message = Self.profile
        message.references = nil
        message.referencedStandards[0].editions[1].year = 2015
        message.referencedStandards[0].editions[0].inForceUntil = "2015-01-01"
        message.referencedStandards[1].number = "GB/T 2-2020"
        message.referencedStandards.append(.init(number: "GB 7", editions: [.init(year: 1)]))
        message.referencedStandards.append(.init(number: "GB 8"))
        #expect {
            try Profile(message)
        } throws: { error in
            let paths = (error as? ProfileFlaws)?.flaws.map(\.path) ?? []
            return paths == [
                "references", "referencedStandards[0].editions[0].inForceUntil",
                "referencedStandards[0].editions[1].year", "referencedStandards[1].number",
                "referencedStandards[2].editions[0].year", "referencedStandards[3].editions",
            ]
        }
    }
}

/// The catalogue of the medical devices' standards on two days: the same undated references mean other
/// editions, or none, three months later.
@Suite("A real catalogue of referenced standards")
struct ReferencedCatalogueTests {
    private static let folder = ProcessInfo.processInfo.environment["FORERUNNER_SHARED_DATA"]

    private struct Listed: Decodable {
        let number: String
        let effective_date: String
    }

    @Test(
        "every number is one of a family, and undated references mean the edition in force",
        .enabled(
            if: folder != nil,
            "set FORERUNNER_SHARED_DATA to the folder that holds cn_standards_nmpa_2026-08-15.json"))
    func catalogue() throws {
        let path = (Self.folder ?? "") + "/cn_standards_nmpa_2026-08-15.json"
        let listed = try JSONDecoder().decode(
            [Listed].self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
        var editions: [String: [StandardsAPI.ReferencedEdition]] = [:]
        for standard in Set(listed.map { "\($0.number)|\($0.effective_date)" }).sorted() {
            let parts = standard.split(separator: "|", omittingEmptySubsequences: false)
            let reference = try StandardReference(parts[0])
            editions[reference.family, default: []].append(
                .init(
                    // Three say "together with GB 9706.1-2020", and three nothing.
                    year: UInt32(try #require(reference.year)),
                    inForceFrom: CivilDate(String(parts[1]))?.description ?? ""))
        }
        var message = RankingFixture.profile
        message.references = .init(column: "References")
        message.referencedStandards = editions.sorted { $0.key < $1.key }.map {
            .init(number: $0.key, editions: $0.value)
        }
        let known = try #require(try Profile(message).references?.known)
        #expect(known.count == editions.count && known.count > 1_900)
        let several = known.values.filter { $0.editions.count > 1 }
        #expect(several.count == 22)
        for standard in several {
            let days = standard.editions.compactMap(\.inForceFrom).sorted()
            let reference = try StandardReference(standard.family)
            for day in days {
                #expect(standard.edition(meantBy: reference, on: day)?.inForceFrom == day)
            }
            #expect(standard.edition(meantBy: reference, on: days[0].adding(days: -1)) == nil)
        }
    }
}
