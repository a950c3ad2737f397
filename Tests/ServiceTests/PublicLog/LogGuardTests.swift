import Foundation
import GRDB
import Ledger
import Testing
import Transparency

@testable import PublicLog

/// Whatever is wrong is found before anything is signed.
@Suite("Guards of a log")
struct LogGuardTests {
    private func published(_ count: Int = 300) async throws -> PublicLogStage {
        let stage = try PublicLogStage()
        try await stage.record(count: count)
        try await stage.publishing { try await stage.eventually(size: UInt64(count), $0) }
        return stage
    }

    /// Opening fails with the code, and leaves checkpoint and files as they were.
    private func refuses(_ stage: PublicLogStage, _ code: LogError.Code) async throws {
        let before = try stage.folder.checkpoint()
        #expect(await logErrorCode { _ = try await stage.openWriter() } == code)
        #expect(try stage.folder.checkpoint() == before)
    }

    @Test(
        "a changed byte in any file is found",
        arguments: [
            "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44",
        ])
    func changedByte(_ file: String) async throws {
        let stage = try await published()
        let path = stage.paths.folder + "/" + file
        let content = try #require(FileManager.default.contents(atPath: path))
        for offset in [0, 1, 2, content.count / 2, content.count - 1] {
            var changed = content
            changed[offset] ^= 0x10
            try changed.write(to: URL(fileURLWithPath: path))
            try await refuses(stage, .damaged)
            #expect(throws: LogError.self) { try stage.verify() }
        }
        try content.dropLast().write(to: URL(fileURLWithPath: path))
        try await refuses(stage, .damaged)
        try FileManager.default.removeItem(atPath: path)
        try await refuses(stage, .damaged)
        try content.write(to: URL(fileURLWithPath: path))
        #expect(throws: Never.self) { try stage.verify() }
    }

