import Contracts
import Foundation
import Ledger
import Regulation
import Testing
import Wire

@testable import RankingService

/// The registry of car models of 2017 and of 2022: the second delivery of a real register. The counts were
/// made by a script of their own, over the same columns.
@Suite("A real registry five years later")
struct VehicleUpdateTests {
    private static let folder = ProcessInfo.processInfo.environment["FORERUNNER_SHARED_DATA"]

    /// Prices move every fuel cost and saving, so they are no part of what is declared. -1 and 0 stand for
    /// "not given" where a car has none.
    private static var profile: StandardsAPI.ImportProfile {
        func number(
            _ code: String, _ column: String, _ relation: StandardsAPI.Relation, _ missing: String...
        ) -> StandardsAPI.IndicatorMapping {
            .init(indicator: code, column: column, relation: relation, missingWords: missing)
        }
        return .init(
            name: "vehicles", source: "US EPA, fueleconomy.gov", licence: "public domain", format: .csv,
            enterpriseName: .init(column: "make"),
            standardNumber: .init(template: "Q/EPA {id}-{year}"),
            standardName: .init(template: "{make} {model}"), category: .init(column: "VClass"),
            models: [.init(column: "model")],
            declaredOn: .init(column: "createdOn", format: "WWW MMM DD HH:MM:SS ZZZ YYYY"),
            attributes: [
                .init(name: "fuel", column: "fuelType1"), .init(name: "transmission", column: "trany"),
                .init(name: "drive", column: "drive"),
            ],
            indicators: [
                number("combined", "comb08", .atLeast), number("city", "city08", .atLeast),
                number("highway", "highway08", .atLeast), number("co2", "co2TailpipeGpm", .atMost),
                number("fuelScore", "feScore", .atLeast, "-1"),
                number("gasScore", "ghgScore", .atLeast, "-1"), number("range", "range", .atLeast, "0"),
            ], seriesProduced: true)
    }

    @Test(
        "the update tells the right new, changed and withdrawn",
        .enabled(
            if: folder != nil, "set FORERUNNER_SHARED_DATA to the folder that holds epa_vehicles_2022.csv.gz")
    )
    func update() async throws {
        let folder = try #require(Self.folder)
        func file(_ year: Int) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/epa_vehicles_\(year).csv.gz")))
        }
        let fixture = try RankingFixture()
        let first = try await fixture.importFile(file(2017), profile: Self.profile, cutoff: "2017-12-07")
        #expect(first.summary?.rejected == 0)
        #expect(first.changes == .init(added: 39_415))
        let second = try await fixture.importFile(file(2022), profile: Self.profile, cutoff: "2022-11-08")
        #expect(second.summary?.rejected == 0)
        // 33 changed the combined figure, 115 carbon dioxide, 87 the model's name; together 217 something.
        #expect(second.changes == .init(added: 6_391, changed: 217, withdrawn: 29, unchanged: 39_169))
        #expect(second.summary?.standards == 45_777)
        #expect(second.summary?.categories.count == 34)
        fixture.ledger.close()
        let report = try LedgerAudit.run(path: fixture.path, projector: RankingProjections())
        #expect(report.problems.isEmpty, "\(report.problems)")
    }
}
