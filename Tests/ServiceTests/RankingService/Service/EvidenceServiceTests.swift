import Authority
import Contracts
import RankingService
import Regulation
import Testing
import Wire

@Suite("Papers of shortlisted enterprises")
struct EvidenceServiceTests {
    @Test("each value stands beside what was declared, with its unit and whether it meets it")
    func beside() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        fixture.go(to: "2025-11-03")
        let best = Array(try await fixture.entries(listID).prefix(2))
        _ = try await fixture.service.recordEvidence(
            fixture.papers(for: best, of: listID), fixture.call(RankingFixture.agency))
        let found = try await fixture.service.listEvidence(
            .init(listId: listID), fixture.call(RankingFixture.agency))
        #expect(found.total == 2)
        let report = try #require(found.entries[0].reports.first)
        #expect(report.report?.laboratory == "检测中心")
        #expect(report.report?.model == "M1")
        #expect(
            report.values == [
                .init(
                    indicator: "efficacy", name: "光效", declared: "≥ 140", measured: "150", unit: "lm/W",
                    meets: true),
                .init(
                    indicator: "flicker", name: "频闪", declared: "≤ 0.1", measured: "0.1", unit: "",
                    meets: true),
            ])
        #expect(found.entries[0].unreportedModels.isEmpty)
        #expect(found.entries[0].commitment?.signedBy == "负责人")
        let page = try await fixture.service.listEvidence(
            .init(listId: listID, page: .init(offset: 1, limit: 1)), fixture.call(RankingFixture.agency))
        #expect(page.entries.map(\.entryKey) == [best[1].key])
    }

    @Test("an enterprise sees its own papers only, and who is not concerned sees no list")
    func own() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        fixture.go(to: "2025-11-03")
        let best = Array(try await fixture.entries(listID).prefix(2))
        _ = try await fixture.service.recordEvidence(
            fixture.papers(for: best, of: listID), fixture.call(RankingFixture.agency))
        func found(_ number: UInt8, key: String = "") async throws -> [String] {
            let actor = Actor(role: .enterprise, institutionCode: RankingFixture.code(number).text)
            return try await fixture.service.listEvidence(
                .init(listId: listID, entryKey: key), fixture.call(actor)
            ).entries.map(\.entryKey)
        }
        #expect(try await found(1) == [best[0].key])
        #expect(try await found(1, key: best[1].key) == [])
        #expect(try await found(3) == [])
        await #expect(throws: RPCStatus(code: .notFound, message: "")) { try await found(6) }
    }

    @Test("a value in another unit, an old date and a stranger's model are refused with the entry's name")
    func form() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.published()
        fixture.go(to: "2025-11-03")
        let first = try await fixture.entries(listID)[0]
        var papers = fixture.papers(for: [first], of: listID)
        papers.reports[0].measured[0].unit = "W"
        papers.reports[0].model = "M2"
        papers.reports[0].issuedOn = "2025-02-28"
        let request = papers
        let codes = try await refusedCodes {
            try await fixture.service.recordEvidence(request, fixture.call(RankingFixture.agency))
        }
        #expect(codes == ["REPORT_OF_OTHER_MODEL", "REPORT_BEFORE_STANDARD", "MEASURED_IN_OTHER_UNIT"])
    }

    @Test("an entry of two models is a forerunner only with a report for each")
    func twoModels() async throws {
        let fixture = try RankingFixture(isPaired: true)
        let listID = try await fixture.published()
        fixture.go(to: "2025-11-03")
        let first = try await fixture.entries(listID)[0]
        #expect(first.models == ["M1", "M1B"])
        var papers = fixture.papers(for: [first], of: listID)
        _ = try await fixture.service.recordEvidence(papers, fixture.call(RankingFixture.agency))
        let half = try await fixture.service.listEvidence(
            .init(listId: listID), fixture.call(RankingFixture.agency))
        #expect(half.entries[0].unreportedModels == ["M1B"])
        let codes = try await refusedCodes {
            try await fixture.service.chooseForerunners(
                fixture.choice(listID, number: 1), fixture.call(RankingFixture.agency))
        }
        #expect(codes == ["CHOSEN_NO_REPORT"])
        papers.reports[0].model = "M1B"
        (papers.supplements, papers.commitments) = ([], [])
        _ = try await fixture.service.recordEvidence(papers, fixture.call(RankingFixture.agency))
        let id = try await fixture.service.chooseForerunners(
            fixture.choice(listID, number: 1), fixture.call(RankingFixture.agency)
        ).id
        let list = try await fixture.service.getForerunnerList(
            .init(id: id), fixture.call(RankingFixture.agency))
        #expect(list.number == 1)
        #expect(list.targetNumber == 2)
    }
}
