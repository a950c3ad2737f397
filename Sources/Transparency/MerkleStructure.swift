/// A tree over leaf hashes, wherever its full subtrees are kept, with the proofs of RFC 6962 (section 2.1).
package protocol MerkleStructure {
    /// What keeps a hash from being read; `Never` for one in memory.
    associatedtype Failure: Error

    var size: TreeSize { get }

    /// Hash of the full subtree over leaves `index << height ..< (index + 1) << height`, which are all there.
    func hash(height: Int, index: Int) throws(Failure) -> MerkleHash
}

extension MerkleStructure {
    /// Root of the first `size` leaves; nil when there are fewer.
    package func root(at size: TreeSize) throws(Failure) -> MerkleHash? {
        size <= self.size ? try subtree(0, Int(size.number)) : nil
    }

    /// Proof that the leaf at `index` is in the tree of the first `size` leaves, from the leaf upwards
    /// (RFC 6962, 2.1.1). Nil when there are fewer leaves or the leaf is not among them.
    package func inclusionProof(
        of index: LeafIndex, in size: TreeSize
    ) throws(Failure) -> [MerkleHash]? {
        guard size <= self.size, size.contains(index) else { return nil }
        var proof: [MerkleHash] = []
        let target = Int(index.number)
        var (start, end) = (0, Int(size.number))
        while end - start > 1 {
            let middle = start + MerkleSplit.left(end - start)
            if target < middle {
                proof.append(try subtree(middle, end))
                end = middle
            } else {
                proof.append(try subtree(start, middle))
                start = middle
            }
        }
        return proof.reversed()
    }

    /// Proof that the tree of `new` leaves only adds to that of `old` leaves (RFC 6962, 2.1.2). Nil unless
    /// 0 < old <= new <= size; empty when both are equal.
    package func consistencyProof(
        from old: TreeSize, to new: TreeSize
    ) throws(Failure) -> [MerkleHash]? {
        guard old.number > 0, old <= new, new <= size else { return nil }
        var proof: [MerkleHash] = []
        let oldCount = Int(old.number)
        var (start, end) = (0, Int(new.number))
        while end != oldCount {
            let middle = start + MerkleSplit.left(end - start)
            if oldCount <= middle {
                proof.append(try subtree(middle, end))
                end = middle
            } else {
                proof.append(try subtree(start, middle))
                start = middle
            }
        }
        // The verifier has the old root; it needs this subtree only when it is not the whole old tree.
        if start > 0 { proof.append(try subtree(start, end)) }
        return proof.reversed()
    }

    /// Hash over leaves `start ..< end`, where `start` is a multiple of a power of two that is at least the
    /// count: the only ranges that the tree's definition makes.
    func subtree(_ start: Int, _ end: Int) throws(Failure) -> MerkleHash {
        let count = end - start
        if count == 0 { return .empty }
        if count.nonzeroBitCount == 1 {
            let height = count.trailingZeroBitCount
            return try hash(height: height, index: start >> height)
        }
        let middle = start + MerkleSplit.left(count)
        return .node(try subtree(start, middle), try subtree(middle, end))
    }
}

enum MerkleSplit {
    /// Leaves of the left half: the largest power of two below `count`, which is at least 2.
    static func left(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
