import Testing

@testable import Regulation

@Suite("An agency's own publication elsewhere")
struct OwnPublicationTests {
    static let publication = OwnPublication(
        url: "https://agency.example/lists/1", publishedOn: RuleSample.date("2025-10-11"),
        sha256: Array(repeating: 7, count: 32), byteCount: 1, platformDay: RuleSample.date("2025-10-11"),
        recordedOn: RuleSample.date("2025-10-13"))

    private func findings(_ change: (inout OwnPublication) -> Void) -> [Finding] {
        var publication = Self.publication
        change(&publication)
        return OwnPublicationRule().findings(in: publication)
    }

    @Test(
        "the day before, of and after the platform's own",
        arguments: [
            ("2025-10-10", ["PUBLICATION_BEFORE_PLATFORM"], true), ("2025-10-11", [], true),
            ("2025-10-12", ["PUBLICATION_NOT_SYNCHRONOUS"], false),
            ("2025-10-13", ["PUBLICATION_NOT_SYNCHRONOUS"], false),
            ("2025-10-14", ["PUBLICATION_DATED_AHEAD"], true),
        ])
    func days(day: String, codes: [String], blocks: Bool) {
        let found = findings { $0.publishedOn = RuleSample.date(day) }
        #expect(found.ruleCodes == codes)
        #expect(found.allSatisfy { ($0.modality == .must) == blocks })
    }

    @Test("everything that is missing is told at once")
    func missing() {
        let found = findings {
            $0.url = ""
            $0.publishedOn = nil
            $0.sha256 = Array(repeating: 7, count: 31)
            $0.byteCount = 0
        }
        #expect(
            found.ruleCodes == [
                "PUBLICATION_URL_MALFORMED", "PUBLICATION_DIGEST_MALFORMED", "PUBLICATION_EMPTY",
                "PUBLICATION_UNDATED",
            ])
    }

    @Test(
        "an address is one of the web and nothing else",
        arguments: [
            ("http://a", true), ("https://例.example/榜", true), ("https://", false), ("https:///x", false),
            ("javascript:alert(1)", false), ("https://a b", false), ("https://a\"onload=", false),
            ("HTTPS://a", false), ("https://a\n", false),
            ("https://" + String(repeating: "a", count: 1992), true),
            ("https://" + String(repeating: "a", count: 1993), false),
        ])
    func address(url: String, isOne: Bool) {
        #expect(findings { $0.url = url }.isEmpty == isOne)
    }
}
