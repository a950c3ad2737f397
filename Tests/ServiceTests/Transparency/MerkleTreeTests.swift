import Testing
import Transparency

@Suite("The Merkle tree")
struct MerkleTreeTests {
    @Test("roots of the first eight sizes are the published ones")
    func publishedRoots() throws {
        let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })
        for (size, root) in PublishedTree.roots.enumerated() {
            #expect(tree.root(at: TreeSize(UInt64(size))) == hash(root), "size \(size)")
        }
        #expect(tree.root == hash(PublishedTree.roots[8]))
        #expect(tree.size == TreeSize(8))
    }

    @Test("proofs are the published ones")
    func publishedProofs() throws {
        let tree = MerkleTree(PublishedTree.entries.map { MerkleHash.leaf($0) })
        for (index, size, proof) in PublishedTree.inclusions {
            #expect(
                tree.inclusionProof(of: LeafIndex(index), in: TreeSize(size)) == (try hashes(proof)),
                "leaf \(index) of \(size)")
        }
        for (old, new, proof) in PublishedTree.consistencies {
            #expect(
                tree.consistencyProof(from: TreeSize(old), to: TreeSize(new)) == (try hashes(proof)),
                "\(old) to \(new)")
        }
    }

    @Test("roots and all proofs equal the definitions up to 64 leaves, and verify")
    func definitions() throws {
        let entries = (0..<64).map { [UInt8($0), UInt8($0 * 3 & 255)] }
        let tree = MerkleTree(entries.map { MerkleHash.leaf($0) })
        var roots = [MerkleReference.root([])]
        for size in 1...64 {
            let part = entries.prefix(size)
            roots.append(MerkleReference.root(part))
            let treeSize = TreeSize(UInt64(size))
            #expect(tree.root(at: treeSize) == roots[size])
            for index in 0..<size {
                let leafIndex = LeafIndex(UInt64(index))
                let proof = try #require(tree.inclusionProof(of: leafIndex, in: treeSize))
                #expect(proof == MerkleReference.path(index, part))
                #expect(
                    MerkleProof.verifyInclusion(
                        of: .leaf(entries[index]), at: leafIndex, in: treeSize, root: roots[size],
                        proof: proof))
            }
            for old in 1...size {
                let proof = try #require(tree.consistencyProof(from: TreeSize(UInt64(old)), to: treeSize))
                #expect(proof == MerkleReference.proof(old, part))
                #expect(
                    MerkleProof.verifyConsistency(
                        from: TreeSize(UInt64(old)), root: roots[old], to: treeSize, root: roots[size],
                        proof: proof))
            }
        }
    }

    @Test("a tree grown leaf by leaf is the tree made at once")
    func growth() {
        let leaves = (0..<40).map { MerkleHash.leaf([$0]) }
        var grown = MerkleTree()
        for (count, leaf) in leaves.enumerated() {
            #expect(grown.root == MerkleTree(leaves.prefix(count)).root)
            grown.append(leaf)
        }
        #expect(grown.leaf(at: LeafIndex(39)) == leaves[39])
    }

    @Test("what a tree does not have is nil")
    func bounds() {
        let tree = MerkleTree([MerkleHash.leaf([1]), .leaf([2]), .leaf([3])])
        #expect(tree.leaf(at: LeafIndex(3)) == nil)
        #expect(tree.root(at: TreeSize(4)) == nil)
        #expect(tree.inclusionProof(of: LeafIndex(0), in: TreeSize(4)) == nil)
        #expect(tree.inclusionProof(of: LeafIndex(2), in: TreeSize(2)) == nil)
        #expect(tree.inclusionProof(of: LeafIndex(.max), in: TreeSize(3)) == nil)
        #expect(tree.consistencyProof(from: TreeSize(0), to: TreeSize(3)) == nil)
        #expect(tree.consistencyProof(from: TreeSize(3), to: TreeSize(2)) == nil)
        #expect(tree.consistencyProof(from: TreeSize(1), to: TreeSize(.max)) == nil)
        #expect(tree.consistencyProof(from: TreeSize(3), to: TreeSize(3)) == [])
    }

    @Test("a hash has exactly 32 bytes", arguments: [0, 31, 33, 64])
    func hashLength(count: Int) {
        #expect(MerkleHash([UInt8](repeating: 0, count: count)) == nil)
        #expect(MerkleHash([UInt8](repeating: 0, count: 32)) != nil)
    }

    private func hash(_ hex: String) -> MerkleHash? { PublishedTree.hash(hex) }

    private func hashes(_ proof: [String]) throws -> [MerkleHash] {
        try proof.map { try #require(hash($0)) }
    }
}
