import Authority
import Contracts
import RankingService
import Regulation
import Testing
import Wire

@Suite("Consents on record")
struct ConsentServiceTests {
    private let first = RankingFixture.code(1).text
    private let second = RankingFixture.code(2).text

    private func enterprise(_ number: UInt8) -> Actor {
        Actor(role: .enterprise, institutionCode: RankingFixture.code(number).text)
    }

    private func records(
        _ fixture: RankingFixture, _ listID: String, as actor: Actor = RankingFixture.agency,
        of code: String = "", standingOnly: Bool = false
    ) async throws -> RankingAPI.ListConsentsResponse {
        try await fixture.service.listConsents(
            .init(listId: listID, enterpriseCode: code, standingOnly: standingOnly), fixture.call(actor))
    }

    @Test(
        "a record says who spoke, in what office, when, to which result, by which paper, and who recorded it"
    )
    func record() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        fixture.go(to: "2025-09-10")
        var answer = fixture.answer(of: first, given: true)
        answer.givenOn = "2025-09-05"
        try await fixture.record([answer], on: listID)
        let found = try await records(fixture, listID)
        let record = try #require(found.records.first)
        #expect(found.total == 1)
        #expect(record.consent == answer)
        #expect(record.recordedOn == "2025-09-10")
        #expect(record.recordedBy == RankingFixture.agency.institutionCode)
        #expect(record.resultDigest == found.list?.digests?.result)
        #expect(record.resultDigest.count == 32)
        #expect(record.stands)
    }

    @Test("an answer that is changed before the submission stays on record and stands no more")
    func history() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        for (day, given) in [("2025-09-05", true), ("2025-09-08", false), ("2025-09-09", true)] {
            fixture.go(to: day)
            try await fixture.record([fixture.answer(of: first, given: given)], on: listID)
        }
        try await fixture.record([fixture.answer(of: second, given: false)], on: listID)
        let all = try await records(fixture, listID, of: first)
        #expect(all.records.map { $0.consent?.given } == [true, false, true])
        #expect(all.records.map(\.stands) == [false, false, true])
        #expect(all.total == 3)
        let standing = try await records(fixture, listID, standingOnly: true)
        #expect(standing.total == 2)
        #expect(Set(standing.records.compactMap { $0.consent?.enterpriseCode }) == [first, second])
        #expect(try await fixture.head(listID).consentCount == 1)
    }

    @Test("a consent to one result is refused by a list computed anew, and nothing carries over to it")
    func version() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        try await fixture.consent(listID)
        let old = try await fixture.head(listID)
        fixture.standing.set([.init(creditCode: RankingFixture.code(4).text, lastDay: "2028-01-01")])
        let newID = try await fixture.service.computeRanking(
            .init(
                schemeId: RankingFixture.schemeID, snapshotId: old.snapshotId, period: .init(year: 2025)),
            fixture.call(RankingFixture.agency)
        ).id
        #expect(try await fixture.head(newID).consentCount == 0)
        let codes = try await refusedCodes {
            try await fixture.service.recordConsents(
                .init(
                    listId: newID, consents: [fixture.answer(of: first, given: true)],
                    resultDigest: old.digests?.result ?? []), fixture.call(RankingFixture.agency))
        }
        #expect(codes == ["CONSENT_TO_OTHER_VERSION"])
        let silent = try await refusedCodes {
            try await fixture.service.submitRanking(
                .init(listId: newID, undertakings: RankingFixture.undertakings),
                fixture.call(RankingFixture.agency))
        }
        #expect(silent == Array(repeating: "CONSENT_NOT_RECORDED", count: 3))
    }

    @Test("after the submission an answer can only be withdrawn; then the enterprise is unnamed to the end")
    func withdrawal() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.submitted()
        let yes = try await refusedCodes {
            try await fixture.record([fixture.answer(of: first, given: true)], on: listID)
        }
        #expect(yes == ["WRONG_STATE"])
        try await fixture.record([fixture.answer(of: first, given: false)], on: listID)
        let again = try await refusedCodes {
            try await fixture.record([fixture.answer(of: first, given: true)], on: listID)
        }
        #expect(again == ["WRONG_STATE"])
        _ = try await fixture.service.reviewRanking(
            .init(listId: listID, pass: true, opinion: "一致"), fixture.call(RankingFixture.workAgency))
        fixture.go(to: "2025-09-19")
        _ = try await fixture.service.openRankingNotice(
            .init(listId: listID), fixture.call(RankingFixture.workAgency))
        fixture.go(to: "2025-10-11")
        _ = try await fixture.service.publishRanking(
            .init(listId: listID), fixture.call(RankingFixture.workAgency))
        let shown = try await fixture.entries(listID, as: .everybody)
        #expect(shown[0] == RankingAPI.Entry(rank: 1, grade: 1, standing: .consentNotGiven))
        let late = try await refusedCodes {
            try await fixture.record([fixture.answer(of: second, given: false)], on: listID)
        }
        #expect(late == ["WRONG_STATE"])
    }

    @Test("an enterprise sees its own entries and answers before the notice, and nobody else's")
    func own() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        let asked = try await records(fixture, listID, as: enterprise(1))
        #expect(asked.ownEntries.map { $0.enterprise?.creditCode } == [first])
        #expect(asked.list?.digests?.result.count == 32)
        try await fixture.consent(listID)
        let found = try await records(fixture, listID, as: enterprise(1), of: second)
        #expect(found.records.map { $0.consent?.enterpriseCode } == [first])
        #expect(found.total == 1)
        let notFound = RPCStatus(code: .notFound, message: "")
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        for stranger in [enterprise(6), other, Actor(role: .enterprise, institutionCode: "")] {
            await #expect(throws: notFound) { try await records(fixture, listID, as: stranger) }
        }
        #expect(try await records(fixture, listID, as: RankingFixture.workAgency).total == 4)
    }

    @Test("one bad answer keeps all of a request out, and each is named")
    func whole() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        var nameless = fixture.answer(of: second, given: true)
        nameless.office = ""
        nameless.sha256 = ""
        let consents = [fixture.answer(of: first, given: true), nameless]
        let codes = try await refusedCodes { try await fixture.record(consents, on: listID) }
        #expect(codes == ["CONSENT_OFFICE_MISSING", "CONSENT_PAPER_MISSING"])
        #expect(try await records(fixture, listID).total == 0)
        await #expect(throws: RPCStatus(code: .invalidArgument, message: "")) {
            try await fixture.record([consents[0], consents[0]], on: listID)
        }
    }
}
