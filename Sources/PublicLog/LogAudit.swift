import Ledger
package import Transparency

/// Compares a log with the record it was published from, entry by entry: every public act up to the last
/// published one is there, written as its event says, and nothing else is.
package enum LogAudit {
    /// Entries compared.
    ///
    /// - Parameter key: the log's own key; the checkpoint and every tile are verified first.
    package static func run(
        _ folder: LogFolder, signedBy key: NoteKey, record path: String, acts: @escaping LogPublisher.Acts
    ) throws(LogError) -> TreeSize {
        let size = try LogVerification.run(folder, signedBy: key).checkpoint.size
        var entries = EntryWalk(folder: folder, size: size)
        var flaw: LogError?
        do throws(LedgerError) {
            try EventReading.run(path: path) { event in
                // A disagreement is kept here, as the ledger would wrap it.
                guard flaw == nil, let act = try acts(event) else { return }
                do throws(LogError) {
                    guard let published = try entries.next(), published != act.entry else { return }
                    let place = "entry \(entries.count - 1) of \(folder.path)"
                    flaw = LogError(.damaged, "\(place) is not what event \(event.position) says")
                } catch {
                    flaw = error
                }
            }
        } catch {
            throw LogError(error)
        }
        if let flaw { throw flaw }
        guard entries.count == size.number else {
            throw LogError(
                .rolledBack,
                "\(path) has \(entries.count) public acts, its log \(size); restore a newer record")
        }
        return size
    }
}

/// Entries of a log one after another, a bundle in memory at a time.
private struct EntryWalk {
    let folder: LogFolder
    let size: TreeSize
    private(set) var count: UInt64 = 0
    private var bundle: [[UInt8]] = []

    init(folder: LogFolder, size: TreeSize) {
        self.folder = folder
        self.size = size
    }

    /// Nil behind the last one.
    mutating func next() throws(LogError) -> [UInt8]? {
        guard count < size.number else { return nil }
        let place = Int(count % UInt64(Tile.widthMax))
        if place == 0 {
            let width = min(UInt64(Tile.widthMax), size.number - count)
            guard let tile = Tile(.entries, index: count >> 8, width: Int(width)) else { return nil }
            bundle = try folder.entries(of: tile)
        }
        count += 1
        return bundle[place]
    }
}
