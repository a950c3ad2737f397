import Authority
import ComplianceService
import Contracts
import Foundation
import GRDB
import Glibc
import Ledger
import RankingService
import Testing
import Wire

/// One publication of forerunners by processes of their own, some of which are killed meanwhile.
struct GrantingRound: Sendable {
    struct Outcome {
        /// All titles there are in the end, by id.
        let titles: [ComplianceAPI.Title]
        let killCount: Int
    }

    /// Times that each side is killed: before, while and after the other hears of the publication.
    private static let killCount = 3
    /// Publication, feed and granting take some tens of milliseconds together.
    private static let killAfter = 0...90
    private static let platformKey = String(repeating: "k", count: 32)

    private let prepared: PreparedForerunners
    private let deployed: Deployed

    init(_ prepared: PreparedForerunners) throws {
        self.prepared = prepared
        deployed = try Deployed(clockID: PreparedForerunners.clockID)
        try PreparedForerunners.clock.write(
            toFile: deployed.folder + "/clock", atomically: true, encoding: .utf8)
        try FileManager.default.copyItem(atPath: prepared.folder, toPath: deployed.data)
    }

    func run(killing sides: [String]) async throws -> Outcome {
        defer { deployed.remove() }
        let ranking = ClientChannel(host: "127.0.0.1", port: deployed.portBase + 1)
        let compliance = ClientChannel(host: "127.0.0.1", port: deployed.portBase + 2)
        var servants: [String: Servant] = [:]
        for role in ["ranking", "compliance"] { servants[role] = try await deployed.start(role) }
        let publishing = Task { try await publish(RankingServiceClient(ranking)) }
        var killCount = 0
        for _ in 0..<(sides.isEmpty ? 0 : Self.killCount) {
            try await Task.sleep(for: .milliseconds(Int.random(in: Self.killAfter)))
            for side in sides {
                try await servants[side]?.end(SIGKILL)
                killCount += 1
            }
            for side in sides { servants[side] = try await deployed.start(side) }
        }
        try await publishing.value
        let titles = ComplianceServiceClient(compliance)
        try await eventually("every forerunner has a title") {
            let found = try? await titles.findTitles(.init(page: .init(limit: 1000)))
            return Int(found?.total ?? 0) >= PreparedForerunners.forerunnerCount
        }
        let found = try await titles.findTitles(.init(page: .init(limit: 1000))).titles
        await ranking.close()
        await compliance.close()
        for servant in servants.values { #expect(try await servant.end() == 0, "\(servant.words)") }
        try expectOnce(found)
        return Outcome(titles: found, killCount: killCount)
    }

    /// Sends the publication until it is answered: the same command, so that it is applied once.
    private func publish(_ client: RankingServiceClient) async throws {
        let workAgency = Actor(role: .workAgency, institutionCode: RankingFixture.workAgency.institutionCode)
        let metadata = workAgency.vouched(
            in: [CallMetadata.requestID: "publish-once"], platformKey: Self.platformKey)
        try await eventually("the publication is answered") {
            do throws(RPCStatus) {
                _ = try await client.publishForerunners(
                    .init(forerunnerListId: prepared.listID),
                    options: CallOptions(timeout: .seconds(10), metadata: metadata))
                return true
            } catch {
                guard [.unavailable, .deadlineExceeded, .cancelled].contains(error.code) else { throw error }
                return false
            }
        }
    }

    /// The records themselves: one publication, one grant for each title, and both stores sound.
    private func expectOnce(_ titles: [ComplianceAPI.Title]) throws {
        let published = try streams(of: RankingAPI.ForerunnersPublished.fullName, in: "ranking")
        #expect(published == ["forerunner-list/\(prepared.listID)"])
        let granted = try streams(of: ComplianceAPI.TitleGranted.fullName, in: "compliance")
        #expect(granted == titles.map { "title/\($0.id)" }.sorted())
        for (role, projector) in [
            ("ranking", RankingProjections() as any Projector), ("compliance", ComplianceProjections()),
        ] {
            let report = try LedgerAudit.run(path: deployed.data + "/\(role).sqlite", projector: projector)
            #expect(report.isSound, "\(role): \(report.problems)")
        }
    }

    /// Streams of all events of a type, one for each event, sorted.
    private func streams(of type: String, in role: String) throws -> [String] {
        let queue = try DatabaseQueue(path: deployed.data + "/\(role).sqlite")
        defer { try? queue.close() }
        return try queue.read { database in
            try String.fetchAll(
                database, sql: "SELECT stream FROM events WHERE type = ? ORDER BY stream", arguments: [type])
        }
    }
}
