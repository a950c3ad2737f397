package import Ledger
import Synchronization
package import Transparency

/// The one that extends a log. Blocks while it writes.
///
/// Life of a checkpoint; a crash after each step leaves what the next opening goes on from:
/// 1. Entries are added in memory.
/// 2. Bundles and tiles are written and synchronised. After a crash they are written again, the same.
/// 3. What was written is read again; its root must be the one in memory.
/// 4. The mark of what was published is moved, by comparing it with the one before. After a crash the opening
///    signs the same checkpoint.
/// 5. The checkpoint is signed.
/// 6. The file `checkpoint` takes the place of the one before. After a crash the opening writes it.
package final class LogWriter: Sendable {
    private struct State {
        var growth: LogGrowth
        var mark: PublishedMark
        /// Whether the mark's checkpoint was put up; the opening sees to it.
        var isUp = true
    }

    package let origin: NoteKeyName
    package let folder: LogFolder
    private let signer: LogSigner
    private let store: PublishedStore
    private let state: Mutex<State>

    /// `growth` is what the mark is about.
    init(
        folder: LogFolder, signer: LogSigner, store: PublishedStore, growth: LogGrowth, mark: PublishedMark
    ) {
        origin = signer.key.name
        self.folder = folder
        self.signer = signer
        self.store = store
        state = Mutex(State(growth: growth, mark: mark))
    }

    package var key: NoteKey { signer.key }
    package var size: TreeSize { mark.size }
    /// The record's position up to which all public acts are in the log.
    package var position: Int64 { mark.position }
    /// Whether the checkpoint of all that was added is the one that the public sees.
    var isUp: Bool { state.withLock { $0.isUp } }
    private var mark: PublishedMark { state.withLock { $0.mark } }

    /// Adds acts and gives the checkpoint that holds them, which is signed and not yet put up.
    ///
    /// `head` is where the record stands after the acts. Throws before anything is signed. After `.storage`
    /// it may be tried again; after anything else the log is to be opened again.
    package func extend(by acts: [PublicAct], upTo head: LedgerHead) throws(LogError) -> SignedNote {
        let full = try state.withLock { state throws(LogError) in try extend(&state, acts, head) }
        let note = try checkpoint()
        for file in full { folder.removeUnfinished(below: file.tile) }
        return note
    }

    /// Steps 1 to 4; gives the files that became full.
    private func extend(
        _ state: inout State, _ acts: [PublicAct], _ head: LedgerHead
    ) throws(LogError) -> [LogGrowth.File] {
        let old = state.growth.size
        var growth = state.growth
        var files: [LogGrowth.File] = []
        var batch = FileBatch(folder)
        for act in acts {
            guard let full = growth.append(act.entry) else {
                throw LogError(.storage, "the act at \(act.position.value) is too large for an entry")
            }
            for file in full { try batch.add(file) }
            files += full
        }
        for file in growth.unfinished { try batch.add(file) }
        try batch.finish()
        let (size, root) = (growth.size, growth.root)
        guard try LogCheck(folder).freshRoot(from: old, to: size) == root else {
            throw LogError(
                .damaged, "what was written to \(folder.path) is not what lies there; check disk and memory")
        }
        let next = PublishedMark(size: size, root: root, position: head.position, chain: head.chain)
        try store.advance(origin: origin.text, from: state.mark, to: next)
        state.growth = growth
        state.mark = next
        state.isUp = false
        return files
    }

    /// The checkpoint of the mark; the same one each time it is asked for.
    package func checkpoint() throws(LogError) -> SignedNote {
        let mark = mark
        do {
            return try Checkpoint(origin: origin, size: mark.size, root: mark.root).signed(by: signer)
        } catch {
            throw LogError(.unusable, "the checkpoint could not be signed: \(error)")
        }
    }

    /// Puts up a checkpoint that this writer gave, perhaps with the signatures of witnesses added.
    package func announce(_ checkpoint: SignedNote) throws(LogError) {
        try folder.write(checkpoint: checkpoint)
        state.withLock { $0.isUp = true }
    }

    /// Proof that the present checkpoint adds to one of an earlier size; nil for a size that it never had.
    package func consistencyProof(from old: TreeSize) throws(LogError) -> [MerkleHash]? {
        if old.number == 0 { return [] }
        return try LogCheck(folder).tree(of: size)?.consistencyProof(from: old, to: size)
    }

    package func close() { store.close() }
}
