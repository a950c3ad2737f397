import Testing

@testable import Regulation

@Suite("Choosing forerunners")
struct ForerunnerSelectionTests {
    static func candidate(_ key: String, _ rank: Int) -> ForerunnerCandidate {
        ForerunnerCandidate(
            key: key, rank: rank, enterprise: RuleSample.code(UInt8(rank)), hasReport: true,
            hasSupplement: true, hasCommitment: true, hasConsent: true, isBarred: false, isHeldBack: false)
    }

    /// Ranks 1, 2, 2, 4.
    static func selection(_ number: Int, skips: [ForerunnerSkip] = []) -> ForerunnerSelection {
        ForerunnerSelection(
            candidates: [candidate("d", 4), candidate("c", 2), candidate("b", 2), candidate("a", 1)],
            number: number, skips: skips, consumerChoice: "便于选择", industryDevelopment: "发展快",
            declaredStandardCount: "四项", targetNumber: 4)
    }

    static func codes(_ selection: ForerunnerSelection) -> [String] {
        ForerunnerSelectionRule().findings(in: selection).ruleCodes
    }

    @Test(
        "a number that splits equal ranks is refused",
        arguments: [
            (0, []), (1, []), (2, ["EQUAL_RANKS_SPLIT"]), (3, []), (4, []),
            (5, ["NUMBER_ABOVE_TARGET", "TOO_FEW_CANDIDATES"]), (-1, ["NUMBER_NEGATIVE"]),
        ])
    func number(number: Int, codes: [String]) {
        #expect(Self.codes(Self.selection(number)) == codes)
    }

    @Test("the chosen are the best, in the neutral order within a rank")
    func chosen() {
        #expect(Self.selection(3).chosen.map(\.key) == ["a", "b", "c"])
        #expect(Self.selection(0).chosen.isEmpty)
    }

    @Test("who declines is passed over and the next moves up")
    func nextInLine() {
        let skip = ForerunnerSkip(key: "a", code: .declined, reason: "来函放弃")
        let selection = Self.selection(2, skips: [skip])
        #expect(Self.codes(selection) == [])
        #expect(selection.chosen.map(\.key) == ["b", "c"])
    }

    @Test("one of two equals may be passed over for a true reason")
    func skippedEqual() {
        var selection = Self.selection(
            2, skips: [ForerunnerSkip(key: "b", code: .noReport, reason: "未提交")])
        #expect(Self.codes(selection) == ["SKIP_NOT_BORNE_OUT"])
        selection.candidates[2].hasReport = false
        #expect(Self.codes(selection) == [])
        #expect(selection.chosen.map(\.key) == ["a", "c"])
    }

    @Test("every obstacle keeps an entry off the list", arguments: SkipCode.allCases)
    func obstacles(code: SkipCode) {
        var selection = Self.selection(1)
        switch code {
        case .declined: return
        case .noConsent: selection.candidates[3].hasConsent = false
        case .noReport: selection.candidates[3].hasReport = false
        case .noSupplement: selection.candidates[3].hasSupplement = false
        case .noCommitment: selection.candidates[3].hasCommitment = false
        case .barred: selection.candidates[3].isBarred = true
        case .heldBack: selection.candidates[3].isHeldBack = true
        }
        #expect(Self.codes(selection) == ["CHOSEN_\(code.rawValue)"])
        selection.skips = [ForerunnerSkip(key: "a", code: code, reason: "见记录")]
        selection.number = 2
        #expect(Self.codes(selection) == [])
    }

    @Test("a skip names an entry, a code and a reason, once")
    func skips() {
        let skips = [
            ForerunnerSkip(key: "x", code: .declined, reason: "r"),
            ForerunnerSkip(key: "a", code: nil, reason: ""),
            ForerunnerSkip(key: "a", code: .declined, reason: "r"),
        ]
        #expect(
            Self.codes(Self.selection(0, skips: skips)) == [
                "SKIPPED_ENTRY_UNKNOWN", "SKIP_REASON_MISSING", "SKIP_CODE_MISSING", "SKIP_REPEATED",
            ])
    }

    @Test("each of the three factors needs its reason")
    func factors() {
        var selection = Self.selection(1)
        selection.consumerChoice = ""
        selection.industryDevelopment = ""
        selection.declaredStandardCount = ""
        let findings = ForerunnerSelectionRule().findings(in: selection)
        #expect(findings.ruleCodes == Array(repeating: "NUMBER_FACTOR_MISSING", count: 3))
        #expect(
            findings.map(\.subject) == ["consumerChoice", "industryDevelopment", "declaredStandardCount"])
    }

    @Test("forerunners come from the last published list of their year")
    func annualRanking() {
        let rule = AnnualRankingRule()
        let good = AnnualRanking(isPublished: true, year: 2025, forerunnerYear: 2025, isLastOfYear: true)
        #expect(rule.findings(in: good).isEmpty)
        let bad = AnnualRanking(isPublished: false, year: 2024, forerunnerYear: 2025, isLastOfYear: false)
        #expect(
            rule.findings(in: bad).ruleCodes
                == ["RANKING_NOT_PUBLISHED", "RANKING_OF_OTHER_YEAR", "RANKING_NOT_LAST_OF_YEAR"])
    }

    @Test("a supplement is a text or a file")
    func supplement() {
        let rule = SupplementRule()
        #expect(rule.findings(in: Supplement(text: "说明", sha256: "")).isEmpty)
        #expect(rule.findings(in: Supplement(text: "", sha256: RuleSample.digest)).isEmpty)
        #expect(rule.findings(in: Supplement(text: " ", sha256: "")).ruleCodes == ["SUPPLEMENT_EMPTY"])
        #expect(
            rule.findings(in: Supplement(text: "x", sha256: "ABC")).ruleCodes
                == ["SUPPLEMENT_DIGEST_MALFORMED"])
    }

    @Test("a commitment is signed and dated, not ahead of time")
    func commitment() {
        let day = RuleSample.date("2025-09-01")
        let rule = QualityCommitmentRule()
        let good = QualityCommitment(text: "承诺", signedBy: "张", signedOn: day, recordedOn: day)
        #expect(rule.findings(in: good).isEmpty)
        let empty = QualityCommitment(text: "", signedBy: "", signedOn: nil, recordedOn: day)
        #expect(
            rule.findings(in: empty).ruleCodes
                == ["COMMITMENT_EMPTY", "COMMITMENT_UNSIGNED", "COMMITMENT_UNDATED"])
        let ahead = QualityCommitment(
            text: "承诺", signedBy: "张", signedOn: day.adding(days: 1), recordedOn: day)
        #expect(rule.findings(in: ahead).ruleCodes == ["COMMITMENT_DATED_AHEAD"])
    }
}
