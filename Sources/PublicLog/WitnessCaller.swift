package import Transparency

/// Asks one witness, wherever it is.
package protocol WitnessCaller: Sendable {
    /// The witness's public key, by which its answers are known.
    var key: NoteKey { get }
    /// Sends the request and gives the answer.
    func ask(_ request: WitnessRequest) async -> WitnessAnswer
}

/// What a witness said, or that it said nothing.
package enum WitnessAnswer: Sendable, Hashable {
    /// Signature lines.
    case signed([SignedNote.Signature])
    /// It saw another size of this log last.
    case conflict(latest: TreeSize)
    /// It saw another tree.
    case inconsistent
    /// It could not be reached, or refused for another reason.
    case absent(String)
}
