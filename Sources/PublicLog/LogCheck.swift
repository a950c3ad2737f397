package import Transparency

/// Reads a log's folder again and compares it with itself and with a root, trusting no file.
package struct LogCheck {
    private let folder: LogFolder

    package init(_ folder: LogFolder) {
        self.folder = folder
    }

    /// Makes every tile anew from the entries of the first `size` leaves, compares each with the file, and
    /// gives the log as it may go on from there. `visit` sees each entry in order.
    package func replay(
        to size: TreeSize, visit: ([UInt8]) throws(LogError) -> Void = { _ in }
    ) throws(LogError) -> LogGrowth {
        var growth = LogGrowth()
        while growth.size < size {
            for entry in try folder.entries(of: Self.bundle(at: growth.size, of: size)) {
                try visit(entry)
                guard let files = growth.append(entry) else {
                    throw LogError(.damaged, "an entry of \(folder.path) is too long; \(LogFolder.remedy)")
                }
                for file in files { try compare(file) }
            }
        }
        for file in growth.unfinished { try compare(file) }
        return growth
    }

    /// The log as it may go on, from its unfinished tiles alone: for logs too large to read at each start.
    func edge(at size: TreeSize) throws(LogError) -> LogGrowth {
        let edge = try TreeEdge(of: size) { tile throws(LogError) in try folder.hashes(of: tile) }
        let bundle =
            size.number & 0xFF == 0
            ? [] : try folder.entries(of: Self.bundle(at: Self.lastStart(size), of: size))
        guard let growth = LogGrowth(edge: edge, bundle: bundle) else {
            throw LogError(
                .damaged, "the last entries of \(folder.path) are not those of its tiles; \(LogFolder.remedy)"
            )
        }
        return growth
    }

    /// Reads what was just written, and computes from it the root of the first `size` leaves: the entries
    /// behind `old` are hashed once more, the tiles are read from the disk.
    func freshRoot(from old: TreeSize, to size: TreeSize) throws(LogError) -> MerkleHash {
        var start = TreeSize(old.number & ~0xFF)
        while start < size {
            let bundle = Self.bundle(at: start, of: size)
            let leaves = try folder.leaves(of: bundle)
            guard let tile = Tile(.hashes(level: 0), index: bundle.index, width: bundle.width),
                leaves == (try folder.hashes(of: tile))
            else {
                throw LogError(
                    .damaged, "a bundle of \(folder.path) and its tile disagree; \(LogFolder.remedy)")
            }
            start = TreeSize(start.number + UInt64(bundle.width))
        }
        return try root(at: size, in: size)
    }

    /// Root of the first `size` leaves, from the tiles of a log that has grown to `whole`.
    func root(at size: TreeSize, in whole: TreeSize) throws(LogError) -> MerkleHash {
        guard let tree = tree(of: whole), let root = try tree.root(at: size) else {
            throw LogError(.damaged, "\(folder.path) cannot have \(size) entries; \(LogFolder.remedy)")
        }
        return root
    }

    /// The tree as the tiles hold it; nil for a size beyond any log of ours.
    package func tree(of size: TreeSize) -> TileTree<LogError>? {
        TileTree(size: size) { tile throws(LogError) in try folder.hashes(of: tile) }
    }

    private func compare(_ file: LogGrowth.File) throws(LogError) {
        guard try folder.bytes(of: file.tile) == file.bytes else {
            throw LogError(
                .damaged,
                "\(folder.path)/\(file.tile.path) is not what the entries before it give; \(LogFolder.remedy)"
            )
        }
    }

    /// The bundle that begins at an entry whose number is a multiple of 256.
    private static func bundle(at start: TreeSize, of size: TreeSize) -> Tile {
        let width = min(UInt64(Tile.widthMax), size.number - start.number)
        guard let tile = Tile(.entries, index: start.number >> 8, width: Int(width)) else {
            preconditionFailure("there is an entry behind the start")
        }
        return tile
    }

    private static func lastStart(_ size: TreeSize) -> TreeSize { TreeSize(size.number & ~0xFF) }
}
