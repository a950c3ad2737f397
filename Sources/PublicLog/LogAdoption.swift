import Foundation
package import Ledger
package import Transparency

/// Begins the mark of what was published anew, after it was lost with its machine: from the last checkpoint
/// that the public has seen, never from what happens to lie here.
package enum LogAdoption {
    /// - Parameters:
    ///   - checkpoint: as a mirror, a witness or a reader kept it, signed by the log's key.
    ///   - acts: the public acts of the record, to find the event of the last entry.
    package static func adopt(
        _ checkpoint: [UInt8], at paths: LogPaths, of ledger: Ledger, acts: LogPublisher.Acts
    ) async throws(LogError) -> Checkpoint {
        guard StorePath.byteCount(paths.published) == nil else {
            throw LogError(
                .unusable,
                "\(paths.published) is there and says how far was published; nothing is to be adopted")
        }
        guard let key = try LogKeyFile.read(paths.key)?.key else {
            throw LogError(.unusable, "\(paths.key) is missing; put back the log's key first")
        }
        let seen: Checkpoint
        do throws(NoteError) {
            seen = try Checkpoint(checkpoint, signedBy: key)
        } catch {
            throw LogError(.unusable, "the checkpoint is not this log's: \(error)")
        }
        var last: [UInt8]?
        let growth = try LogCheck(LogFolder(paths.folder)).replay(to: seen.size) { last = $0 }
        guard growth.root == seen.root else {
            throw LogError(
                .damaged, "\(paths.folder) does not give the checkpoint's root; \(LogFolder.remedy)")
        }
        let head = try await head(of: last, in: ledger, acts)
        let mark = PublishedMark(
            size: seen.size, root: seen.root, position: head.position, chain: head.chain)
        try PublishedStore.create(paths.published, origin: key.name.text, first: mark)
        return seen
    }

    /// Where the record stood at the last entry; the event there must give that very entry.
    private static func head(
        of entry: [UInt8]?, in ledger: Ledger, _ acts: LogPublisher.Acts
    ) async throws(LogError) -> LedgerHead {
        do {
            guard let entry else {
                return LedgerHead(position: 0, chain: EventChain.origin(of: ledger.mark))
            }
            guard let position = PublicAct.position(in: entry),
                let event = try await ledger.events(after: position - 1, limit: 1).first,
                event.position == position, try acts(event)?.entry == entry
            else {
                throw LogError(
                    .rolledBack,
                    "the record does not have the event of the log's last entry; restore a newer one")
            }
            return LedgerHead(position: position, chain: event.chain)
        } catch let error as LogError {
            throw error
        } catch {
            throw LogError(.storage, "\(ledger.path) could not be read: \(error)")
        }
    }
}
