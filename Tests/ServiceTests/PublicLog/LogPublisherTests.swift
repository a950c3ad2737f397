import Foundation
import Ledger
import PublicLog
import Testing
import Transparency

@Suite("Publishing acts in a log")
struct LogPublisherTests {
    @Test("a public act is in a signed checkpoint within a second, others never")
    func promptly() async throws {
        let stage = try PublicLogStage()
        try await stage.publishing { publisher in
            #expect(try stage.checkpoint()?.size == TreeSize(0))
            for round in 1...3 {
                let start = ContinuousClock.now
                try await stage.record(["open \(round)"])
                try await stage.record(["hidden \(round)"], type: "secret")
                try await stage.eventually(size: UInt64(round), publisher)
                #expect(ContinuousClock.now - start < .seconds(1))
            }
        }
        let found = try stage.verify()
        #expect(found.checkpoint.size == TreeSize(3))
        #expect(found.actCounts == ["added": 3])
    }

    @Test("a log goes on where it ended, through full tiles, and reads the same from the start")
    func resumes() async throws {
        let stage = try PublicLogStage()
        var size = 0
        for step in [1, 255, 1, 700, 300] {
            try await stage.record(count: step, from: size)
            size += step
            try await stage.publishing { publisher in
                try await stage.eventually(size: UInt64(size), publisher)
            }
            try stage.restart()
        }
        let found = try stage.verify()
        let tree = MerkleTree(
            try await stage.ledger.events(after: 0, limit: 4000).compactMap(PublicLogStage.acts)
                .map { MerkleHash.leaf($0.entry) })
        #expect(found.checkpoint.size == TreeSize(UInt64(size)))
        #expect(found.checkpoint.root == tree.root)
        let isThere = { FileManager.default.fileExists(atPath: $0) }
        #expect(isThere(stage.paths.folder + "/tile/0/003"))
        #expect(!isThere(stage.paths.folder + "/tile/0/003.p"))
        // Narrower tiles of earlier checkpoints are still answered, from the full one.
        let early = try #require(Tile(.entries, index: 0, width: 1))
        #expect(try stage.folder.bytes(of: early).flatMap { EntryBundle.entries($0) }?.count == 1)
    }

    @Test("what everybody knows of an event is proved by its position")
    func proofs() async throws {
        let stage = try PublicLogStage()
        try await stage.record(["hidden"], type: "secret")
        try await stage.record(count: 600)
        try await stage.publishing { try await stage.eventually(size: 600, $0) }
        let key = try #require(try LogKeyFile.read(stage.paths.key)).key
        let reader = LogReader(folder: stage.folder, key: key)
        for position in [2, 257, 258, 514, 601] as [Int64] {
            let (proof, entry) = try #require(try reader.proof(ofEventAt: position))
            #expect(PublicAct.position(in: entry) == position)
            #expect(proof.index == LeafIndex(UInt64(position - 2)))
            let sent = try LogProof(proof.encoded)
            #expect(try sent.verify(leaf: .leaf(entry), in: key).size == TreeSize(600))
        }
        #expect(try reader.proof(ofEventAt: 1) == nil)
        #expect(try reader.proof(ofEventAt: 602) == nil)
    }

    @Test("a checkpoint that was not put up any more is put up when the log is opened")
    func finishes() async throws {
        let stage = try PublicLogStage()
        try await stage.record(count: 3)
        try await stage.publishing { try await stage.eventually(size: 3, $0) }
        let up = try #require(try stage.folder.checkpoint())
        try FileManager.default.removeItem(atPath: stage.paths.folder + "/checkpoint")
        try await stage.openWriter().close()
        #expect(try stage.folder.checkpoint() == up)
    }

    @Test("a log with no acts has an empty tree's checkpoint, signed")
    func empty() async throws {
        let stage = try PublicLogStage()
        try await stage.openWriter().close()
        let origin = try #require(NoteKeyName(PublicLogStage.origin))
        let expected = Checkpoint(origin: origin, size: TreeSize(0), root: .empty)
        #expect(try stage.verify().checkpoint == expected)
    }
}
