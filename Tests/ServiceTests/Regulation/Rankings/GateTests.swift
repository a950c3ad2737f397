import Regulation
import Testing

/// One row for each side of each gate. Efficacy is better higher; law asks 60, baseline 70.
@Suite("Gates of the ranking")
struct GateTests {
    private static let efficacy = RankingSamples.indicator(
        "efficacy", RankingSamples.variant(legal: "60", "70", "80", "90"))
    private static let life = RankingSamples.indicator("life", RankingSamples.variant("1", "2", "3"))
    private static let hazard = RankingSamples.indicator(
        "hazard", .basic, .lower, RankingSamples.variant(legal: "5", "3", nil, nil))
    private static let dim = RankingSamples.indicator(
        "dim", .innovative, .yesNo, RankingSamples.variant(nil, nil, nil))
    private let scheme = RankingSamples.scheme([Self.efficacy, Self.life, Self.hazard, Self.dim])
    private let soundDeclarations = ["efficacy≥75", "life≥1", "hazard≤3"]

    private func reasons(_ change: (inout DeclaredStandard) -> Void) throws -> [String] {
        var standard = try RankingSamples.standard(soundDeclarations)
        change(&standard)
        return RankingSamples.reasons(scheme, standard)
    }

    @Test("a sound standard passes every gate")
    func sound() throws {
        #expect(try reasons { _ in } == [])
    }

    @Test("another category is out of scope")
    func scope() throws {
        #expect(try reasons { $0.category = "fridges" } == ["OUT_OF_SCOPE fridges"])
    }

