package import Ledger
package import Transparency

/// The steps between the files of a log and a writer that may extend it. Each refuses before anything is
/// signed.
package enum LogOpening {
    /// What a log is begun with, at its first start only.
    package struct Birth: Sendable {
        package let origin: NoteKeyName
        /// Draws the 32 bytes of a new key.
        package let seed: @Sendable () -> [UInt8]

        package init(origin: NoteKeyName, seed: @escaping @Sendable () -> [UInt8]) {
            self.origin = origin
            self.seed = seed
        }
    }

    /// Opens the log of a record, or begins it where there are neither key nor mark. Puts up the checkpoint
    /// of the mark when another one, or none, lies there.
    package static func open(
        _ paths: LogPaths, of ledger: Ledger, birth: Birth
    ) async throws(LogError) -> LogWriter {
        let signer = try begin(paths, ledger, birth)
        let store = try PublishedStore(paths.published)
        do throws(LogError) {
            let mark = try store.mark(of: signer.key.name.text)
            try await compare(mark, with: ledger)
            let folder = LogFolder(paths.folder)
            let growth = try growth(in: folder, at: mark)
            let writer = LogWriter(folder: folder, signer: signer, store: store, growth: growth, mark: mark)
            if try !isUp(mark, in: folder, signer.key) { try writer.announce(try writer.checkpoint()) }
            return writer
        } catch {
            store.close()
            throw error
        }
    }

    /// The key; made now, with the mark of an empty log, where neither is there. A crash between the two
    /// leaves a mark whose log nobody can sign for, so the mark comes first and is made again.
    private static func begin(
        _ paths: LogPaths, _ ledger: Ledger, _ birth: Birth
    ) throws(LogError) -> LogSigner {
        if let signer = try LogKeyFile.read(paths.key) { return signer }
        guard try LogFolder(paths.folder).checkpoint() == nil else {
            throw LogError(
                .unusable, "\(paths.key) is missing; put back the key that signed what is in \(paths.folder)")
        }
        guard let signer = LogSigner(name: birth.origin, seed: birth.seed()) else {
            preconditionFailure("a seed has 32 bytes")
        }
        let first = PublishedMark(
            size: TreeSize(0), root: .empty, position: 0, chain: EventChain.origin(of: ledger.mark))
        try PublishedStore.create(paths.published, origin: birth.origin.text, first: first)
        try LogKeyFile.create(paths.key, signer)
        return signer
    }

    /// The record must have, at the mark's position, the event that it had when that was published.
    private static func compare(_ mark: PublishedMark, with ledger: Ledger) async throws(LogError) {
        let (head, chain): (LedgerHead, [UInt8]?)
        do {
            head = try await ledger.head()
            chain = try await ledger.chain(at: mark.position)
        } catch {
            throw LogError(.storage, "\(ledger.path) could not be read: \(error)")
        }
        guard head.position >= mark.position else {
            throw LogError(
                .rolledBack,
                "\(ledger.path) ends at event \(head.position), but acts up to event \(mark.position) were "
                    + "published from it: it is an older copy; restore a newer one")
        }
        guard chain == mark.chain else {
            throw LogError(
                .rolledBack,
                "event \(mark.position) of \(ledger.path) is another one than was published; restore the "
                    + "record that the log was made from")
        }
    }

    private static func growth(
        in folder: LogFolder, at mark: PublishedMark
    ) throws(LogError) -> LogGrowth {
        let check = LogCheck(folder)
        let growth =
            mark.size.number <= LogLimits.openCheckEntryCountMax
            ? try check.replay(to: mark.size) : try check.edge(at: mark.size)
        guard growth.root == mark.root else {
            throw LogError(
                .damaged, "\(folder.path) does not give the root that was published; \(LogFolder.remedy)")
        }
        return growth
    }

    private static func isUp(
        _ mark: PublishedMark, in folder: LogFolder, _ key: NoteKey
    ) throws(LogError) -> Bool {
        guard let bytes = try folder.checkpoint(), let up = try? Checkpoint(bytes, signedBy: key) else {
            return false
        }
        return up.size == mark.size && up.root == mark.root
    }
}
