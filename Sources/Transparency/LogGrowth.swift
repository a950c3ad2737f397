/// Grows a log: entries in, files of tiles and entry bundles out. What is written and what is checked comes
/// from here, so the two cannot differ.
package struct LogGrowth: Sendable {
    /// A file that a log publishes.
    package struct File: Sendable, Hashable {
        package let tile: Tile
        package let bytes: [UInt8]

        package init(tile: Tile, bytes: [UInt8]) {
            self.tile = tile
            self.bytes = bytes
        }
    }

    package private(set) var edge: TreeEdge
    /// The entries behind the last full bundle: below 256.
    private var bundle: [[UInt8]]

    package init() {
        edge = TreeEdge()
        bundle = []
    }

    /// Goes on behind a log's last entry; `bundle` are those that no full bundle holds.
    ///
    /// Nil when the bundle does not fit the size, or its entries are not those of the edge's leaves.
    package init?(edge: TreeEdge, bundle: [[UInt8]]) {
        let leaves = edge.unfinished.first { $0.tile.content == .hashes(level: 0) }?.hashes ?? []
        guard bundle.map({ MerkleHash.leaf($0) }) == leaves else { return nil }
        self.edge = edge
        self.bundle = bundle
    }

    package var size: TreeSize { edge.size }
    package var root: MerkleHash { edge.root }

    /// Adds an entry, and gives the files that it has made full. Nil when it is longer than a bundle can
    /// say.
    package mutating func append(_ entry: [UInt8]) -> [File]? {
        guard entry.count <= EntryBundle.entryByteCountMax else { return nil }
        bundle.append(entry)
        let pieces = edge.append(.leaf(entry))
        guard bundle.count == Tile.widthMax else { return [] }
        defer { bundle = [] }
        return bundleFile().map { [$0] + pieces.map(Self.file) }
    }

    /// The files that a checkpoint of the present size needs beside the full ones.
    package var unfinished: [File] {
        (bundleFile().map { [$0] } ?? []) + edge.unfinished.map(Self.file)
    }

    private func bundleFile() -> File? {
        let first = (size.number - UInt64(bundle.count)) >> 8
        guard let tile = Tile(.entries, index: first, width: bundle.count),
            let bytes = EntryBundle.encoded(bundle)
        else { return nil }
        return File(tile: tile, bytes: bytes)
    }

    private static func file(_ piece: TreeEdge.Piece) -> File {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(piece.hashes.count * MerkleHash.byteCount)
        for hash in piece.hashes { hash.append(to: &bytes) }
        return File(tile: piece.tile, bytes: bytes)
    }
}
