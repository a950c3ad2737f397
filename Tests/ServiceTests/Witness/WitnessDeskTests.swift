import Foundation
import Ledger
import PublicLog
import Testing
import Transparency
import Witness

/// A witness in this process, asked without HTTP.
struct WitnessInProcess: WitnessCaller {
    let desk: WitnessDesk
    let key: NoteKey

    init(log: NoteKey, store path: String) throws {
        let signer = NoteStage().witness
        key = signer.key
        desk = WitnessDesk(
            witness: .init(logs: [log]), signer: signer, store: try WitnessStore(path)
        ) { 1_790_000_000 }
    }

    func ask(_ request: WitnessRequest) async -> WitnessAnswer {
        guard let answer = try? await desk.addCheckpoint(request.encoded) else { return .absent("failed") }
        switch answer.status {
        case 200: return (try? SignedNote.signatures(in: answer.body)).map { .signed($0) } ?? .absent("text")
        case 409:
            let text = String(decoding: answer.body, as: UTF8.self).dropLast()
            return TreeSize(decimal: text).map { .conflict(latest: $0) } ?? .absent("size")
        case 422: return .inconsistent
        default: return .absent("\(answer.status)")
        }
    }
}

@Suite("Witnesses of a log")
struct WitnessDeskTests {
    @Test("each checkpoint is put up with the witness's signature, also when the log starts again")
    func cosigned() async throws {
        let stage = try PublicLogStage()
        let key = try await stage.openWriter().key
        let witness = try WitnessInProcess(log: key, store: stage.store.folder + "/seen.sqlite")
        for round in 1...3 {
            try await stage.record(count: 200, from: 200 * round)
            try await stage.publishing(witnesses: [witness]) { publisher in
                try await stage.eventually(size: UInt64(200 * round), publisher)
            }
            #expect(try stage.verify(witnesses: [witness.key]).signers == [key, witness.key])
        }
    }

    @Test("a log that goes on from an older state than a witness saw puts nothing up")
    func rolledBackTogether() async throws {
        let stage = try PublicLogStage()
        try await stage.record(count: 3)
        try await stage.publishing { try await stage.eventually(size: 3, $0) }
        stage.ledger.close()
        // Everything is rolled back, the mark as well: only somebody else can know.
        let folder = stage.store.folder
        let copy = folder + "-copy"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        stage.ledger = try stage.store.open(create: false)
        let key = try #require(try LogKeyFile.read(stage.paths.key)).key
        let seen = copy + ".seen.sqlite"
        defer { try? FileManager.default.removeItem(atPath: seen) }
        let witness = try WitnessInProcess(log: key, store: seen)
        try await stage.record(count: 5, from: 3)
        try await stage.publishing(witnesses: [witness]) { try await stage.eventually(size: 8, $0) }
        stage.ledger.close()

        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: copy, toPath: folder)
        stage.ledger = try stage.store.open(create: false)
        try await stage.record(["another"])
        try await stage.publishing(witnesses: [witness]) { publisher in
            let end = ContinuousClock.now + .seconds(20)
            while publisher.failure == nil, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(publisher.failure?.code == .otherInstance)
        }
        #expect(try stage.checkpoint()?.size == TreeSize(3))
    }

    @Test("a log goes on without a witness that is away")
    func absent() async throws {
        struct Away: WitnessCaller {
            let key = NoteStage().witness.key
            func ask(_ request: WitnessRequest) async -> WitnessAnswer {
                try? await Task.sleep(for: .seconds(30))
                return .absent("away")
            }
        }
        let stage = try PublicLogStage()
        try await stage.record(count: 3)
        let start = ContinuousClock.now
        try await stage.publishing(witnesses: [Away()]) { try await stage.eventually(size: 3, $0) }
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try stage.verify().signers.count == 1)
    }

    @Test("every answer of the protocol")
    func answers() async throws {
        let note = NoteStage()
        let folder = try TemporaryStore().folder
        let witness = try WitnessInProcess(log: note.log.key, store: folder + "/seen.sqlite")
        let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })
        func request(
            old: UInt64, size: UInt64, proof: [MerkleHash]? = nil, origin: String? = nil,
            signer: LogSigner? = nil
        ) throws -> [UInt8] {
            let root = try #require(tree.root(at: TreeSize(size)))
            let name = try #require(origin.map { NoteKeyName($0) } ?? note.log.key.name)
            let checkpoint = try Checkpoint(origin: name, size: TreeSize(size), root: root)
                .signed(by: signer ?? note.log)
            let hashes = proof ?? tree.consistencyProof(from: TreeSize(old), to: TreeSize(size)) ?? []
            return WitnessRequest(old: TreeSize(old), proof: hashes, note: checkpoint).encoded
        }
        func status(_ body: [UInt8]) async throws -> Int { try await witness.desk.addCheckpoint(body).status }
        let stranger = try #require(LogSigner(name: note.log.key.name, seed: Array(repeating: 7, count: 32)))

        #expect(try await status(Array("old x\n\n".utf8)) == 400)
        #expect(try await status(request(old: 0, size: 3, origin: "other.example/log")) == 404)
        #expect(try await status(request(old: 0, size: 3, signer: stranger)) == 403)
        #expect(try await status(request(old: 0, size: 3, proof: [.empty])) == 422)
        #expect(try await status(request(old: 0, size: 3)) == 200)
        let conflict = try await witness.desk.addCheckpoint(request(old: 2, size: 5))
        #expect(conflict.status == 409)
        #expect(conflict.mediaType == "text/x.tlog.size")
        #expect(conflict.body == Array("3\n".utf8))
        #expect(try await status(request(old: 5, size: 3)) == 400)
        #expect(try await status(request(old: 3, size: 8, proof: [])) == 422)
        // The same checkpoint again is signed again.
        #expect(try await status(request(old: 3, size: 3)) == 200)
        #expect(try await status(request(old: 3, size: 8)) == 200)
        // Another process on the same store goes on from there.
        let again = try WitnessInProcess(log: note.log.key, store: folder + "/seen.sqlite")
        #expect(try await again.desk.addCheckpoint(request(old: 0, size: 3)).status == 409)

        let hash = "23cd8a4ab1f96ee5d3f5c5c6e6f4b67b1b5f0c1a8e1a4e1f0a2b3c4d5e6f7a8b"
        #expect(try await witness.desk.checkpoint(ofOriginHash: hash).status == 404)
    }

    @Test("of requests at once only one builds on what was seen")
    func atOnce() async throws {
        let note = NoteStage()
        let folder = try TemporaryStore().folder
        let witness = try WitnessInProcess(log: note.log.key, store: folder + "/seen.sqlite")
        let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })
        let bodies = try (1...8).map { size in
            let root = try #require(tree.root(at: TreeSize(UInt64(size))))
            let checkpoint = try Checkpoint(
                origin: note.log.key.name, size: TreeSize(UInt64(size)), root: root
            ).signed(by: note.log)
            return WitnessRequest(old: TreeSize(0), proof: [], note: checkpoint).encoded
        }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for body in bodies { group.addTask { try await witness.desk.addCheckpoint(body).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1)
        #expect(statuses.filter { $0 == 409 }.count == 7)
    }
}
