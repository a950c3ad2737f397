import ComplianceService
import Contracts
import Ledger
import RegulatedYear
import Regulation
import Testing
import Wire

@Suite("A regulated year in one process")
struct YearInProcessTests {
    @Test("the year ends with a cancelled title and a list without the barred enterprise")
    func wholeYear() async throws {
        let platform = try InProcessPlatform()
        platform.follow()
        let year = RegulatedYear(stage: platform)
        let outcome = try await year.run()

        let articles = platform.shownSteps.map(\.article)
        for article in [
            "1", "2.1.3", "3.1.1", "3.1.2", "3.1.3", "3.2.1", "3.2.2", "A2-1", "3.2.4", "3.2.3", "A2-2",
            "3.2.5", "3.2.6(4)", "3.2.6",
        ] {
            #expect(articles.contains(article), "no step of \(article)")
        }
        #expect(platform.shownSteps.filter(\.isRefusal).count >= 4)

        let title = try await ComplianceServiceClient(platform.counter).getTitle(
            .init(id: outcome.cancelledTitle))
        #expect(title.title?.state == .cancelled)
        let barred = title.title?.forerunner?.enterprise?.creditCode ?? ""
        let next = try await RankingServiceClient(platform.counter).listExclusions(
            .init(listId: outcome.nextList, page: .init(limit: 1000), code: "BARRED"))
        #expect(next.exclusions.allSatisfy { $0.enterprise?.creditCode == barred })
        #expect(next.total > 0)

        for (role, projector) in platform.projectors {
            let report = try LedgerAudit.run(path: platform.folder + "/\(role).sqlite", projector: projector)
            #expect(report.isSound, "\(role): \(report.problems)")
        }
        await platform.close()
    }

    @Test("a year that is run again on the same stores answers as before and adds nothing")
    func runAgain() async throws {
        let platform = try InProcessPlatform()
        platform.follow()
        let names = Array(BundledData.lampSchemes.suffix(1))
        let first = try await RegulatedYear(stage: platform, schemeNames: names).run()
        var positions: [String: Int64] = [:]
        for (role, ledger) in platform.ledgers { positions[role] = try await ledger.lastPosition() }
        let second = try await RegulatedYear(stage: platform, schemeNames: names).run()
        #expect(first.lists == second.lists)
        #expect(first.cancelledTitle == second.cancelledTitle)
        for (role, ledger) in platform.ledgers {
            let position = try await ledger.lastPosition()
            #expect(position == positions[role], "\(role) recorded something anew")
        }
        await platform.close()
    }
}
