import Authority
import Contracts
import Crypto
import Foundation
import GRDB
import Ledger
import RankingService
import Testing
import Wire

@Suite("Importing a snapshot over RPC")
struct SnapshotImportTests {
    private let workAgency = RankingFixture.workAgency

    @Test("every row is a standard or a rejected row with its place")
    func summary() async throws {
        let fixture = try RankingFixture()
        let snapshot = try await fixture.importFile()
        let summary = try #require(snapshot.summary)
        #expect(summary.total == 6)
        #expect(summary.accepted == 5)
        #expect(summary.rejected == 1)
        #expect(summary.snapshotDigest.count == 32)
        #expect(summary.fileSha256 == Array(SHA256.hash(data: RankingFixture.file)))
        #expect(snapshot.cutoff == "2025-09-01")
        #expect(snapshot.source == "test data")
        let rows = try await fixture.service.listRejectedRows(
            .init(snapshotId: snapshot.id), fixture.call())
        #expect(rows.rows.map(\.row) == [6])
        #expect(rows.rows.map(\.column) == ["Efficacy"])
    }

    @Test("sending goes on where it stopped, a part sent again does no harm, a gap is refused")
    func resuming() async throws {
        let fixture = try RankingFixture()
        let file = RankingFixture.file
        let started = try await fixture.service.startImport(fixture.startRequest(), fixture.call(workAgency))
        #expect(started.nextOffset == 0)
        for _ in 0..<2 {
            let sent = try await fixture.service.sendPart(
                .init(importId: started.importId, offset: 0, bytes: Array(file[..<100])),
                fixture.call(workAgency))
            #expect(sent.nextOffset == 100)
        }
        await #expect(throws: RPCStatus(code: .outOfRange, message: "")) {
            try await fixture.service.sendPart(
                .init(importId: started.importId, offset: 101, bytes: Array(file[101...])),
                fixture.call(workAgency))
        }
        await #expect(throws: RPCStatus(code: .failedPrecondition, message: "")) {
            try await fixture.service.finishImport(
                .init(importId: started.importId), fixture.call(workAgency))
        }
        let again = try await fixture.service.startImport(fixture.startRequest(), fixture.call(workAgency))
        #expect(again.importId == started.importId)
        #expect(again.nextOffset == 100)
        // Overlaps what is held by fifty bytes.
        _ = try await fixture.service.sendPart(
            .init(importId: again.importId, offset: 50, bytes: Array(file[50...])), fixture.call(workAgency))
        let finished = try await fixture.service.finishImport(
            .init(importId: again.importId), fixture.call(workAgency))
        #expect(finished.snapshot?.summary?.accepted == 5)
    }

    @Test("bytes that are not those announced are thrown away")
    func otherBytes() async throws {
        let fixture = try RankingFixture()
        let announced = fixture.startRequest(sha256: Array(repeating: 0, count: 32))
        let started = try await fixture.service.startImport(announced, fixture.call(workAgency))
        _ = try await fixture.service.sendPart(
            .init(importId: started.importId, offset: 0, bytes: RankingFixture.file),
            fixture.call(workAgency))
        await #expect(throws: RPCStatus(code: .dataLoss, message: "")) {
            try await fixture.service.finishImport(
                .init(importId: started.importId), fixture.call(workAgency))
        }
        let again = try await fixture.service.startImport(announced, fixture.call(workAgency))
        #expect(again.nextOffset == 0)
        #expect(try await fixture.service.listSnapshots(.init(), fixture.call()).snapshots.isEmpty)
    }

    @Test("finishing again with the same request id gives the first answer; the staged files are gone")
    func finishedTwice() async throws {
        let fixture = try RankingFixture()
        let started = try await fixture.service.startImport(fixture.startRequest(), fixture.call(workAgency))
        _ = try await fixture.service.sendPart(
            .init(importId: started.importId, offset: 0, bytes: RankingFixture.file),
            fixture.call(workAgency))
        let call = fixture.call(workAgency, request: "finish")
        let first = try await fixture.service.finishImport(.init(importId: started.importId), call)
        #expect(try await fixture.service.finishImport(.init(importId: started.importId), call) == first)
        let left = try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/imports")
        #expect(left.isEmpty)
    }

    @Test("the same file with the same profile and cut-off is one snapshot")
    func sameFile() async throws {
        let fixture = try RankingFixture()
        _ = try await fixture.importFile()
        await #expect(throws: RPCStatus(code: .alreadyExists, message: "")) {
            try await fixture.importFile()
        }
    }

    @Test("a name of another folder is no import", arguments: ["../ranking", "IMPORT-../../x", ""])
    func foreignName(id: String) async throws {
        let fixture = try RankingFixture()
        await #expect(throws: RPCStatus(code: .notFound, message: "")) {
            try await fixture.service.sendPart(.init(importId: id, offset: 0), fixture.call(workAgency))
        }
    }

    @Test("a cut-off in the future and a file above the bound are refused at the start")
    func bounds() async throws {
        let fixture = try RankingFixture()
        var future = fixture.startRequest()
        future.cutoff = "2025-09-02"
        var large = fixture.startRequest()
        large.byteCount = (2 << 30) + 1
        for request in [future, large] {
            await #expect(throws: RPCStatus(code: .invalidArgument, message: "")) {
                try await fixture.service.startImport(request, fixture.call(workAgency))
            }
        }
    }

    @Test(
        "the audit finds a change in bulk rows",
        arguments: [
            "UPDATE standards SET payload = CAST(replace(payload, x'4D31', x'4D39') AS BLOB)",
            "UPDATE standards SET payload = substr(payload, 1, length(payload) - 1)",
            "UPDATE standards SET payload = CAST(payload || x'00' AS BLOB)",
            "UPDATE standards SET digest = zeroblob(32)",
            "UPDATE standards SET number = number || '1'",
            "UPDATE standards SET enterprise = enterprise + 1",
            "UPDATE standards SET since = 2",
            "UPDATE standards SET until = 7",
            "UPDATE standards SET id = id + (1 << 32)",
            "UPDATE standard_categories SET name = 'X'",
            "DELETE FROM standard_shapes",
            "DELETE FROM standards WHERE id = (SELECT max(id) FROM standards)",
            "INSERT INTO standards "
                + "SELECT id + 100, since, until, origin, enterprise, number, digest, payload FROM standards",
            "DELETE FROM rejected_rows",
            "UPDATE ranking_entries SET rank = 1 WHERE ordinal = 3",
            "DELETE FROM ranking_exclusions",
            "INSERT INTO ranking_entries SELECT 'LIST-X', ordinal, rank, key, credit_code, payload "
                + "FROM ranking_entries",
        ])
    func audit(sql: String) async throws {
        let fixture = try RankingFixture()
        _ = try await fixture.computed()
        fixture.ledger.close()
        let clean = try LedgerAudit.run(path: fixture.path, projector: RankingProjections())
        #expect(clean.problems.isEmpty, "\(clean.problems)")
        try await DatabaseQueue(path: fixture.path).write { try $0.execute(sql: sql) }
        let report = try LedgerAudit.run(path: fixture.path, projector: RankingProjections())
        #expect(!report.problems.isEmpty)
    }
}
