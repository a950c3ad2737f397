import Foundation
import Ledger
import PublicLog
import Testing
import Transparency

@Suite("Backup of a record with its log, and what a restored one may sign")
struct RecoveryTests {
    /// A log of 300 acts, a backup of it, and 20 acts more.
    private func backedUp() async throws -> (stage: PublicLogStage, backup: RecordBackup) {
        let stage = try PublicLogStage()
        try await stage.record(count: 300)
        try await stage.publishing { try await stage.eventually(size: 300, $0) }
        let key = try #require(try LogKeyFile.read(stage.paths.key)).key
        let backup = RecordBackup(folder: stage.store.folder + "/backups/one", role: "scheme")
        let ledger = stage.ledger
        let (manifest, _) = try await backup.make(log: stage.folder, key: key) { try ledger.backUp(to: $0) }
        #expect(try backup.manifest() == manifest)
        #expect(manifest.logSize == TreeSize(300))
        try await stage.record(count: 20, from: 1000)
        try await stage.publishing { try await stage.eventually(size: 320, $0) }
        stage.ledger.close()
        return (stage, backup)
    }

    private func restore(_ stage: PublicLogStage, _ backup: RecordBackup) throws {
        try FileManager.default.removeItem(atPath: stage.store.path)
        _ = try Ledger.restore(
            from: backup.storePath, to: stage.store.path, expecting: nil, projector: TallyProjector())
        stage.ledger = try stage.store.open(create: false)
    }

    @Test("a restored record cannot sign a smaller checkpoint than was published")
    func older() async throws {
        let (stage, backup) = try await backedUp()
        try restore(stage, backup)
        #expect(await logErrorCode { _ = try await stage.openWriter() } == .rolledBack)
        #expect(try stage.checkpoint()?.size == TreeSize(320))
    }

    @Test("after the machine is lost a log goes on from what the public has seen last, and not from less")
    func adoption() async throws {
        let (stage, backup) = try await backedUp()
        let seen = try #require(try stage.folder.checkpoint())
        try FileManager.default.removeItem(atPath: stage.paths.published)
        #expect(await logErrorCode { _ = try await stage.openWriter() } == .unusable)

        // The record of the backup lacks what the checkpoint speaks of.
        try restore(stage, backup)
        let old = await logErrorCode {
            _ = try await LogAdoption.adopt(
                seen, at: stage.paths, of: stage.ledger, acts: PublicLogStage.acts)
        }
        #expect(old == .rolledBack)
        // With files of the backup the log cannot have the checkpoint's root at all.
        try FileManager.default.removeItem(atPath: stage.paths.folder)
        try FileManager.default.copyItem(atPath: backup.logFolder.path, toPath: stage.paths.folder)
        let files = await logErrorCode {
            _ = try await LogAdoption.adopt(
                seen, at: stage.paths, of: stage.ledger, acts: PublicLogStage.acts)
        }
        #expect(files == .damaged)

        // Nobody has seen a later checkpoint than the backup's: the log goes on from it.
        let last = try #require(try backup.logFolder.checkpoint())
        let adopted = try await LogAdoption.adopt(
            last, at: stage.paths, of: stage.ledger, acts: PublicLogStage.acts)
        #expect(adopted.size == TreeSize(300))
        try await stage.record(["later"])
        try await stage.publishing { try await stage.eventually(size: 301, $0) }
        #expect(try stage.verify().checkpoint.size == TreeSize(301))
        let again = await logErrorCode {
            _ = try await LogAdoption.adopt(
                last, at: stage.paths, of: stage.ledger, acts: PublicLogStage.acts)
        }
        #expect(again == .unusable)
    }

    @Test("a checkpoint that another key has signed is not adopted")
    func foreignCheckpoint() async throws {
        let (stage, backup) = try await backedUp()
        try FileManager.default.removeItem(atPath: stage.paths.published)
        try restore(stage, backup)
        let name = try #require(NoteKeyName(PublicLogStage.origin))
        let stranger = try #require(LogSigner(name: name, seed: Array(repeating: 1, count: 32)))
        let forged = try Checkpoint(origin: name, size: TreeSize(0), root: .empty).signed(by: stranger)
            .encoded
        let code = await logErrorCode {
            _ = try await LogAdoption.adopt(
                forged, at: stage.paths, of: stage.ledger, acts: PublicLogStage.acts)
        }
        #expect(code == .unusable)
        #expect(!FileManager.default.fileExists(atPath: stage.paths.published))
    }
}
