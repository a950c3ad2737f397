import Contracts
import Regulation
import Testing
import Wire

@testable import RankingService

@Suite("Bundled schemes")
struct BundledSchemeTests {
    private static let names = [
        "directional-lamps", "omnidirectional-lamps", "decorative-lamps", "compact-refrigerators",
        "roof-coatings",
    ]

    private func scheme(_ name: String) throws -> EvaluationScheme {
        let text = String(decoding: try ImportSamples.resource("schemes/\(name).json"), as: UTF8.self)
        return try EvaluationScheme(try EvaluationAPI.EvaluationScheme.fromJSON(text))
    }

    @Test("a bundled scheme passes every rule on schemes", arguments: names)
    func rules(name: String) throws {
        let scheme = try scheme(name)
        let findings =
            SchemeContentsRule().findings(in: scheme) + CoreIndicatorRule().findings(in: scheme)
            + MethodRule().findings(in: scheme) + LimitsRule().findings(in: scheme)
            + CycleRule().findings(in: scheme) + ForerunnerNumberRule().findings(in: scheme)
            + SchemeOutlineRule().findings(in: scheme)
        #expect(findings.filter { $0.modality != .advice }.map { "\($0.code) \($0.subject)" }.isEmpty)
    }

    @Test("every indicator and attribute of a bundled scheme comes from its profile", arguments: names)
    func profiles(name: String) throws {
        let scheme = try scheme(name)
        let profile = try ImportSamples.bundledProfile(
            name.hasSuffix("lamps")
                ? "light-bulbs" : name.hasSuffix("coatings") ? "roof-products" : "refrigerators")
        let units = Dictionary(uniqueKeysWithValues: profile.indicators.map { ($0.code, $0.unit) })
        for indicator in scheme.indicators {
            for variant in indicator.variants { #expect(units[indicator.code] == variant.unit) }
        }
        let attributes = Set(scheme.indicators.flatMap(\.variants).flatMap(\.conditions).map(\.attribute))
        #expect(attributes.isSubset(of: profile.attributes.map(\.name)))
    }

    @Test("every legal limit says that it is one of the demonstration", arguments: names)
    func legalLimits(name: String) throws {
        for variant in try scheme(name).indicators.flatMap(\.variants) where variant.legal != nil {
            #expect(variant.legalSource.contains("演示限值"))
        }
    }
}
