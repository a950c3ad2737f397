import Contracts
import RankingService
import Regulation
import Testing

@Suite("What a forerunner's title promises")
struct CoreDeclarationsTests {
    private static func efficacy(_ value: String, unit: String = "lm/W") -> StandardsAPI.Declaration {
        .init(indicator: "efficacy", relation: .atLeast, value: value, unit: unit)
    }

    private static let flicker = StandardsAPI.Declaration(
        indicator: "flicker", relation: .atMost, value: "0.1")

    private static func standard(
        _ declarations: [StandardsAPI.Declaration]
    ) -> StandardsAPI.DeclaredStandard {
        .init(
            enterprise: .init(creditCode: RankingFixture.code(1).text, name: "甲公司"),
            number: "Q/LAMP 001-2025", name: "LED灯", category: "LAMP", models: ["M1"],
            declarations: declarations, declaredOn: "2025-03-01", status: .inForce, seriesProduced: true)
    }

    @Test(
        "of several declarations of one indicator it is the worst, which the ranking judged",
        arguments: [
            ["140", "135"], ["135", "140"], ["140", "95", "131"], ["131", "140", "95"], ["140", "140"],
        ])
    func worst(values: [String]) throws {
        let scheme = try EvaluationScheme(RankingFixture.scheme)
        let standard = Self.standard(values.map { Self.efficacy($0) } + [Self.flicker])
        let core = try CoreDeclarations(standard, under: scheme)
        let least = try #require(values.min { Int($0)! < Int($1)! })
        #expect(core.declarations == [Self.efficacy(least), Self.flicker])
        #expect(core.heads.map(\.code) == ["efficacy", "flicker"])
        let ranked = IndicatorResult.results(for: try DeclaredStandard(standard), under: scheme)
        #expect(core.requirements.map(\.declaration.signed) == ranked.map(\.declared))
        #expect(core.requirements.map(\.declaration.signed) == ["≥ \(least)", "≤ 0.1"])
    }

    @Test("what fits no variant was not judged, and is promised only where nothing else is declared")
    func unfitting() throws {
        let scheme = try EvaluationScheme(RankingFixture.scheme)
        let watts = Self.efficacy("10", unit: "W")
        let both = try CoreDeclarations(
            Self.standard([watts, Self.efficacy("140"), Self.flicker]), under: scheme)
        #expect(both.declarations == [Self.efficacy("140"), Self.flicker])
        let alone = try CoreDeclarations(Self.standard([watts, Self.flicker]), under: scheme)
        #expect(alone.declarations == [watts, Self.flicker])
    }
}
