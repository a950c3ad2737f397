/// A log's tree as its published tiles hold it: proofs for whoever can read them.
package struct TileTree<Failure: Error>: MerkleStructure {
    package let size: TreeSize
    /// Content of a tile of hashes, as wide as asked for.
    private let read: (Tile) throws(Failure) -> [MerkleHash]

    /// Leaves that a tree we read may have: beyond, indexes would not fit.
    package static var sizeMax: TreeSize { TreeSize(1 << 40) }

    /// Nil for a size larger than any log of ours.
    package init?(size: TreeSize, read: @escaping (Tile) throws(Failure) -> [MerkleHash]) {
        guard size <= Self.sizeMax else { return nil }
        self.size = size
        self.read = read
    }

    package func hash(height: Int, index: Int) throws(Failure) -> MerkleHash {
        // The subtree lies within one tile of the level below it.
        let level = height / 8
        let count = 1 << (height % 8)
        let first = index * count
        let hashes = try read(tile(level: level, index: first / Tile.widthMax))
        let start = first % Tile.widthMax
        precondition(hashes.count >= start + count, "a tile was read narrower than asked for")
        return TreeEdge.root(of: hashes[start..<start + count])
    }

    private func tile(level: Int, index: Int) -> Tile {
        let count = size.number >> UInt64(8 * level)
        let isFull = count >> 8 > UInt64(index)
        guard
            let tile = Tile(
                .hashes(level: UInt8(level)), index: UInt64(index),
                width: isFull ? Tile.widthMax : Int(count & 0xFF))
        else { preconditionFailure("a full subtree lies in a tile that is not empty") }
        return tile
    }
}

extension Tile {
    /// The hashes in a file of this tile; nil when the file has another length.
    package func hashes(_ bytes: [UInt8]) -> [MerkleHash]? {
        guard bytes.count == width * MerkleHash.byteCount else { return nil }
        return stride(from: 0, to: bytes.count, by: MerkleHash.byteCount).compactMap {
            MerkleHash(bytes[$0..<$0 + MerkleHash.byteCount])
        }
    }
}
