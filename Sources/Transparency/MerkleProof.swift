/// Checks proofs without the tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
package enum MerkleProof {
    /// Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with `root`.
    package static func verifyInclusion(
        of leaf: MerkleHash, at index: LeafIndex, in size: TreeSize, root: MerkleHash, proof: [MerkleHash]
    ) -> Bool {
        guard size.contains(index) else { return false }
        // Place of the running node in its level, and of the level's last node.
        var (place, last) = (index.number, size.number - 1)
        var running = leaf
        for hash in proof {
            guard last > 0 else { return false }
            if isRight(place) || place == last {
                running = .node(hash, running)
                // A last node without a sibling is carried up unchanged.
                while !isRight(place), place > 0 { ascend(&place, &last) }
            } else {
                running = .node(running, hash)
            }
            ascend(&place, &last)
        }
        return last == 0 && running == root
    }

    /// Whether `proof` shows that the tree of `new` leaves with `newRoot` begins with the `old` leaves of the
    /// tree with `oldRoot`. An `old` of 0 is refused: it would prove nothing.
    package static func verifyConsistency(
        from old: TreeSize, root oldRoot: MerkleHash, to new: TreeSize, root newRoot: MerkleHash,
        proof: [MerkleHash]
    ) -> Bool {
        guard old.number > 0, old <= new else { return false }
        if old == new { return proof.isEmpty && oldRoot == newRoot }
        // An old tree that is one full subtree is its own starting point.
        let path = old.number.nonzeroBitCount == 1 && !proof.isEmpty ? [oldRoot] + proof : proof
        guard let first = path.first else { return false }
        var (place, last) = (old.number - 1, new.number - 1)
        while isRight(place) { ascend(&place, &last) }
        var (oldRunning, newRunning) = (first, first)
        for hash in path.dropFirst() {
            guard last > 0 else { return false }
            if isRight(place) || place == last {
                oldRunning = .node(hash, oldRunning)
                newRunning = .node(hash, newRunning)
                while !isRight(place), place > 0 { ascend(&place, &last) }
            } else {
                newRunning = .node(newRunning, hash)
            }
            ascend(&place, &last)
        }
        return last == 0 && oldRunning == oldRoot && newRunning == newRoot
    }

    private static func isRight(_ place: UInt64) -> Bool { place & 1 == 1 }

    private static func ascend(_ place: inout UInt64, _ last: inout UInt64) {
        place >>= 1
        last >>= 1
    }
}
