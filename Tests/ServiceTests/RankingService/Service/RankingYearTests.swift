import Authority
import Contracts
import Ledger
import RankingService
import Regulation
import Testing
import Wire

@Suite("From an imported file to published forerunners")
struct RankingYearTests {
    @Test("the whole path ends in a self-contained list of forerunners")
    func wholePath() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let entries = try await fixture.entries(listID)
        #expect(entries.map(\.rank) == [1, 2, 3, 4])
        #expect(entries.map { $0.enterprise?.name } == ["甲公司", "乙公司", "丙公司", "丁公司"])
        #expect(entries.map(\.grade) == [1, 1, 2, 3])
        #expect(entries.allSatisfy { $0.standing == .named })
        let left = try await fixture.service.listExclusions(.init(listId: listID), fixture.call())
        #expect(left.exclusions.map { $0.enterprise?.name } == ["戊公司"])
        #expect(left.counts.map(\.count).reduce(0, +) >= 1)

        let forerunnersID = try await fixture.forerunnersUnderNotice(of: listID)
        fixture.go(to: "2025-11-29")
        let receipt = try await fixture.service.publishForerunners(
            .init(forerunnerListId: forerunnersID), fixture.call(RankingFixture.workAgency))
        #expect(receipt.state == "PUBLISHED")

        let events = try await fixture.ledger.events(after: receipt.position - 1, limit: 1)
        let published = try #require(try events[0].decoded(as: RankingAPI.ForerunnersPublished.self)?.list)
        #expect(published.publishedOn == "2025-11-29")
        #expect(published.validityMonths == 12)
        #expect(published.agency?.creditCode == RankingFixture.agency.institutionCode)
        #expect(published.forerunners.map { $0.enterprise?.name } == ["甲公司", "乙公司"])
        let first = published.forerunners[0]
        #expect(first.declarations.map(\.indicator) == ["efficacy", "flicker"])
        #expect(first.declarations.map(\.value) == ["140", "0.1"])
        #expect(first.indicators.map(\.name) == ["光效", "频闪"])
        #expect(first.models == ["M1"])

        fixture.ledger.close()
        let report = try LedgerAudit.run(path: fixture.path, projector: RankingProjections())
        #expect(report.problems.isEmpty, "\(report.problems)")
    }

    @Test("the history of a list names every act and no person")
    func history() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        let lines = try await fixture.service.listHistory(
            .init(stream: "ranking-list/\(listID)"), fixture.call()
        ).lines
        #expect(lines.map(\.citation) == ["3.2.2", "3.2.4", "A2-1", "3.2.4", "3.2.4", "3.2.4"])
        #expect(lines.allSatisfy { !$0.textZh.isEmpty && !$0.textEn.isEmpty })
        #expect(lines.last?.date == "2025-10-11")
    }

    @Test("a command sent again gets its first answer, also while ComplianceService is away")
    func repeated() async throws {
        let fixture = try RankingFixture()
        try await fixture.learnScheme()
        let snapshot = try await fixture.importFile()
        let request = RankingAPI.ComputeRankingRequest(
            schemeId: RankingFixture.schemeID, snapshotId: snapshot.id, period: .init(year: 2025))
        let call = fixture.call(RankingFixture.agency, request: "once")
        let first = try await fixture.service.computeRanking(request, call)
        fixture.standing.set(nil)
        #expect(try await fixture.service.computeRanking(request, call) == first)
    }

    @Test("the letters hold the annex's columns, the named enterprises and one page at a time")
    func letters() async throws {
        let fixture = try RankingFixture()
        let refusing = RankingFixture.code(2).text
        let listID = try await fixture.submitted(refusing: [refusing])
        let letter = try await fixture.service.getLetter(
            .init(subjectId: listID), fixture.call(RankingFixture.agency))
        #expect(letter.annex == "A2-1")
        #expect(letter.columns.count == 7)
        #expect(letter.rows.map(\.enterprise) == ["甲公司", "丙公司", "丁公司"])
        #expect(letter.rows[1].serial == "2")
        #expect(letter.rows[1].remark.contains("第3名"))
        #expect(letter.undertakings.count == 5)
        let page = try await fixture.service.getLetter(
            .init(subjectId: listID, page: .init(offset: 1, limit: 1)), fixture.call(RankingFixture.agency))
        #expect(page.rows == [letter.rows[1]])
        await #expect(throws: RPCStatus(code: .notFound, message: "")) {
            let other = Actor(
                role: .evaluationAgency, institutionCode: RankingFixture.code(90).text)
            return try await fixture.service.getLetter(.init(subjectId: listID), fixture.call(other))
        }
    }
}
