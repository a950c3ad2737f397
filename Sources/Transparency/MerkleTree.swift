/// The Merkle tree over a list of leaf hashes, as RFC 6962 (section 2.1) builds it.
///
/// Keeps the hash of every full subtree, about two for each leaf. So appending is amortised constant, and
/// roots and proofs of every size the tree ever had take a number of steps that grows with the square of
/// its height.
package struct MerkleTree: MerkleStructure, Sendable {
    /// `levels[h][i]` is the hash of the full subtree over leaves `i << h ..< (i + 1) << h`.
    private var levels: [[MerkleHash]] = [[]]

    package typealias Failure = Never

    package init() {}

    package init(_ leaves: some Sequence<MerkleHash>) {
        for leaf in leaves { append(leaf) }
    }

    package var size: TreeSize { TreeSize(UInt64(levels[0].count)) }

    package var root: MerkleHash { subtree(0, levels[0].count) }

    package mutating func append(_ leaf: MerkleHash) {
        levels[0].append(leaf)
        var height = 0
        while levels[height].count.isMultiple(of: 2) {
            let pair = levels[height].suffix(2)
            guard let left = pair.first, let right = pair.last else { return }
            if levels.count == height + 1 { levels.append([]) }
            levels[height + 1].append(.node(left, right))
            height += 1
        }
    }

    /// The leaf's hash; nil when the tree has no such leaf.
    package func leaf(at index: LeafIndex) -> MerkleHash? {
        size.contains(index) ? levels[0][Int(index.number)] : nil
    }

    /// Every size that the tree ever had is at hand.
    package func hash(height: Int, index: Int) -> MerkleHash { levels[height][index] }
}