    @Test("the day of the cut-off is the last on which a standard can be declared")
    func declared() throws {
        #expect(try reasons { $0.declaredOn = RankingSamples.cutoff } == [])
        #expect(
            try reasons { $0.declaredOn = RankingSamples.cutoff.adding(days: 1) } == [
                "NOT_DECLARED 2025-07-01"
            ])
    }

    @Test(
        "a standard abolished on the cut-off is out, one abolished the day after is in, whatever its status"
    )
    func inForce() throws {
        #expect(
            try reasons {
                $0.abolishedOn = RankingSamples.cutoff
            } == ["NOT_IN_FORCE 2025-06-30"])
        #expect(
            try reasons {
                $0.abolishedOn = RankingSamples.cutoff.adding(days: 1)
                $0.isInForce = false
            } == [])
        #expect(try reasons { $0.isInForce = false } == ["NOT_IN_FORCE"])
    }

    @Test("number, name, models and requirements have their form")
    func form() throws {
        #expect(
            try reasons {
                if let number = try? StandardNumber("GB 30255-2019") { $0.number = number }
            } == ["MALFORMED GB 30255—2019"])
        #expect(try reasons { $0.name = " " } == ["MALFORMED name"])
        #expect(try reasons { $0.models = [] } == ["MALFORMED models"])
        #expect(try reasons { $0.models = ["A", ""] } == ["MALFORMED models"])
        let wrongWay = try reasons { $0.declarations[0].relation = .atMost }
        #expect(wrongWay == ["MALFORMED efficacy", "MISSING_CORE efficacy"])
        let word = try reasons { $0.declarations.append(RankingSamples.declaration("dim=perhaps")) }
        #expect(word == ["MALFORMED dim"])
    }

    @Test("each mandatory standard broken is a reason")
    func mandatory() throws {
        #expect(
            try reasons { $0.mandatoryBreaches = ["GB 7000.1", "GB 17743"] }
                == ["BREAKS_MANDATORY GB 7000.1", "BREAKS_MANDATORY GB 17743"])
    }

    @Test(
        "a basic indicator is declared and meets baseline and law",
        arguments: [("hazard≤3", true), ("hazard<3", true), ("hazard≤3.01", false), ("hazard≤6", false)])
    func basic(declared: String, passes: Bool) throws {
        let found = try reasons { $0.declarations[2] = RankingSamples.declaration(declared) }
        #expect(found == (passes ? [] : ["BASIC_FAILED hazard"]))
        #expect(try reasons { $0.declarations.removeLast() } == ["BASIC_FAILED hazard"])
    }

    @Test("every applicable core indicator is declared, and one applies")
    func missingCore() throws {
        #expect(
            try reasons { $0.declarations.removeAll { $0.indicator != "hazard" } }
                == ["MISSING_CORE efficacy", "MISSING_CORE life"])
        let nowhere = RankingSamples.variant(
            "1", "2", "3", conditions: [Condition(attribute: "shape", test: .equals, value: "tube")])
        let narrow = RankingSamples.scheme([RankingSamples.indicator("life", nowhere)])
        #expect(RankingSamples.reasons(narrow, try RankingSamples.standard(["life≥3"])) == ["MISSING_CORE"])
    }

    @Test(
        "looser than the law, equal to it, stricter than it",
        arguments: [
            ("efficacy≥59.9", ["LOOSER_THAN_LEGAL efficacy", "NOWHERE_STRICTER", "BELOW_BASELINE efficacy"]),
            ("efficacy≥60", ["NOWHERE_STRICTER", "BELOW_BASELINE efficacy"]),
            ("efficacy>60", ["BELOW_BASELINE efficacy"]), ("efficacy≥70", []),
        ])
    func legal(declared: String, expected: [String]) throws {
        let found = try reasons { $0.declarations[0] = RankingSamples.declaration(declared) }
        #expect(found == expected)
    }

    @Test("one stricter indicator is enough, unless the scheme wants all")
    func strictness() throws {
        let indicators = ["a", "b"].map {
            RankingSamples.indicator($0, RankingSamples.variant(legal: "5", "5", "6", "7"))
        }
        let standard = try RankingSamples.standard(["a≥5", "b≥6"])
        #expect(RankingSamples.reasons(RankingSamples.scheme(indicators), standard) == [])
        let all = RankingSamples.scheme(indicators, allStrictlyBetter: true)
        #expect(RankingSamples.reasons(all, standard) == ["NOWHERE_STRICTER a"])
        let equal = try RankingSamples.standard(["a≥5", "b=5"])
        #expect(RankingSamples.reasons(RankingSamples.scheme(indicators), equal) == ["NOWHERE_STRICTER"])
    }

    @Test("where no core indicator has a legal limit there is nothing to be stricter than")
    func noLaw() throws {
        let scheme = RankingSamples.scheme([Self.life], allStrictlyBetter: true)
        #expect(RankingSamples.reasons(scheme, try RankingSamples.standard(["life≥1"])) == [])
    }

    @Test("products are in series production, services widely offered")
    func offer() throws {
        #expect(try reasons { $0.isSeriesProduced = false } == ["NOT_SERIES_PRODUCED"])
        let service = RankingSamples.scheme([Self.life], isService: true)
        var standard = try RankingSamples.standard(["life≥1"])
        standard.isSeriesProduced = false
        #expect(RankingSamples.reasons(service, standard) == ["NOT_WIDELY_OFFERED"])
        standard.isWidelyOffered = true
        #expect(RankingSamples.reasons(service, standard) == [])
    }

    @Test("the last barred day is barred, the day after is not; the blacklist has no end")
    func standing() throws {
        let standard = try RankingSamples.standard(soundDeclarations)
        let today = Standing(bars: [standard.enterprise: RankingSamples.cutoff])
        #expect(RankingSamples.reasons(scheme, standard, standing: today) == ["BARRED 2025-06-30"])
        let over = Standing(bars: [standard.enterprise: RankingSamples.cutoff.adding(days: -1)])
        #expect(RankingSamples.reasons(scheme, standard, standing: over) == [])
        let listed = Standing(blacklisted: [standard.enterprise])
        #expect(RankingSamples.reasons(scheme, standard, standing: listed) == ["BLACKLISTED"])
        let other = Standing(
            bars: [RankingSamples.enterprise(9): .max], blacklisted: [RankingSamples.enterprise(8)])
        #expect(RankingSamples.reasons(scheme, standard, standing: other) == [])
    }

    @Test(
        "all reasons are listed at once, in the order of the gates, each with its article and two languages")
    func everything() throws {
        var standard = try RankingSamples.standard(["efficacy≥10", "dim=perhaps"])
        standard.category = "fridges"
        standard.declaredOn = RankingSamples.cutoff.adding(days: 2)
        standard.isInForce = false
        standard.mandatoryBreaches = ["GB 7000.1"]
        standard.isSeriesProduced = false
        let standing = Standing(bars: [standard.enterprise: .max], blacklisted: [standard.enterprise])
        let reasons = RankingSamples.evaluate(scheme, [standard], standing: standing).exclusions[0].reasons
        #expect(
            reasons.map(\.code) == [
                "OUT_OF_SCOPE", "NOT_DECLARED", "NOT_IN_FORCE", "MALFORMED", "BREAKS_MANDATORY",
                "BASIC_FAILED",
                "MISSING_CORE", "LOOSER_THAN_LEGAL", "NOWHERE_STRICTER", "NOT_SERIES_PRODUCED", "BARRED",
                "BLACKLISTED", "BELOW_BASELINE",
            ])
        let order = reasons.map { EntryGates.codes.firstIndex(of: $0.code) ?? -1 }
        #expect(order == order.sorted())
        for reason in reasons {
            #expect(
                !reason.citation.section.isEmpty && !reason.messageZH.isEmpty && !reason.messageEN.isEmpty)
        }
    }
}
