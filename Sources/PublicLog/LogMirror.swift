package import Transparency

/// Copies a log to a folder, from wherever its files can be read, and compares it with what the folder had
/// seen of it before.
package struct LogMirror {
    private let folder: LogFolder
    private let key: NoteKey
    /// A file by its path below the log's prefix; nil when it is not there.
    private let fetch: (String) async throws(LogError) -> [UInt8]?

    package init(
        folder: LogFolder, key: NoteKey, fetch: @escaping (String) async throws(LogError) -> [UInt8]?
    ) {
        self.folder = folder
        self.key = key
        self.fetch = fetch
    }

    /// Brings the folder up to the log's checkpoint, and gives the one that the folder had. Throws `.damaged`
    /// when the log does not add to that one.
    @discardableResult
    package func update() async throws(LogError) -> Checkpoint? {
        let old = try known()
        guard let bytes = try await fetch("checkpoint") else {
            throw LogError(.unusable, "there is no checkpoint; is this the address of a log?")
        }
        let new: Checkpoint
        let note: SignedNote
        do throws(NoteError) {
            new = try Checkpoint(bytes, signedBy: key)
            note = try SignedNote(bytes)
        } catch {
            throw LogError(.damaged, "the log's checkpoint: \(error)")
        }
        guard new.size <= TileTree<LogError>.sizeMax else {
            throw LogError(.damaged, "the log's checkpoint speaks of \(new.size) entries")
        }
        if let old, new.size < old.size {
            throw LogError(
                .damaged, "the log has \(new.size) entries, and had \(old.size) before: it was taken back")
        }
        for tile in Tile.published(from: old?.size ?? TreeSize(0), to: new.size) { try await copy(tile) }
        if let old, old.size.number > 0, try LogCheck(folder).root(at: old.size, in: new.size) != old.root {
            throw LogError(
                .damaged, "the log's first \(old.size) entries are not those that it had before")
        }
        try folder.write(checkpoint: note)
        return old
    }

    /// Nil for a folder that has no checkpoint yet.
    private func known() throws(LogError) -> Checkpoint? {
        guard let bytes = try folder.checkpoint() else { return nil }
        do throws(NoteError) {
            return try Checkpoint(bytes, signedBy: key)
        } catch {
            throw LogError(.unusable, "\(folder.path)/checkpoint: \(error); give another folder")
        }
    }

    private func copy(_ tile: Tile) async throws(LogError) {
        guard let bytes = try await fetch(tile.path) else {
            throw LogError(.damaged, "the log has no \(tile.path), which its checkpoint needs")
        }
        try folder.write([LogGrowth.File(tile: tile, bytes: bytes)])
    }
}
