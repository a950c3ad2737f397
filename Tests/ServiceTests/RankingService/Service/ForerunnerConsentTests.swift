import Authority
import Contracts
import Ledger
import RankingService
import Regulation
import Testing
import Wire

@Suite("Consents to be named as a forerunner")
struct ForerunnerConsentTests {
    private let first = RankingFixture.code(1).text
    private let second = RankingFixture.code(2).text

    private func enterprise(_ number: UInt8) -> Actor {
        Actor(role: .enterprise, institutionCode: RankingFixture.code(number).text)
    }

    private func publish(_ fixture: RankingFixture, _ id: String) async throws -> RankingAPI.ForerunnerList {
        fixture.go(to: "2025-11-29")
        let receipt = try await fixture.service.publishForerunners(
            .init(forerunnerListId: id), fixture.call(RankingFixture.workAgency))
        let event = try await fixture.ledger.events(after: receipt.position - 1, limit: 1)[0]
        return try #require(try RankingAPI.ForerunnersPublished(serialized: event.payload).list)
    }

    private func records(
        _ fixture: RankingFixture, _ id: String, as actor: Actor = RankingFixture.agency
    ) async throws -> RankingAPI.ListConsentsResponse {
        try await fixture.service.listConsents(.init(listId: id), fixture.call(actor))
    }