    @Test("a log too large to be read whole goes on from its edge alone, and not from a changed one")
    func edge() async throws {
        let stage = try await published(700)
        let check = LogCheck(stage.folder)
        var (edge, whole) = (try check.edge(at: TreeSize(700)), try check.replay(to: TreeSize(700)))
        let root = whole.root
        #expect(edge.root == root)
        #expect(edge.unfinished == whole.unfinished)
        for number in 0..<100 {
            let entry = Array("next \(number)".utf8)
            let (after, throughout) = (edge.append(entry), whole.append(entry))
            #expect(after == throughout)
        }
        #expect(edge.root == whole.root)
        for file in ["tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/002.p/188"] {
            let place = URL(fileURLWithPath: stage.paths.folder + "/" + file)
            let content = try Data(contentsOf: place)
            var changed = content
            changed[content.count / 2] ^= 1
            try changed.write(to: place)
            // Refused at once, or found by the root, which the opening compares with the mark's.
            if let other = try? check.edge(at: TreeSize(700)) { #expect(other.root != root, "\(file)") }
            try content.write(to: place)
        }
    }

    @Test("an older copy of the record signs nothing")
    func rolledBack() async throws {
        let stage = try PublicLogStage()
        try await stage.record(count: 5)
        stage.ledger.close()
        let old = try #require(FileManager.default.contents(atPath: stage.store.path))
        stage.ledger = try stage.store.open(create: false)
        try await stage.record(count: 5, from: 5)
        try await stage.publishing { try await stage.eventually(size: 10, $0) }
        stage.ledger.close()
        try old.write(to: URL(fileURLWithPath: stage.store.path))
        stage.ledger = try stage.store.open(create: false)
        try await refuses(stage, .rolledBack)
        // Nor once it has grown past the published position in another way.
        try await stage.record(count: 20, from: 100)
        try await refuses(stage, .rolledBack)
    }

    @Test("of two writers of one log the second to publish signs nothing")
    func twoWriters() async throws {
        let stage = try await published(3)
        let first = try await stage.openWriter()
        let second = try await stage.openWriter()
        try await stage.record(["more"])
        let event = try #require(try await stage.ledger.events(after: 3, limit: 1).first)
        let act = try #require(try PublicLogStage.acts(event))
        let head = LedgerHead(position: event.position, chain: event.chain)
        #expect(try Checkpoint(first.extend(by: [act], upTo: head)).size == TreeSize(4))
        #expect(await logErrorCode { _ = try second.extend(by: [act], upTo: head) } == .otherInstance)
        first.close()
        second.close()
    }

    @Test("the mark of what was published cannot be taken back")
    func markStays() async throws {
        let stage = try await published(3)
        let queue = try DatabaseQueue(path: stage.paths.published)
        for sql in [
            "UPDATE published SET size = 2", "DELETE FROM published", "UPDATE published SET position = 1",
        ] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
        try queue.close()
    }

    @Test("a key, or a mark, that is missing is not made anew")
    func missing() async throws {
        let stage = try await published(3)
        for path in [stage.paths.key, stage.paths.published] {
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
            try await refuses(stage, .unusable)
            #expect(!FileManager.default.fileExists(atPath: path))
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        }
        #expect(throws: Never.self) { try stage.verify() }
    }

    @Test("another key does not sign for the log")
    func otherKey() async throws {
        let stage = try await published(3)
        let name = try #require(NoteKeyName("other.example/log"))
        let other = try #require(LogSigner(name: name, seed: Array(repeating: 1, count: 32)))
        try FileManager.default.removeItem(atPath: stage.paths.key)
        try LogKeyFile.create(stage.paths.key, other)
        try await refuses(stage, .unusable)
    }

    @Test("a deep audit finds an act that its event does not say, and one that is missing from the record")
    func deepAudit() async throws {
        let stage = try await published(300)
        let key = try #require(try LogKeyFile.read(stage.paths.key)).key
        try await stage.record(["hidden"], type: "secret")
        stage.ledger.close()
        let (folder, path) = (stage.folder, stage.store.path)
        let size = try LogAudit.run(folder, signedBy: key, record: path, acts: PublicLogStage.acts)
        #expect(size == TreeSize(300))
        let others = await logErrorCode {
            _ = try LogAudit.run(folder, signedBy: key, record: path) { event in
                try PublicLogStage.acts(event).map { act in
                    PublicAct(
                        service: act.service, act: act.act, subject: act.subject, position: act.position,
                        moment: act.moment, edition: event.position == 277 ? "other" : act.edition,
                        facts: act.facts)
                }
            }
        }
        #expect(others == .damaged)
        let fewer = await logErrorCode {
            _ = try LogAudit.run(folder, signedBy: key, record: path) { event in
                event.position == 300 ? nil : try PublicLogStage.acts(event)
            }
        }
        #expect(fewer == .rolledBack)
    }

    @Test("the key is for its owner alone")
    func keyMode() async throws {
        let stage = try await published(1)
        let attributes = try FileManager.default.attributesOfItem(atPath: stage.paths.key)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a checkpoint that could not be put up is put up later, and its acts are not added twice")
    func lateCheckpoint() async throws {
        let stage = try await published(3)
        let draft = stage.paths.folder + "/checkpoint.new"
        try await stage.publishing { publisher in
            // A folder where the draft is needed fails this write alone, behind tiles and mark.
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
            try await stage.record(["four", "five"])
            try await Task.sleep(for: LogLimits.failurePause + .milliseconds(500))
            #expect(publisher.failure == nil)
            #expect(try stage.checkpoint()?.size == TreeSize(3))
            try FileManager.default.removeItem(atPath: draft)
            try await stage.eventually(size: 5, publisher)
            try await stage.record(["six"])
            try await stage.eventually(size: 6, publisher)
        }
        #expect(try stage.verify().checkpoint.size == TreeSize(6))
    }

    @Test("a disk that takes no writes only delays publishing")
    func fullDisk() async throws {
        let stage = try await published(3)
        let tiles = stage.paths.folder + "/tile"
        try await stage.publishing { publisher in
            // A file where a folder is needed fails every write, also for a privileged user.
            try FileManager.default.moveItem(atPath: tiles, toPath: tiles + ".away")
            try Data().write(to: URL(fileURLWithPath: tiles))
            try await stage.record(["more"])
            try await Task.sleep(for: .milliseconds(300))
            #expect(publisher.failure == nil)
            #expect(try stage.checkpoint()?.size == TreeSize(3))
            try FileManager.default.removeItem(atPath: tiles)
            try FileManager.default.moveItem(atPath: tiles + ".away", toPath: tiles)
            try await stage.eventually(size: 4, publisher)
        }
        #expect(try stage.verify().checkpoint.size == TreeSize(4))
    }
}
