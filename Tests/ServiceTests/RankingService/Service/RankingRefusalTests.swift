import Authority
import Contracts
import RankingService
import Regulation
import Testing
import Wire

@Suite("What RankingService refuses")
struct RankingRefusalTests {
    @Test("only the scheme's agency computes, submits and chooses")
    func otherAgency() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        let snapshot = try await fixture.head(listID).snapshotId
        let denied = RPCStatus(code: .permissionDenied, message: "")
        await #expect(throws: denied) {
            try await fixture.service.computeRanking(
                .init(
                    schemeId: RankingFixture.schemeID, snapshotId: snapshot, period: .init(year: 2025)),
                fixture.call(other))
        }
        await #expect(throws: denied) {
            try await fixture.service.submitRanking(.init(listId: listID), fixture.call(other))
        }
        await #expect(throws: denied) {
            try await fixture.service.chooseForerunners(
                fixture.choice(listID, number: 0), fixture.call(other))
        }
    }

    @Test("an enterprise answers for itself only")
    func foreignConsent() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        let enterprise = Actor(role: .enterprise, institutionCode: RankingFixture.code(1).text)
        let own = fixture.answer(of: RankingFixture.code(1).text, given: true)
        let foreign = fixture.answer(of: RankingFixture.code(2).text, given: true)
        try await fixture.record([own], on: listID, as: enterprise)
        await #expect(throws: RPCStatus(code: .permissionDenied, message: "")) {
            try await fixture.record([own, foreign], on: listID, as: enterprise)
        }
        #expect(try await fixture.head(listID).consentCount == 1)
    }

    @Test(
        "silence stops the submission, a recorded no does not; each missing answer and undertaking is named")
    func missingConsent() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        let found = try await refusedCodes {
            try await fixture.service.submitRanking(
                .init(listId: listID), fixture.call(RankingFixture.agency))
        }
        #expect(found.filter { $0 == "CONSENT_NOT_RECORDED" }.count == 4)
        #expect(found.filter { $0 == "LETTER_UNDERTAKING_MISSING" }.count == 5)
    }

    @Test("nothing is computed while ComplianceService cannot say who is barred")
    func standingUnknown() async throws {
        let fixture = try RankingFixture()
        try await fixture.learnScheme()
        let snapshot = try await fixture.importFile()
        fixture.standing.set(nil)
        let status = await #expect(throws: RPCStatus.self) {
            try await fixture.service.computeRanking(
                .init(
                    schemeId: RankingFixture.schemeID, snapshotId: snapshot.id, period: .init(year: 2025)),
                fixture.call(RankingFixture.agency))
        }
        #expect(status?.code == .unavailable)
        #expect(status?.message.contains("ComplianceService") == true)
    }

    @Test("a barred enterprise is left out, and the bars used are on record")
    func barred() async throws {
        let fixture = try RankingFixture()
        fixture.standing.set([.init(creditCode: RankingFixture.code(1).text, lastDay: "2027-01-01")])
        let listID = try await fixture.computed()
        #expect(try await fixture.entries(listID).map { $0.enterprise?.name } == ["乙公司", "丙公司", "丁公司"])
        // The bar ends; the review evaluates under the recorded bars and finds the same.
        fixture.standing.set([])
        let answers = (2...4).map { fixture.answer(of: RankingFixture.code($0).text, given: true) }
        try await fixture.record(answers, on: listID)
        _ = try await fixture.service.submitRanking(
            .init(listId: listID, undertakings: RankingFixture.undertakings),
            fixture.call(RankingFixture.agency))
        let reviewed = try await fixture.service.reviewRanking(
            .init(listId: listID, pass: true, opinion: "一致"), fixture.call(RankingFixture.workAgency))
        #expect(reviewed.state == "REVIEWED")
    }

    @Test("an enterprise barred since the computing stops review and publication until it is not named")
    func barredSince() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        fixture.go(to: "2025-10-11")
        fixture.standing.set([.init(creditCode: RankingFixture.code(2).text, lastDay: "2028-10-01")])
        let found = try await refusedCodes {
            try await fixture.service.publishRanking(
                .init(listId: listID), fixture.call(RankingFixture.workAgency))
        }
        #expect(found == ["BARRED_ENTERPRISE_NAMED"])
        try await fixture.record(
            [fixture.answer(of: RankingFixture.code(2).text, given: false)], on: listID)
        let receipt = try await fixture.service.publishRanking(
            .init(listId: listID), fixture.call(RankingFixture.workAgency))
        #expect(receipt.state == "PUBLISHED")
    }

    @Test("a list is not published before the last day of its notice is over")
    func early() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        #expect(try await fixture.head(listID).notice?.lastDay == "2025-10-10")
        fixture.go(to: "2025-10-10")
        let found = try await refusedCodes {
            try await fixture.service.publishRanking(
                .init(listId: listID), fixture.call(RankingFixture.workAgency))
        }
        #expect(found == ["NOTICE_STILL_OPEN"])
    }

    @Test("nine working days need a recorded reason")
    func shortNotice() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.submitted()
        _ = try await fixture.service.reviewRanking(
            .init(listId: listID, pass: true, opinion: "一致"), fixture.call(RankingFixture.workAgency))
        let found = try await refusedCodes {
            try await fixture.service.openRankingNotice(
                .init(listId: listID, workingDays: 9), fixture.call(RankingFixture.workAgency))
        }
        #expect(found == ["RESULT_NOTICE_SHORT"])
        let receipt = try await fixture.service.openRankingNotice(
            .init(
                listId: listID, workingDays: 9,
                departures: [.init(code: "RESULT_NOTICE_SHORT", reason: "急需")]),
            fixture.call(RankingFixture.workAgency))
        #expect(receipt.findings.map(\.code) == ["RESULT_NOTICE_SHORT"])
    }

    @Test("forerunners lack papers: each obstacle is named, and a skip has to be true")
    func papersMissing() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let found = try await refusedCodes {
            try await fixture.service.chooseForerunners(
                fixture.choice(listID, number: 1), fixture.call(RankingFixture.agency))
        }
        #expect(found == ["CHOSEN_NO_REPORT", "CHOSEN_NO_SUPPLEMENT", "CHOSEN_NO_COMMITMENT"])
        let first = try await fixture.entries(listID)[0]
        let untrue = try await refusedCodes {
            try await fixture.service.chooseForerunners(
                fixture.choice(
                    listID, number: 0,
                    skips: [.init(entryKey: first.key, code: "BARRED", reason: "禁入")]),
                fixture.call(RankingFixture.agency))
        }
        #expect(untrue == ["SKIP_NOT_BORNE_OUT"])
    }

    @Test("a report that measures less than declared is refused, with the entry it is about")
    func failingReport() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        fixture.go(to: "2025-11-03")
        let first = try await fixture.entries(listID)[0]
        var papers = fixture.papers(for: [first], of: listID)
        papers.reports[0].measured[0].value = "139.9"
        let request = papers
        let found = try await refusedCodes {
            try await fixture.service.recordEvidence(request, fixture.call(RankingFixture.agency))
        }
        #expect(found == ["MEASURED_BELOW_DECLARED"])
    }
}
