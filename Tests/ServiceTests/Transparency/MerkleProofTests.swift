import Foundation
import Testing
import Transparency

@Suite("Checking Merkle proofs")
struct MerkleProofTests {
    private let leaves = (0..<11).map { MerkleHash.leaf([UInt8($0)]) }

    @Test("an inclusion proof holds for its own leaf, place, size and root only")
    func inclusion() throws {
        let tree = MerkleTree(leaves)
        for index in 0..<11 {
            let proof = try #require(tree.inclusionProof(of: LeafIndex(UInt64(index)), in: tree.size))
            let holds = {
                (leaf: MerkleHash, index: UInt64, size: UInt64, root: MerkleHash, proof: [MerkleHash]) in
                MerkleProof.verifyInclusion(
                    of: leaf, at: LeafIndex(index), in: TreeSize(size), root: root, proof: proof)
            }
            let place = UInt64(index)
            #expect(holds(leaves[index], place, 11, tree.root, proof))
            #expect(!holds(leaves[(index + 1) % 11], place, 11, tree.root, proof))
            #expect(!holds(leaves[index], place + 1, 11, tree.root, proof))
            #expect(!holds(leaves[index], place, 11, .empty, proof))
            #expect(!holds(leaves[index], place, 11, tree.root, proof + [.empty]))
            #expect(!holds(leaves[index], place, 11, tree.root, proof.dropLast()))
            #expect(!holds(leaves[index], place, 11, tree.root, [.empty] + proof.dropFirst()))
            #expect(!holds(leaves[index], place, place, tree.root, proof))
            #expect(!holds(leaves[index], .max, 11, tree.root, proof))
        }
    }

    @Test("a consistency proof holds for its own sizes and roots only")
    func consistency() throws {
        let tree = MerkleTree(leaves)
        for old in UInt64(1)...10 {
            let proof = try #require(tree.consistencyProof(from: TreeSize(old), to: tree.size))
            let oldRoot = try #require(tree.root(at: TreeSize(old)))
            let holds = {
                (old: UInt64, oldRoot: MerkleHash, new: UInt64, newRoot: MerkleHash, proof: [MerkleHash]) in
                MerkleProof.verifyConsistency(
                    from: TreeSize(old), root: oldRoot, to: TreeSize(new), root: newRoot, proof: proof)
            }
            #expect(holds(old, oldRoot, 11, tree.root, proof))
            #expect(!holds(old, tree.root, 11, tree.root, proof))
            #expect(!holds(old, oldRoot, 11, oldRoot, proof))
            #expect(!holds(old, oldRoot, 11, tree.root, []))
            #expect(!holds(old, oldRoot, 11, tree.root, proof + [.empty]))
            #expect(!holds(old, oldRoot, 11, tree.root, proof.dropLast()))
            #expect(!holds(0, oldRoot, 11, tree.root, proof))
            #expect(!holds(11, tree.root, old, oldRoot, proof))
        }
        let root = tree.root
        #expect(
            MerkleProof.verifyConsistency(from: tree.size, root: root, to: tree.size, root: root, proof: []))
        #expect(
            !MerkleProof.verifyConsistency(
                from: tree.size, root: root, to: tree.size, root: root, proof: [root]))
        #expect(
            !MerkleProof.verifyConsistency(
                from: tree.size, root: root, to: tree.size, root: .empty, proof: []))
    }

    private static let vectorFolder = ProcessInfo.processInfo.environment["FORERUNNER_SHARED_DATA"]

    /// Wants two equal words of twelve bytes accepted as roots; ours are hashes by their type.
    private static let wordsForRoots = "consistency/additional/sizes-are-equal-one-and-proof-is-empty"

    @Test(
        "the vectors of transparency-dev/merkle are judged as they say",
        .enabled(
            if: vectorFolder != nil,
            "set FORERUNNER_SHARED_DATA to the folder that holds merkle_proof_vectors.json"))
    func vectors() throws {
        let folder = try #require(Self.vectorFolder)
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/merkle_proof_vectors.json"))
        let vectors = try JSONDecoder().decode(MerkleVectors.self, from: data)
        #expect(vectors.inclusion.count + vectors.consistency.count > 190)
        for vector in vectors.inclusion { #expect(vector.verdict == !vector.wantErr, "\(vector.name)") }
        for vector in vectors.consistency where vector.name != Self.wordsForRoots {
            #expect(vector.verdict == !vector.wantErr, "\(vector.name)")
        }
    }
}

/// The file of vectors; hashes are base64 of any length.
private struct MerkleVectors: Decodable {
    struct Inclusion: Decodable {
        let name: String
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: Data
        let leafHash: Data
        let proof: [Data]?
        let wantErr: Bool

        var verdict: Bool {
            guard let root = MerkleHash(root), let leaf = MerkleHash(leafHash),
                let proof = MerkleVectors.hashes(proof)
            else { return false }
            return MerkleProof.verifyInclusion(
                of: leaf, at: LeafIndex(leafIdx), in: TreeSize(treeSize), root: root, proof: proof)
        }
    }

    struct Consistency: Decodable {
        let name: String
        let size1: UInt64
        let size2: UInt64
        let root1: Data
        let root2: Data
        let proof: [Data]?
        let wantErr: Bool

        var verdict: Bool {
            guard let root1 = MerkleHash(root1), let root2 = MerkleHash(root2),
                let proof = MerkleVectors.hashes(proof)
            else { return false }
            return MerkleProof.verifyConsistency(
                from: TreeSize(size1), root: root1, to: TreeSize(size2), root: root2, proof: proof)
        }
    }

    let inclusion: [Inclusion]
    let consistency: [Consistency]

    /// Nil when one of them has another length.
    static func hashes(_ proof: [Data]?) -> [MerkleHash]? {
        let hashes = (proof ?? []).map { MerkleHash($0) }
        return hashes.contains(nil) ? nil : hashes.compactMap { $0 }
    }
}
