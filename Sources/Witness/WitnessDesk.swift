import Crypto
package import Transparency

/// Answers the two requests of C2SP tlog-witness, without HTTP: a body in, a status and a body out.
package struct WitnessDesk: Sendable {
    package struct Answer: Sendable, Hashable {
        package let status: Int
        package let body: [UInt8]
        package var mediaType = "text/plain; charset=utf-8"
    }

    /// Where a conflict's answer says what was seen last.
    private static let sizeType = "text/x.tlog.size"

    private let witness: Witness
    private let signer: WitnessSigner
    private let store: WitnessStore
    /// Seconds since 1970.
    private let now: @Sendable () -> UInt64

    package init(
        witness: Witness, signer: WitnessSigner, store: WitnessStore, now: @escaping @Sendable () -> UInt64
    ) {
        self.witness = witness
        self.signer = signer
        self.store = store
        self.now = now
    }

    /// `POST /add-checkpoint`: the witness's signature lines, or why there are none.
    package func addCheckpoint(_ body: [UInt8]) async throws -> Answer {
        do {
            let request = try WitnessRequest(body)
            let (signer, now) = (signer, now)
            let signed = try await store.admit(request, by: witness) { note, origin in
                // Whatever others have signed beside the log is not ours to keep.
                let lines = note.signatures.filter { $0.name == origin }
                guard var kept = SignedNote(text: note.text, signatures: lines) else {
                    throw WitnessRefusal.malformed("the note's text has a control character")
                }
                kept.add(try signer.sign(note, at: now()))
                return kept
            }
            let line = signed.signatures.suffix(1).map(\.line).joined()
            return Answer(status: 200, body: Array(line.utf8))
        } catch let refusal as WitnessRefusal {
            return Self.answer(to: refusal)
        }
    }

    /// `GET /HASH/checkpoint`, for monitors: the last checkpoint signed for the log whose origin has this
    /// SHA-256 in lower-case hexadecimal.
    package func checkpoint(ofOriginHash hash: String) async throws -> Answer {
        let note = try await store.note { origin in
            HexText.text(Array(SHA256.hash(data: Array(origin.utf8)))) == hash
        }
        guard let note else { return Answer(status: 404, body: Array("nothing was seen of this log\n".utf8)) }
        return Answer(status: 200, body: note)
    }

    private static func answer(to refusal: WitnessRefusal) -> Answer {
        switch refusal {
        case .conflict(let latest):
            Answer(status: refusal.status, body: Array("\(latest)\n".utf8), mediaType: sizeType)
        case .malformed, .unknownLog, .unsigned, .shrinking, .inconsistent:
            Answer(status: refusal.status, body: Array("\(refusal)\n".utf8))
        }
    }
}
