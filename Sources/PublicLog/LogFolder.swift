import Foundation
import Ledger
package import Transparency

/// The files that a log publishes, as they lie in a folder: `checkpoint`, and `tile/…` for hashes and entries
/// (C2SP tlog-tiles).
///
/// The folder is trusted with nothing: what is read from it is compared with the root that was published.
package struct LogFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    private var checkpointPath: String { path + "/checkpoint" }

    func path(of tile: Tile) -> String { path + "/" + tile.path }

    /// Writes files and waits until they and their names are on the disk.
    func write(_ files: [LogGrowth.File]) throws(LogError) {
        var batch = FileBatch(self)
        for file in files { try batch.add(file) }
        try batch.finish()
    }

    /// Puts up a checkpoint, whose tiles are there already.
    func write(checkpoint: SignedNote) throws(LogError) {
        try DurableFile.makeFolder(path)
        try DurableFile.write(checkpoint.encoded, to: checkpointPath)
        try DurableFile.synchronise(path)
    }

    /// The checkpoint's bytes; nil when nothing was published.
    package func checkpoint() throws(LogError) -> [UInt8]? {
        try DurableFile.read(checkpointPath)
    }

    /// A tile's bytes. A narrower tile than the one on the disk is its beginning. Nil when it was not
    /// published.
    package func bytes(of tile: Tile) throws(LogError) -> [UInt8]? {
        if let bytes = try DurableFile.read(path(of: tile)) { return bytes }
        guard !tile.isFull, let full = Tile(tile.content, index: tile.index) else { return nil }
        // Unfinished tiles are taken away when the full one is there.
        guard let bytes = try DurableFile.read(path(of: full)) else { return nil }
        return full.beginning(bytes, width: tile.width)
    }

    /// A file by its path below the log's prefix, as others ask for it; nil for anything that is none.
    package func file(_ path: String) throws(LogError) -> [UInt8]? {
        if path == "checkpoint" { return try checkpoint() }
        guard let tile = Tile(path: path) else { return nil }
        return try bytes(of: tile)
    }

    func hashes(of tile: Tile) throws(LogError) -> [MerkleHash] {
        guard let bytes = try bytes(of: tile) else { throw missing(tile) }
        guard let hashes = tile.hashes(bytes) else {
            throw LogError(.damaged, "\(path(of: tile)) has \(bytes.count) bytes; \(Self.remedy)")
        }
        return hashes
    }

    func entries(of tile: Tile) throws(LogError) -> [[UInt8]] {
        try content(of: tile, EntryBundle.entries)
    }

    /// The hashes of the entries' leaves.
    func leaves(of tile: Tile) throws(LogError) -> [MerkleHash] {
        try content(of: tile, EntryBundle.leaves)
    }

    private func content<Entry>(
        of tile: Tile, _ read: ([UInt8]) -> [Entry]?
    ) throws(LogError) -> [Entry] {
        guard let bytes = try bytes(of: tile) else { throw missing(tile) }
        guard let entries = read(bytes), entries.count == tile.width else {
            throw LogError(
                .damaged, "\(path(of: tile)) is no bundle of \(tile.width) entries; \(Self.remedy)")
        }
        return entries
    }

    /// Takes away the unfinished tiles whose full one is there.
    func removeUnfinished(below tile: Tile) {
        let unfinished = path(of: tile) + ".p"
        if StorePath.byteCount(unfinished) != nil { try? FileManager.default.removeItem(atPath: unfinished) }
    }

    private func missing(_ tile: Tile) -> LogError {
        LogError(.damaged, "\(path(of: tile)) is missing; \(Self.remedy)")
    }

    static let remedy = "restore the folder from a backup, or fetch its files from a mirror"
}

extension Tile {
    /// The first hashes or entries of a full tile's bytes.
    fileprivate func beginning(_ bytes: [UInt8], width: Int) -> [UInt8]? {
        switch content {
        case .hashes: return Array(bytes.prefix(width * MerkleHash.byteCount))
        case .entries: return EntryBundle.entries(bytes).flatMap { EntryBundle.encoded($0.prefix(width)) }
        }
    }
}
