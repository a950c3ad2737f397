package import Transparency

/// Reads what a log has published.
package struct LogReader: Sendable {
    package let folder: LogFolder
    package let key: NoteKey

    package init(folder: LogFolder, key: NoteKey) {
        self.folder = folder
        self.key = key
    }

    /// The checkpoint that is up, with whoever signed it; nil when nothing was published yet.
    package func checkpoint() throws(LogError) -> (Checkpoint, SignedNote)? {
        guard let bytes = try folder.checkpoint() else { return nil }
        do {
            return (try Checkpoint(bytes, signedBy: key), try SignedNote(bytes))
        } catch {
            throw LogError(.damaged, "\(folder.path)/checkpoint: \(error); \(LogFolder.remedy)")
        }
    }

    /// The act that an event of the record was published by, with the proof that it is in the log, which
    /// carries it; nil when the present checkpoint has none.
    package func proof(
        ofEventAt position: Int64
    ) throws(LogError) -> (proof: LogProof, entry: [UInt8])? {
        guard let (checkpoint, note) = try checkpoint(), checkpoint.size.number > 0,
            let (index, entry) = try find(position, among: checkpoint.size),
            let hashes = try LogCheck(folder).tree(of: checkpoint.size)?
                .inclusionProof(of: index, in: checkpoint.size)
        else { return nil }
        return (LogProof(extra: entry, index: index, hashes: hashes, note: note), entry)
    }

    /// Entries stand in the order of their positions, so halving the bundles finds one.
    private func find(
        _ position: Int64, among size: TreeSize
    ) throws(LogError) -> (LeafIndex, [UInt8])? {
        var (low, high) = (UInt64(0), (size.number - 1) >> 8)
        while low < high {
            let middle = (low + high + 1) / 2
            let first = try entries(inBundle: middle, of: size).first.flatMap { PublicAct.position(in: $0) }
            if let first, first <= position { low = middle } else { high = middle - 1 }
        }
        let entries = try entries(inBundle: low, of: size)
        guard let place = entries.firstIndex(where: { PublicAct.position(in: $0) == position }) else {
            return nil
        }
        return (LeafIndex(low << 8 + UInt64(place)), entries[place])
    }

    private func entries(inBundle index: UInt64, of size: TreeSize) throws(LogError) -> [[UInt8]] {
        let width = min(UInt64(Tile.widthMax), size.number - index << 8)
        guard let tile = Tile(.entries, index: index, width: Int(width)) else { return [] }
        return try folder.entries(of: tile)
    }
}
