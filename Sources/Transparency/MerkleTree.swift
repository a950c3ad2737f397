/// The Merkle tree over a list of leaf hashes, as RFC 6962 (section 2.1) builds it.
///
/// Keeps the hash of every full subtree, about two for each leaf. So appending is amortised constant, and
/// roots and proofs of every size the tree ever had take a number of steps that grows with the square of
/// its height.
package struct MerkleTree: Sendable {
    /// `levels[h][i]` is the hash of the full subtree over leaves `i << h ..< (i + 1) << h`.
    private var levels: [[MerkleHash]] = [[]]

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

    /// Root of the first `size` leaves; nil when there are fewer.
    package func root(at size: TreeSize) -> MerkleHash? {
        size <= self.size ? subtree(0, Int(size.number)) : nil
    }

    /// Proof that the leaf at `index` is in the tree of the first `size` leaves, from the leaf upwards
    /// (RFC 6962, 2.1.1). Nil when there are fewer leaves or the leaf is not among them.
    package func inclusionProof(of index: LeafIndex, in size: TreeSize) -> [MerkleHash]? {
        guard size <= self.size, size.contains(index) else { return nil }
        var proof: [MerkleHash] = []
        let target = Int(index.number)
        var (start, end) = (0, Int(size.number))
        while end - start > 1 {
            let middle = start + Self.split(end - start)
            if target < middle {
                proof.append(subtree(middle, end))
                end = middle
            } else {
                proof.append(subtree(start, middle))
                start = middle
            }
        }
        return proof.reversed()
    }

    /// Proof that the tree of `new` leaves only adds to that of `old` leaves (RFC 6962, 2.1.2). Nil unless
    /// 0 < old <= new <= size; empty when both are equal.
    package func consistencyProof(from old: TreeSize, to new: TreeSize) -> [MerkleHash]? {
        guard old.number > 0, old <= new, new <= size else { return nil }
        var proof: [MerkleHash] = []
        let oldCount = Int(old.number)
        var (start, end) = (0, Int(new.number))
        while end != oldCount {
            let middle = start + Self.split(end - start)
            if oldCount <= middle {
                proof.append(subtree(middle, end))
                end = middle
            } else {
                proof.append(subtree(start, middle))
                start = middle
            }
        }
        // The verifier has the old root; it needs this subtree only when it is not the whole old tree.
        if start > 0 { proof.append(subtree(start, end)) }
        return proof.reversed()
    }

    /// Hash over leaves `start ..< end`, where `start` is a multiple of a power of two that is at least the
    /// count: the only ranges that the tree's definition makes.
    private func subtree(_ start: Int, _ end: Int) -> MerkleHash {
        let count = end - start
        if count == 0 { return .empty }
        if count.nonzeroBitCount == 1 {
            let height = count.trailingZeroBitCount
            return levels[height][start >> height]
        }
        let middle = start + Self.split(count)
        return .node(subtree(start, middle), subtree(middle, end))
    }

    /// The largest power of two below `count`, which is at least 2.
    private static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
