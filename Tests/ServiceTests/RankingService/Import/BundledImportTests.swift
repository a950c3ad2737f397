import Regulation
import Testing

@testable import RankingService

/// The bundled registries with all that is odd about them; the numbers are those of an independent count.
@Suite("Import of the bundled data")
struct BundledImportTests {
    private func outcome(_ profile: String, _ file: String) throws -> ImportOutcome {
        try StandardsImport.run(
            file: file, bytes: try ImportSamples.resource("standards/\(file).csv.gz"),
            profile: try ImportSamples.bundledProfile(profile))
    }

    private func rows(_ outcome: ImportOutcome) -> [String] {
        outcome.rejectedRows.map { "\($0.row) \($0.line) \($0.column) \($0.value) \($0.flaw.code)" }
    }

    @Test("light bulbs: impossible values are rejected with row and column, everything else is taken")
    func bulbs() throws {
        let outcome = try outcome("light-bulbs", "energystar_light_bulbs_2020")
        let summary = outcome.summary
        #expect(summary.total == 11_389)
        #expect(summary.accepted == 11_381)
        #expect(summary.rejected == 8)
        #expect(
            summary.categories.map { "\($0.category) \($0.accepted)" } == [
                "Decorative 1995", "Directional 5416", "Omnidirectional 3970",
            ])
        #expect(
            rows(outcome) == [
                "2979 2980 Power Factor 8.8 OUT_OF_RANGE", "4167 4168 Power Factor 934 OUT_OF_RANGE",
                "7050 7053 Efficacy (lumens/watt) 12.5 OUT_OF_RANGE",
                "8446 8449 Dims Down to % -2000 OUT_OF_RANGE", "8447 8450 Dims Down to % -2000 OUT_OF_RANGE",
                "8448 8451 Dims Down to % -2000 OUT_OF_RANGE", "8449 8452 Dims Down to % -2000 OUT_OF_RANGE",
                "8451 8454 Dims Down to % -2000 OUT_OF_RANGE",
            ])
        #expect(summary.enterprises == 175)
        #expect(Set(outcome.standards.map(\.enterprise)).count == 175)
        #expect(summary.hasSyntheticCodes && outcome.standards.allSatisfy(\.codeIsSynthetic))
        #expect(Set(outcome.standards.map(\.key)).count == outcome.standards.count)
    }

    @Test("light bulbs: invisible characters are mended and repeated models counted")
    func bulbOddities() throws {
        let outcome = try outcome("light-bulbs", "energystar_light_bulbs_2020")
        #expect(outcome.summary.mendedFields == 26)
        #expect(outcome.summary.repeatedModels == 794)
        let texts = outcome.standards.flatMap { $0.models + [$0.name, $0.enterpriseName] }
        #expect(!texts.contains { $0.unicodeScalars.contains("\u{FEFF}") || $0.contains("\n") })
        #expect(outcome.standards.last?.sourceRow == 11_389)
    }

    @Test(
        "light bulbs: dimming and standby are declared where the registry has them, an absent one is no value"
    )
    func conditionalIndicators() throws {
        let outcome = try outcome("light-bulbs", "energystar_light_bulbs_2020")
        func count(_ code: String) -> Int {
            outcome.standards.count { $0.declarations.contains { $0.indicator == code } }
        }
        #expect(count("dimsDownTo") == 10_371)
        #expect(count("standbyPower") == 147)
        #expect(count("powerFactor") == 11_377)
        #expect(outcome.standards.count { $0.attributes["dimmable"] == "no" } == 1_010)
        #expect(outcome.standards.count { $0.attributes["connected"] == "yes" } == 95)
    }

    @Test(
        "refrigerators: brands that differ in letter case are one enterprise"
    )
    func refrigerators() throws {
        let outcome = try outcome("refrigerators", "energystar_refrigerators_2021")
        #expect(outcome.summary.total == 2_962)
        #expect(outcome.summary.accepted == 2_962)
        #expect(outcome.summary.enterprises == 191)
        #expect(outcome.summary.categories.first { $0.category == "Compact" }?.accepted == 1_317)
    }

    @Test("roof products: text in the warranty rejects the row with its words, entities become characters")
    func roofProducts() throws {
        let outcome = try outcome("roof-products", "energystar_roof_products_2020")
        #expect(outcome.summary.total == 2_962)
        #expect(outcome.summary.accepted == 2_795)
        #expect(outcome.summary.rejected == 167)
        #expect(
            outcome.rejectedRows.allSatisfy { $0.flaw == .notANumber && $0.column == "Warranty Period (yrs)" }
        )
        let words = Set(outcome.rejectedRows.map(\.value))
        #expect(words.isSuperset(of: ["Lifetime", "LIFETIME", "Limited Lifetime", "30 Years", "10, 30"]))
        #expect(outcome.summary.mendedFields == 724)
        #expect(outcome.standards.contains { $0.name.contains("CERAM-A-STAR® 1050") })
        #expect(!outcome.standards.contains { $0.name.contains("&reg;") })
    }

    @Test("a registry that is cut off is refused")
    func cutOff() throws {
        let bytes = try ImportSamples.resource("standards/energystar_roof_products_2020.csv.gz")
        let profile = try ImportSamples.bundledProfile("roof-products")
        #expect(throws: ImportFailure.gzip(.truncated(at: 50_000))) {
            try StandardsImport.run(file: "f", bytes: Array(bytes[..<50_000]), profile: profile)
        }
    }
}
