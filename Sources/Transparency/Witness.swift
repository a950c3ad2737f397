/// What a witness decides: pure, so that who keeps what it saw also keeps the decision and the storing
/// together. Store what `judge` gives, durably, before the signature goes out; of two requests at once the
/// second must see what the first one stored.
package struct Witness: Sendable {
    /// The last checkpoint of a log that the witness put its name to.
    package struct Seen: Sendable, Hashable {
        package let size: TreeSize
        package let root: MerkleHash

        package init(size: TreeSize, root: MerkleHash) {
            self.size = size
            self.root = root
        }

        /// Of a log of which nothing was seen.
        package static let nothing = Seen(size: TreeSize(0), root: .empty)
    }

    private let logs: [String: NoteKey]

    /// - Parameter logs: keys of the logs whose checkpoints are witnessed, each under its origin.
    package init(logs: [NoteKey]) {
        self.logs = Dictionary(logs.map { ($0.name.text, $0) }) { $1 }
    }

    /// The checkpoint to be signed; throws when it is none of ours or has not signed.
    package func checkpoint(of request: WitnessRequest) throws(WitnessRefusal) -> Checkpoint {
        let checkpoint: Checkpoint
        do throws(NoteError) {
            checkpoint = try Checkpoint(request.note)
        } catch {
            throw .malformed("\(error)")
        }
        guard let log = logs[checkpoint.origin.text] else { throw .unknownLog }
        guard (try? request.note.signers(among: [log])) != nil else { throw .unsigned }
        return checkpoint
    }

    /// What is seen from now on, if the witness may sign.
    ///
    /// - Parameter seen: what was stored last for the request's log.
    package func judge(_ request: WitnessRequest, after seen: Seen) throws(WitnessRefusal) -> Seen {
        let checkpoint = try self.checkpoint(of: request)
        guard request.old <= checkpoint.size else { throw .shrinking }
        guard request.old == seen.size else { throw .conflict(latest: seen.size) }
        guard isConsistent(request.proof, from: seen, to: checkpoint) else { throw .inconsistent }
        return Seen(size: checkpoint.size, root: checkpoint.root)
    }

    /// RFC 9162's proof starts at one leaf; before it there is nothing to contradict.
    private func isConsistent(_ proof: [MerkleHash], from seen: Seen, to next: Checkpoint) -> Bool {
        guard seen.size.number > 0 else {
            return proof.isEmpty && (next.size.number > 0 || next.root == .empty)
        }
        return MerkleProof.verifyConsistency(
            from: seen.size, root: seen.root, to: next.size, root: next.root, proof: proof)
    }
}
