import Authority
import Contracts
import Ledger
import RankingService
import Regulation
import Testing
import Transparency
import Wire

@Suite("Versions of a list, periods, and publications elsewhere")
struct VersionServiceTests {
    /// A second list of the same scheme and period, of a file in which 丙公司 is better and 丁公司 gone, with
    /// 甲公司 barred meanwhile.
    private func second(_ fixture: RankingFixture) async throws -> String {
        let text = String(decoding: RankingFixture.file, as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("丁公司") }
        let changed = lines.map { $0.replacing(",115,", with: ",150,") }
        let snapshot = try await fixture.importFile(Array(changed.map { $0 + "\n" }.joined().utf8))
        fixture.standing.set([.init(creditCode: RankingFixture.code(1).text, lastDay: "2028-01-01")])
        return try await fixture.service.computeRanking(
            .init(
                schemeId: RankingFixture.schemeID, snapshotId: snapshot.id, period: .init(year: 2025)),
            fixture.call(RankingFixture.agency)
        ).id
    }

    private func compare(
        _ fixture: RankingFixture, _ before: String, _ after: String,
        as actor: Actor = RankingFixture.agency, kind: RankingAPI.ChangeKind = .unspecified,
        page: CommonAPI.Page? = nil
    ) async throws -> RankingAPI.CompareRankingsResponse {
        try await fixture.service.compareRankings(
            .init(beforeId: before, afterId: after, kind: kind, page: page), fixture.call(actor))
    }

    @Test("a list computed anew is the next version and names the one it supersedes")
    func numbers() async throws {
        let fixture = try RankingFixture()
        let first = try await fixture.published()
        let second = try await second(fixture)
        let (old, new) = (try await fixture.head(first), try await fixture.head(second))
        #expect(old.version == 1 && new.version == 2)
        #expect(old.supersedes == "" && new.supersedes == first)
        #expect(old.supersededBy == second && new.supersededBy == "")
        // The new one is not public yet, so the public is not told of it.
        let shown = try await fixture.service.getRankingList(.init(id: first), fixture.call()).list
        #expect(shown?.supersededBy == "")
    }

    @Test("the comparison says who left and why, who moved, what changed, and which inputs differ")
    func comparison() async throws {
        let fixture = try RankingFixture()
        let first = try await fixture.published()
        let found = try await compare(fixture, first, try await second(fixture))
        #expect(found.changes.map { $0.enterprise?.name } == ["甲公司", "丁公司", "乙公司", "丙公司"])
        #expect(found.changes.map(\.kind) == [.left, .left, .movedUp, .movedUp])
        #expect(found.changes[0].reasons.map(\.code) == ["BARRED"])
        #expect(found.changes[1].reasons.map(\.code) == ["NOT_IN_SNAPSHOT"])
        #expect(found.changes[2].indicators.isEmpty)
        #expect(found.changes[3].indicators.map(\.declaredAfter) == ["≥ 150"])
        #expect(found.changes[3].before?.rank == 3 && found.changes[3].after?.rank == 2)
        #expect(found.unchanged == 0)
        #expect(found.inputs.map(\.name) == ["SCHEME", "SNAPSHOT", "STANDING", "RESULT"])
        #expect(found.inputs.map(\.changed) == [false, true, true, true])
        let left = try await compare(
            fixture, found.before?.id ?? "", found.after?.id ?? "", kind: .left,
            page: .init(offset: 1, limit: 1))
        #expect(left.total == 2)
        #expect(left.changes.map { $0.enterprise?.name } == ["丁公司"])
        #expect(left.counts == found.counts)
    }