    @Test("who agreed to be ranked has not agreed to be named as a forerunner")
    func ownConsent() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersChosen(from: try await fixture.published())
        let codes = try await refusedCodes { try await fixture.submitForerunners(id) }
        #expect(codes.filter { $0 == "CONSENT_NOT_RECORDED" }.count == 2)
        try await fixture.consentToForerunners(id)
        try await fixture.submitForerunners(id)
        let list = try await fixture.forerunners(id)
        #expect(list.state == .submitted && list.consentCount == 2 && list.enterpriseCount == 2)
    }

    @Test("an answer is to the list as it was chosen, not to its ranking, and not older than the choice")
    func version() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let id = try await fixture.forerunnersChosen(from: listID)
        let list = try await fixture.forerunners(id)
        let ranking = try await fixture.head(listID).digests?.result ?? []
        #expect(list.digest.count == 32 && list.digest != ranking && list.chosenOn == "2025-11-03")
        let answer = fixture.answer(of: first, given: true)
        let other = try await refusedCodes {
            try await fixture.service.recordConsents(
                .init(listId: id, consents: [answer], resultDigest: ranking),
                fixture.call(RankingFixture.agency))
        }
        #expect(other == ["CONSENT_TO_OTHER_VERSION"])
        var early = answer
        early.givenOn = "2025-11-02"
        let old = early
        let before = try await refusedCodes { try await fixture.record([old], toForerunners: list) }
        #expect(before == ["CONSENT_BEFORE_RESULT"])
        await #expect(throws: RPCStatus(code: .invalidArgument, message: "")) {
            try await fixture.record(
                [fixture.answer(of: RankingFixture.code(3).text, given: true)], toForerunners: list)
        }
    }

    @Test("every answer stays on record with who spoke, in what office, when, by which paper, to which list")
    func history() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersChosen(from: try await fixture.published())
        let list = try await fixture.forerunners(id)
        let no = fixture.answer(of: first, given: false)
        try await fixture.record([no], toForerunners: list)
        fixture.go(to: "2025-11-05")
        let yes = fixture.answer(of: first, given: true)
        try await fixture.record([yes], toForerunners: list, as: enterprise(1))
        let found = try await records(fixture, id)
        #expect(found.records.compactMap(\.consent) == [no, yes])
        #expect(found.records.map(\.stands) == [false, true])
        #expect(found.records.map(\.recordedBy) == [RankingFixture.agency.institutionCode, first])
        #expect(found.records.allSatisfy { $0.resultDigest == list.digest })
        #expect(found.list == nil && found.forerunnerList?.consentCount == 1)
        let lines = try await fixture.service.listHistory(
            .init(stream: "forerunner-list/\(id)"), fixture.call(RankingFixture.agency)
        ).lines
        #expect(lines.map(\.citation) == ["3.2.3", "3.2.4", "3.2.4"])
    }

    @Test("who declines is passed over in a choice made anew, which everybody is asked about again")
    func declined() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let id = try await fixture.forerunnersChosen(from: listID)
        let keys = try await fixture.forerunners(id).forerunners.map(\.entryKey)
        let again = fixture.choice(
            listID, number: 1, skips: [.init(entryKey: keys[0], code: "DECLINED", reason: "企业放弃")])
        func choose() async throws -> String {
            try await fixture.service.chooseForerunners(again, fixture.call(RankingFixture.agency)).id
        }
        try await fixture.consentToForerunners(id)
        #expect(try await refusedCodes { try await choose() } == ["FORERUNNERS_CHOSEN_BEFORE"])
        let list = try await fixture.forerunners(id)
        try await fixture.record([fixture.answer(of: first, given: false)], toForerunners: list)
        #expect(try await refusedCodes { try await fixture.submitForerunners(id) } == ["CONSENT_MISSING"])

        let next = try await choose()
        // Yes after all comes too late for the first choice, and blocks nothing.
        try await fixture.record([fixture.answer(of: first, given: true)], toForerunners: list)
        let superseded = try await refusedCodes { try await fixture.submitForerunners(id) }
        #expect(superseded == ["FORERUNNERS_CHOSEN_ANEW"])
        let unasked = try await refusedCodes { try await fixture.submitForerunners(next) }
        #expect(unasked == ["CONSENT_NOT_RECORDED", "CONSENT_MISSING"])
        try await fixture.consentToForerunners(next)
        try await fixture.submitForerunners(next)
        try await fixture.bringUnderNotice(forerunners: next)
        let shown = try await fixture.forerunners(next, as: .everybody)
        #expect(shown.skips.map(\.entryKey) == ["UNNAMED"], "who declined is not named to the public")
        #expect(try await fixture.forerunners(next).skips.map(\.entryKey) == [keys[0]])
        #expect(try await publish(fixture, next).forerunners.map(\.entryKey) == [keys[1]])
    }

    @Test("a consent can be taken back until the publication; then there is no name, no row and no title")
    func withdrawal() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersUnderNotice(of: try await fixture.published())
        let list = try await fixture.forerunners(id)
        let yes = try await refusedCodes {
            try await fixture.record([fixture.answer(of: first, given: true)], toForerunners: list)
        }
        #expect(yes == ["WRONG_STATE"])
        _ = try await fixture.service.lodgeObjection(
            .init(
                noticeId: list.notice?.id ?? "", objector: "某人", ground: "不实",
                entries: [list.forerunners[0].entryKey]), fixture.call())
        try await fixture.record(
            [fixture.answer(of: first, given: false)], toForerunners: list, as: enterprise(1))
        let shown = try await fixture.forerunners(id, as: .everybody)
        #expect(shown.forerunners.map { $0.enterprise?.creditCode } == [second])
        #expect(shown.notice?.objections.map(\.entries) == [["UNNAMED"]])
        #expect(try await fixture.forerunners(id).forerunners.count == 2)
        let letter = try await fixture.service.getLetter(
            .init(subjectId: id), fixture.call(RankingFixture.agency))
        #expect(letter.rows.map(\.enterprise) == ["乙公司"])
        #expect(letter.digest != letter.submittedDigest)

        let published = try await publish(fixture, id)
        #expect(published.forerunners.map { $0.enterprise?.creditCode } == [second])
        let late = try await refusedCodes {
            try await fixture.record([fixture.answer(of: second, given: false)], toForerunners: list)
        }
        #expect(late == ["WRONG_STATE"])
    }

    @Test("an enterprise sees its own place and answers before the notice, and nobody else's")
    func visibility() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersChosen(from: try await fixture.published())
        try await fixture.consentToForerunners(id)
        let own = try await records(fixture, id, as: enterprise(2))
        #expect(own.forerunnerList?.forerunners.map { $0.enterprise?.creditCode } == [second])
        #expect(own.records.map { $0.consent?.enterpriseCode } == [second])
        #expect(own.forerunnerList?.digest == (try await fixture.forerunners(id).digest))
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        for stranger in [enterprise(3), other, Actor(role: .enterprise, institutionCode: "")] {
            await #expect(throws: RPCStatus(code: .notFound, message: "")) {
                try await records(fixture, id, as: stranger)
            }
        }
        await #expect(throws: RPCStatus(code: .permissionDenied, message: "")) {
            try await fixture.record(
                [fixture.answer(of: first, given: true)],
                toForerunners: try await fixture.forerunners(id), as: enterprise(2))
        }
    }

    @Test("a list submitted before this was asked keeps resting on the consents given to its ranking")
    func oldForm() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let chosen = try await fixture.forerunners(try await fixture.forerunnersChosen(from: listID))
        var old = chosen
        old.id = "F-OLD"
        (old.digest, old.chosenOn, old.enterpriseCount) = ([], "", 0)
        try await append(
            RankingAPI.ForerunnersChosen(list: old),
            RankingAPI.ForerunnersSubmitted(
                forerunnerListId: old.id, submittedOn: "2025-11-03", letterDigest: [1]), fixture)
        let read = try await fixture.forerunners(old.id)
        #expect(read.state == .submitted && read.chosenOn == "2025-11-03" && read.digest.count == 32)
        #expect(read.digest != chosen.digest && read.enterpriseCount == 2 && read.consentCount == 0)
        try await fixture.bringUnderNotice(forerunners: old.id)
        #expect(try await fixture.forerunners(old.id, as: .everybody).forerunners.count == 2)
        #expect(try await publish(fixture, old.id).forerunners.count == 2)

        fixture.ledger.close()
        let report = try LedgerAudit.run(path: fixture.path, projector: RankingProjections())
        #expect(report.problems.isEmpty, "\(report.problems)")
    }

    /// Events as an earlier release wrote them.
    private func append(
        _ chosen: RankingAPI.ForerunnersChosen, _ submitted: RankingAPI.ForerunnersSubmitted,
        _ fixture: RankingFixture
    ) async throws {
        let stream = "forerunner-list/\(submitted.forerunnerListId)"
        _ = try await fixture.ledger.append(
            Append(
                drafts: [EventDraft(stream, chosen), EventDraft(stream, submitted)], expected: [:],
                requestID: "old", requester: "old", requestDigest: [], answer: { _ in [] },
                moment: fixture.clock.now().utcMicroseconds, actor: "old", ruleEdition: "test"))
    }
}
