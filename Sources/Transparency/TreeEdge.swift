/// What a log remembers of its tree in order to grow: at each level of tiles the hashes of the last,
/// unfinished one. Some thousand hashes at most, however many leaves there are.
package struct TreeEdge: Sendable, Hashable {
    /// A tile of hashes, with its content.
    package typealias Piece = (tile: Tile, hashes: [MerkleHash])

    /// `levels[l]` are the hashes of level `l` behind its last full tile: below 256.
    private var levels: [[MerkleHash]] = [[]]
    package private(set) var size = TreeSize(0)

    package init() {}

    /// The edge of a log of this size, from its unfinished tiles; what `unfinished` names them by.
    package init<Failure: Error>(
        of size: TreeSize, reading hashes: (Tile) throws(Failure) -> [MerkleHash]
    ) throws(Failure) {
        self.size = size
        levels = []
        for level in 0..<Self.levelCount(of: size) {
            let tile = Self.unfinished(level: level, of: size)
            levels.append(try tile.map { tile throws(Failure) in try hashes(tile) } ?? [])
        }
    }

    /// Adds a leaf, and gives the tiles that it has made full.
    package mutating func append(_ leaf: MerkleHash) -> [Piece] {
        size = TreeSize(size.number + 1)
        var pieces: [Piece] = []
        var next = leaf
        var level = 0
        while true {
            if levels.count == level { levels.append([]) }
            levels[level].append(next)
            guard levels[level].count == Tile.widthMax else { return pieces }
            let index = (size.number >> UInt64(8 * level + 8)) - 1
            if let tile = Tile(.hashes(level: UInt8(level)), index: index) {
                pieces.append((tile, levels[level]))
            }
            next = Self.root(of: levels[level][...])
            levels[level].removeAll(keepingCapacity: true)
            level += 1
        }
    }

    /// The tiles that are begun and not full, one a level at most.
    package var unfinished: [Piece] {
        levels.indices.compactMap { level in
            Self.unfinished(level: level, of: size).map { ($0, levels[level]) }
        }
    }

    /// Root over all leaves (RFC 6962, 2.1): the full subtrees of each level, from the smallest up.
    package var root: MerkleHash {
        var root: MerkleHash?
        for hashes in levels {
            var rest = hashes[...]
            while !rest.isEmpty {
                let subtree = rest.suffix(1 << rest.count.trailingZeroBitCount)
                let hash = Self.root(of: subtree)
                root = root.map { .node(hash, $0) } ?? hash
                rest = rest.dropLast(subtree.count)
            }
        }
        return root ?? .empty
    }

    /// Root over a power of two of hashes.
    static func root(of hashes: ArraySlice<MerkleHash>) -> MerkleHash {
        var row = Array(hashes)
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
        }
        return row.first ?? .empty
    }

    private static func levelCount(of size: TreeSize) -> Int {
        max(1, (UInt64.bitWidth - size.number.leadingZeroBitCount + 7) / 8)
    }

    private static func unfinished(level: Int, of size: TreeSize) -> Tile? {
        let count = size.number >> UInt64(8 * level)
        return Tile(.hashes(level: UInt8(level)), index: count >> 8, width: Int(count & 0xFF))
    }
}
