import Testing
import Transparency

/// Every answer of the witness protocol, with a real log.
@Suite("Witnesses")
struct WitnessTests {
    private let stage = NoteStage()
    private let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })

    private var witness: Witness { Witness(logs: [stage.log.key]) }

    private func checkpoint(_ size: UInt64, root: MerkleHash? = nil) throws -> Checkpoint {
        let found = try #require(root ?? tree.root(at: TreeSize(size)))
        return Checkpoint(origin: stage.log.key.name, size: TreeSize(size), root: found)
    }

    private func seen(_ size: UInt64) throws -> Witness.Seen {
        Witness.Seen(size: TreeSize(size), root: try #require(tree.root(at: TreeSize(size))))
    }

    private func request(
        from old: UInt64, to checkpoint: Checkpoint, proof: [MerkleHash]? = nil, signer: LogSigner? = nil
    ) throws -> WitnessRequest {
        let honest = tree.consistencyProof(from: TreeSize(old), to: checkpoint.size) ?? []
        let written = WitnessRequest(
            old: TreeSize(old), proof: proof ?? honest,
            note: try checkpoint.signed(by: signer ?? stage.log))
        // Through its bytes, as it would arrive.
        return try WitnessRequest(written.encoded)
    }

    private func refusal(_ request: WitnessRequest, after seen: Witness.Seen) -> WitnessRefusal? {
        do throws(WitnessRefusal) {
            _ = try witness.judge(request, after: seen)
            return nil
        } catch {
            return error
        }
    }

    @Test("every growth of a log is signed, from nothing and from every size")
    func growth() throws {
        for old in 0...8 as ClosedRange<UInt64> {
            for new in max(old, 1)...8 {
                let request = try request(from: old, to: checkpoint(new))
                #expect(try witness.judge(request, after: old == 0 ? .nothing : seen(old)) == seen(new))
            }
        }
        #expect(refusal(try request(from: 0, to: checkpoint(0)), after: .nothing) == nil)
    }

    @Test("404 for a log that is not known, 403 for a checkpoint that the log has not signed")
    func strangers() throws {
        let stranger = Checkpoint(
            origin: try #require(NoteKeyName("other.example")), size: TreeSize(8), root: tree.root)
        let unknown = refusal(try request(from: 0, to: stranger), after: .nothing)
        #expect(unknown == .unknownLog)
        #expect(unknown?.status == 404)
        let impostor = try #require(
            LogSigner(name: stage.log.key.name, seed: Array(repeating: 3, count: 32)))
        let unsigned = refusal(try request(from: 0, to: checkpoint(8), signer: impostor), after: .nothing)
        #expect(unsigned == .unsigned)
        #expect(unsigned?.status == 403)
    }

    @Test("400 when it would shrink, 409 with the size when the witness saw another")
    func sizes() throws {
        let shrinking = refusal(try request(from: 8, to: checkpoint(6)), after: try seen(8))
        #expect(shrinking == .shrinking)
        #expect(shrinking?.status == 400)
        let conflict = refusal(try request(from: 6, to: checkpoint(8)), after: try seen(7))
        #expect(conflict == .conflict(latest: TreeSize(7)))
        #expect(conflict?.status == 409)
        #expect(
            refusal(try request(from: 0, to: checkpoint(8)), after: try seen(7))
                == .conflict(latest: TreeSize(7)))
    }

    @Test("422 for a proof that proves nothing, a root that changed, and a proof from nothing")
    func inconsistent() throws {
        let wrong = MerkleHash.leaf([9])
        let proof = try #require(tree.consistencyProof(from: TreeSize(6), to: TreeSize(8)))
        for request in [
            try request(from: 6, to: checkpoint(8, root: wrong)),
            try request(from: 6, to: checkpoint(8), proof: []),
            try request(from: 6, to: checkpoint(8), proof: proof.dropLast()),
            try request(from: 6, to: checkpoint(8), proof: proof + [wrong]),
            try request(from: 6, to: checkpoint(6, root: wrong)),
            try request(from: 6, to: checkpoint(6), proof: [wrong]),
        ] {
            #expect(refusal(request, after: try seen(6)) == .inconsistent)
            #expect(refusal(request, after: try seen(6))?.status == 422)
        }
        for request in [
            try request(from: 0, to: checkpoint(8), proof: [wrong]),
            try request(from: 0, to: checkpoint(0, root: wrong)),
        ] { #expect(refusal(request, after: .nothing) == .inconsistent) }
    }

    @Test("a body that is no request is 400")
    func malformed() throws {
        let whole = String(
            decoding: try request(from: 6, to: checkpoint(8)).encoded, as: UTF8.self)
        let hash = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
        for body in [
            "", "old 6", "old 6\n", "old 06\n\n", "new 6\n" + whole.dropFirst(6),
            "old x\n" + whole.dropFirst(6),
            "old 6\nAAAA\n" + whole.dropFirst(6), whole.replacing("\n\ntitles", with: "\ntitles"),
            String(whole.dropLast()), "old 6\n" + String(repeating: hash, count: 64) + "\n" + "text\n",
        ] {
            do throws(WitnessRefusal) {
                _ = try WitnessRequest(Array(body.utf8))
                #expect(Bool(false), "taken: \(body)")
            } catch {
                #expect(error.status == 400)
            }
        }
    }
}
