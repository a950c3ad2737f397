import Testing

@testable import Regulation

@Suite("Answers of enterprises to being named")
struct ConsentAnswerTests {
    static let answer = ConsentAnswer(
        enterprise: RuleSample.code(1), isGiven: true, speaker: "王某", office: "标准化负责人",
        givenOn: RuleSample.date("2025-09-10"), sha256: RuleSample.digest, isItsOwn: false,
        answeredDigest: [1, 2], resultDigest: [1, 2], formedOn: RuleSample.date("2025-09-03"),
        recordedOn: RuleSample.date("2025-09-12"), standingSince: nil)

    private func codes(_ change: (inout ConsentAnswer) -> Void) -> [String] {
        var answer = Self.answer
        change(&answer)
        return ConsentAnswerRule().findings(in: answer).ruleCodes
    }

    @Test("an answer with everything has no finding; one with nothing is told everything")
    func whole() {
        #expect(codes { _ in }.isEmpty)
        let nothing = codes {
            $0.speaker = " "
            $0.office = ""
            $0.givenOn = nil
            $0.sha256 = ""
            $0.answeredDigest = []
        }
        #expect(
            nothing == [
                "CONSENT_SPEAKER_MISSING", "CONSENT_OFFICE_MISSING", "CONSENT_UNDATED",
                "CONSENT_TO_OTHER_VERSION", "CONSENT_PAPER_MISSING",
            ])
    }

    @Test(
        "its day lies between the result and the recording, and not before the answer on record",
        arguments: [
            ("2025-09-02", ["CONSENT_BEFORE_RESULT", "CONSENT_OLDER_THAN_RECORDED"]),
            ("2025-09-03", ["CONSENT_OLDER_THAN_RECORDED"]), ("2025-09-07", ["CONSENT_OLDER_THAN_RECORDED"]),
            ("2025-09-08", []), ("2025-09-12", []), ("2025-09-13", ["CONSENT_DATED_AHEAD"]),
        ])
    func days(givenOn: String, expected: [String]) {
        let found = codes {
            $0.givenOn = RuleSample.date(givenOn)
            $0.standingSince = RuleSample.date("2025-09-08")
        }
        #expect(found == expected)
    }

    @Test("a consent to one result is none to another, not even with one bit changed")
    func version() {
        #expect(codes { $0.resultDigest = [1, 3] } == ["CONSENT_TO_OTHER_VERSION"])
    }

    @Test("a yes that the agency hands in needs its paper; a no, and the enterprise's own word, do not")
    func paper() {
        #expect(codes { $0.sha256 = "" } == ["CONSENT_PAPER_MISSING"])
        let no = codes {
            $0.sha256 = ""
            $0.isGiven = false
        }
        #expect(no.isEmpty)
        let own = codes {
            $0.sha256 = ""
            $0.isItsOwn = true
        }
        #expect(own.isEmpty)
        #expect(codes { $0.sha256 = "ABC" } == ["CONSENT_DIGEST_MALFORMED"])
    }
}
