import Authority
import Contracts
import Foundation
import Ledger
import RankingService
import Regulation

/// The record of a ranking process with a list of forerunners whose notice is over, ready to be published.
final class PreparedForerunners: Sendable {
    static let forerunnerCount = 60
    /// The clock that the record belongs to, and the day after the notice's last one.
    static let clockID = "standing"
    static let clock = "\(clockID)\n2025-11-29T02:00:00.000000Z\n"

    /// Folder with `ranking.sqlite` and what belongs to it.
    let folder: String
    let listID: String

    init() async throws {
        let fixture = try RankingFixture()
        let listID = try await Self.prepare(fixture)
        fixture.ledger.close()
        folder = try Scratch.folder()
        self.listID = listID
        for path in Scratch.files(in: fixture.folder) where path.contains("/ranking.sqlite") {
            let name = (path as NSString).lastPathComponent
            try FileManager.default.copyItem(atPath: path, toPath: folder + "/" + name)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static func prepare(_ fixture: RankingFixture) async throws -> String {
        try await fixture.learnScheme()
        let codes = (1...UInt8(forerunnerCount)).map { RankingFixture.code($0).text }
        var text = "Name,Code,Number,Model,Efficacy,Flicker,Date\n"
        for (index, code) in codes.enumerated() {
            text += "公司\(index),\(code),Q/LAMP \(100 + index)-2025,M\(index),140,0.1,2025-03-01\n"
        }
        let snapshot = try await fixture.importFile(Array(text.utf8))
        fixture.go(to: "2025-09-03")
        let service = fixture.service
        let (agency, workAgency) = (RankingFixture.agency, RankingFixture.workAgency)
        let list = try await service.computeRanking(
            .init(
                schemeId: RankingFixture.schemeID, snapshotId: snapshot.id, period: .init(year: 2025)),
            fixture.call(agency)
        ).id
        try await fixture.record(codes.map { fixture.answer(of: $0, given: true) }, on: list)
        _ = try await service.submitRanking(
            .init(listId: list, undertakings: RankingFixture.undertakings), fixture.call(agency))
        _ = try await service.reviewRanking(
            .init(listId: list, pass: true, opinion: "一致"), fixture.call(workAgency))
        fixture.go(to: "2025-09-19")
        _ = try await service.openRankingNotice(.init(listId: list), fixture.call(workAgency))
        fixture.go(to: "2025-10-11")
        _ = try await service.publishRanking(.init(listId: list), fixture.call(workAgency))
        fixture.go(to: "2025-11-03")
        let entries = try await fixture.entries(list)
        _ = try await service.recordEvidence(fixture.papers(for: entries, of: list), fixture.call(agency))
        let chosen = try await service.chooseForerunners(
            fixture.choice(list, number: UInt32(forerunnerCount)), fixture.call(agency)
        ).id
        try await fixture.consentToForerunners(chosen)
        try await fixture.submitForerunners(chosen)
        try await fixture.bringUnderNotice(forerunners: chosen)
        return chosen
    }
}
