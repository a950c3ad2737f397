/// A part of a log's tree or entries that is published as one file (C2SP tlog-tiles, v0.1.0).
package struct Tile: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// Hashes of full subtrees; level 0 has the leaves', each level above a 256th of those below.
        case hashes(level: UInt8)
        /// The entries themselves.
        case entries
    }

    /// How much a full tile holds.
    package static let widthMax = 256
    /// Highest level that a 64-bit size can reach, and beyond.
    package static let levelMax = 63

    package let content: Content
    package let index: UInt64
    /// Hashes or entries in it; below 256 in a partial one, never 0.
    package let width: Int

    /// Nil for a width that no tile has, or a level too high.
    package init?(_ content: Content, index: UInt64, width: Int = widthMax) {
        guard (1...Self.widthMax).contains(width) else { return nil }
        if case .hashes(let level) = content, level > Self.levelMax { return nil }
        self.content = content
        self.index = index
        self.width = width
    }

    package var isFull: Bool { width == Self.widthMax }

    /// The file's path below the log's prefix, as in "tile/0/x001/x234/067.p/112".
    package var path: String {
        let kind =
            switch content {
            case .hashes(let level): "\(level)"
            case .entries: "entries"
            }
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.count) + digits
            groups.insert(groups.isEmpty ? group : "x" + group, at: 0)
            rest /= 1000
        } while rest > 0
        return "tile/\(kind)/" + groups.joined(separator: "/") + (isFull ? "" : ".p/\(width)")
    }

    /// Every tile that a log of this size publishes and one of the earlier size did not: full ones that have
    /// become whole, and a partial one at each end.
    package static func published(from old: TreeSize, to new: TreeSize) -> [Tile] {
        var tiles: [Tile] = []
        func add(_ content: Content, _ oldCount: UInt64, _ newCount: UInt64) {
            guard newCount > oldCount else { return }
            let (first, full, rest) = (oldCount >> 8, newCount >> 8, Int(newCount & 0xFF))
            tiles += (first..<full).compactMap { Tile(content, index: $0) }
            if let partial = Tile(content, index: full, width: rest) { tiles.append(partial) }
        }
        add(.entries, old.number, new.number)
        for level in UInt8(0)..<8 {
            add(.hashes(level: level), old.number >> (8 * level), new.number >> (8 * level))
        }
        return tiles
    }
}

/// The bytes of a tile of entries: each entry's length in two bytes, most significant first, and its bytes.
package enum EntryBundle {
    package static let entryByteCountMax = Int(UInt16.max)

    /// Nil when an entry is longer than its length can say.
    package static func encoded(_ entries: some Sequence<[UInt8]>) -> [UInt8]? {
        var bytes: [UInt8] = []
        for entry in entries {
            guard let count = UInt16(exactly: entry.count) else { return nil }
            bytes.append(UInt8(count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: count))
            bytes += entry
        }
        return bytes
    }

    /// The entries, or nil when the bytes end within one or hold more than a tile does.
    package static func entries(_ bytes: [UInt8]) -> [[UInt8]]? {
        places(bytes).map { $0.map { Array(bytes[$0]) } }
    }

    /// The hash of each entry's leaf; nil as above.
    package static func leaves(_ bytes: [UInt8]) -> [MerkleHash]? {
        places(bytes).map { $0.map { .leaf(bytes[$0]) } }
    }

    private static func places(_ bytes: [UInt8]) -> [Range<Int>]? {
        var places: [Range<Int>] = []
        var place = 0
        while place < bytes.count {
            guard bytes.count - place >= 2, places.count < Tile.widthMax else { return nil }
            let start = place + 2
            place = start + (Int(bytes[place]) << 8 | Int(bytes[place + 1]))
            guard place <= bytes.count else { return nil }
            places.append(start..<place)
        }
        return places
    }
}