    @Test("lists that the caller may not see are not compared")
    func visibility() async throws {
        let fixture = try RankingFixture()
        let first = try await fixture.published()
        let second = try await second(fixture)
        for pair in [(first, second), (second, first)] {
            await #expect(throws: RPCStatus(code: .notFound, message: "")) {
                try await compare(fixture, pair.0, pair.1, as: .everybody)
            }
        }
        let same = try await compare(fixture, first, first, as: .everybody)
        #expect(same.changes.isEmpty && same.unchanged == 4)
    }

    @Test("a period that the cycle has not, or that has not begun, is refused")
    func periods() async throws {
        let fixture = try RankingFixture()
        try await fixture.learnScheme()
        let snapshot = try await fixture.importFile()
        func codes(_ year: UInt32, _ quarter: UInt32) async throws -> [String] {
            try await refusedCodes {
                try await fixture.service.computeRanking(
                    .init(
                        schemeId: RankingFixture.schemeID, snapshotId: snapshot.id,
                        period: .init(year: year, quarter: quarter)), fixture.call(RankingFixture.agency))
            }
        }
        #expect(try await codes(2025, 3) == ["PERIOD_NOT_OF_CYCLE"])
        #expect(try await codes(2024, 0) == ["PERIOD_BEFORE_SCHEME"])
        #expect(try await codes(2026, 0) == ["PERIOD_NOT_BEGUN"])
        #expect(try await codes(2026, 4) == ["PERIOD_NOT_OF_CYCLE", "PERIOD_NOT_BEGUN"])
        await #expect(throws: RPCStatus(code: .invalidArgument, message: "")) {
            try await fixture.service.computeRanking(
                .init(
                    schemeId: RankingFixture.schemeID, snapshotId: snapshot.id,
                    period: .init(year: 2025, quarter: 5)), fixture.call(RankingFixture.agency))
        }
    }

    private func scheduled(
        _ fixture: RankingFixture, as actor: Actor = RankingFixture.workAgency, overdueOnly: Bool = false
    ) async throws -> [RankingAPI.ScheduledPeriod] {
        try await fixture.service.listPeriods(.init(overdueOnly: overdueOnly), fixture.call(actor)).periods
    }

    @Test("the work agency sees which lists are due, submitted, late or overdue; an agency sees its own")
    func schedule() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        var periods = try await scheduled(fixture)
        #expect(periods.map(\.dueOn) == ["2025-12-31"])
        #expect(periods.map(\.state) == [.open])
        #expect(periods[0].lists.map(\.listId) == [listID])
        fixture.go(to: "2025-12-31")
        #expect(try await scheduled(fixture, overdueOnly: true).isEmpty)
        fixture.go(to: "2026-01-01")
        #expect(try await scheduled(fixture, overdueOnly: true).map { $0.period?.year } == [2025])
        try await fixture.consent(listID)
        let receipt = try await fixture.service.submitRanking(
            .init(listId: listID, undertakings: RankingFixture.undertakings),
            fixture.call(RankingFixture.agency))
        #expect(receipt.findings.map(\.code) == ["SUBMISSION_LATE"])
        periods = try await scheduled(fixture)
        #expect(periods.map(\.state) == [.submittedLate, .open])
        #expect(try await scheduled(fixture, as: RankingFixture.agency).count == 2)
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        #expect(try await scheduled(fixture, as: other).isEmpty)
    }

    private func elsewhere(
        _ id: String, on day: String, url: String = "https://agency.example/1"
    ) -> RankingAPI.RecordOwnPublicationRequest {
        RankingAPI.RecordOwnPublicationRequest(
            subjectId: id, url: url, publishedOn: day, sha256: Array(repeating: 9, count: 32), byteCount: 4)
    }

    @Test("after its publication the agency records what it published elsewhere, and the public sees it")
    func ownPublication() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.underNotice()
        let agency = RankingFixture.agency
        let early = try await refusedCodes {
            try await fixture.service.recordOwnPublication(
                elsewhere(listID, on: "2025-09-19"), fixture.call(agency))
        }
        #expect(early == ["WRONG_STATE"])
        fixture.go(to: "2025-10-11")
        _ = try await fixture.service.publishRanking(
            .init(listId: listID), fixture.call(RankingFixture.workAgency))
        let other = Actor(role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
        await #expect(throws: RPCStatus(code: .permissionDenied, message: "")) {
            try await fixture.service.recordOwnPublication(
                elsewhere(listID, on: "2025-10-11"), fixture.call(other))
        }
        fixture.go(to: "2025-10-13")
        let receipt = try await fixture.service.recordOwnPublication(
            elsewhere(listID, on: "2025-10-12"), fixture.call(agency))
        #expect(receipt.findings.map(\.code) == ["PUBLICATION_NOT_SYNCHRONOUS"])
        let shown = try await fixture.service.getRankingList(.init(id: listID), fixture.call()).list
        let publication = try #require(shown?.ownPublications.first)
        #expect(publication.publishedOn == "2025-10-12" && publication.recordedOn == "2025-10-13")
        #expect(publication.sha256 == Array(repeating: 9, count: 32) && publication.byteCount == 4)
        let event = try await fixture.ledger.events(after: receipt.position - 1, limit: 1)[0]
        let act = try #require(try RankingPublicActs.act(in: event))
        #expect(act.act == "own-publication-recorded")
        #expect(!"\(act.facts)".contains("agency.example"))
    }

    @Test("forerunners are published elsewhere in the same way")
    func ownPublicationOfForerunners() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersUnderNotice(of: try await fixture.published())
        fixture.go(to: "2025-11-29")
        _ = try await fixture.service.publishForerunners(
            .init(forerunnerListId: id), fixture.call(RankingFixture.workAgency))
        _ = try await fixture.service.recordOwnPublication(
            elsewhere(id, on: "2025-11-29"), fixture.call(RankingFixture.agency))
        let list = try await fixture.service.getForerunnerList(.init(id: id), fixture.call())
        #expect(list.ownPublications.map(\.url) == ["https://agency.example/1"])
    }
}
