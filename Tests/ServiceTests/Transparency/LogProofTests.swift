import Testing
import Transparency

@Suite("Proofs as files")
struct LogProofTests {
    private let stage = NoteStage()
    private let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })

    private func proof(_ index: UInt64, extra: [UInt8]? = nil) throws -> LogProof {
        let hashes = try #require(tree.inclusionProof(of: LeafIndex(index), in: tree.size))
        return LogProof(
            extra: extra, index: LeafIndex(index), hashes: hashes,
            note: try stage.checkpoint.signed(by: stage.log))
    }

    private func flaw(_ proof: LogProof, leaf: MerkleHash) -> LogProofFlaw? {
        do throws(LogProofFlaw) {
            _ = try proof.verify(leaf: leaf, in: stage.log.key)
            return nil
        } catch {
            return error
        }
    }

    @Test("each entry's file is read as it was written and proves that entry only")
    func roundTrip() throws {
        for index in 0..<8 as Range<UInt64> {
            for extra in [nil, [], [1, 2, 3]] as [[UInt8]?] {
                let written = try proof(index, extra: extra)
                let read = try LogProof(written.encoded)
                #expect(read == written)
                for (place, entry) in PublishedTree.entries.enumerated() {
                    let expected: LogProofFlaw? =
                        place == index ? nil : .notIncluded(LeafIndex(index), tree.size)
                    #expect(flaw(read, leaf: .leaf(entry)) == expected)
                }
            }
        }
    }

    @Test("the file has the specification's lines")
    func lines() throws {
        let text = String(decoding: try proof(5, extra: [1]).encoded, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AQ==\nindex 5\n"))
        let published = String(decoding: try stage.checkpoint.signed(by: stage.log).encoded, as: UTF8.self)
        #expect(text.hasSuffix("\n\n" + published))
        #expect(
            text.split(separator: "\n", omittingEmptySubsequences: false)[3...5].allSatisfy { $0.count == 44 }
        )
    }

    @Test("what is no such file is refused")
    func refused() throws {
        let text = String(decoding: try proof(5).encoded, as: UTF8.self)
        for changed in [
            "", "c2sp.org/tlog-proof@v1\n\n", text.replacing("@v1", with: "@v2"),
            text.replacing("index 5", with: "index 05"), text.replacing("index 5\n", with: ""),
            text.replacing("index 5\n", with: "extra A\nindex 5\n"),
            text.replacing("index 5\n", with: "index 5\nAAAA\n"),
            text.replacing(
                "index 5\n",
                with: "index 5\n"
                    + String(repeating: "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n", count: 64)),
            String(text.dropLast()),
        ] { #expect(throws: LogProofFlaw.self, "\(changed)") { try LogProof(Array(changed.utf8)) } }
    }

    @Test("another log's key, and an index beyond the log, prove nothing")
    func strangers() throws {
        let entry = MerkleHash.leaf(PublishedTree.entries[5])
        let stranger = try #require(
            LogSigner(name: stage.log.key.name, seed: Array(repeating: 3, count: 32)))
        #expect(throws: LogProofFlaw.note(.unsigned)) { try proof(5).verify(leaf: entry, in: stranger.key) }
        let honest = try proof(5)
        let beyond = LogProof(index: LeafIndex(13), hashes: honest.hashes, note: honest.note)
        #expect(flaw(beyond, leaf: entry) == .notIncluded(LeafIndex(13), tree.size))
    }
}
