package import Transparency

/// Everything that can be asked of a log's files without the record behind them.
package struct LogVerification: Sendable, Hashable {
    package let checkpoint: Checkpoint
    /// Keys that have signed the checkpoint: the log's own first, then witnesses that were asked for.
    package let signers: [NoteKey]
    /// Acts of each kind.
    package let actCounts: [String: Int]

    /// Reads a whole log: the checkpoint's signatures, every entry's form and place, every tile, the root.
    ///
    /// - Parameter witnesses: keys whose signatures are looked for beside the log's own.
    package static func run(
        _ folder: LogFolder, signedBy key: NoteKey, witnesses: [NoteKey] = []
    ) throws(LogError) -> LogVerification {
        guard let bytes = try folder.checkpoint() else {
            throw LogError(.unusable, "\(folder.path) has no checkpoint; name the folder of a log")
        }
        let checkpoint: Checkpoint
        let signers: [NoteKey]
        do throws(NoteError) {
            checkpoint = try Checkpoint(bytes, signedBy: key)
            signers = try SignedNote(bytes).signers(among: [key] + witnesses)
        } catch {
            throw LogError(.damaged, "\(folder.path)/checkpoint: \(error)")
        }
        var order = EntryOrder(folder: folder)
        let growth = try LogCheck(folder).replay(to: checkpoint.size) { entry throws(LogError) in
            try order.see(entry)
        }
        guard growth.root == checkpoint.root else {
            throw LogError(.damaged, "\(folder.path) does not give the root of its checkpoint")
        }
        return LogVerification(checkpoint: checkpoint, signers: signers, actCounts: order.actCounts)
    }
}

/// What entries must be to one another: each canonical, each of a later event than the one before.
struct EntryOrder {
    private let folder: LogFolder
    private var count = 0
    private var position: Int64 = 0
    private(set) var actCounts: [String: Int] = [:]

    init(folder: LogFolder) {
        self.folder = folder
    }

    mutating func see(_ entry: [UInt8]) throws(LogError) {
        let value: CanonicalJSON
        do throws(JSONFlaw) {
            value = try CanonicalJSON(entry)
        } catch {
            throw flaw("is no act: \(error)")
        }
        guard value.encoded == entry else { throw flaw("is not written canonically") }
        guard let act = value["act"]?.asText, let place = value["position"]?.asNumber else {
            throw flaw("has no act or position")
        }
        guard place > position else { throw flaw("is of event \(place), behind one of event \(position)") }
        position = place
        actCounts[act, default: 0] += 1
        count += 1
    }

    private func flaw(_ text: String) -> LogError {
        LogError(.damaged, "entry \(count) of \(folder.path) \(text)")
    }
}
