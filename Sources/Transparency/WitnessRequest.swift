/// What a log asks of a witness: to put its name to a checkpoint, with the proof that it adds to the one the
/// witness saw last (C2SP tlog-witness v1.0.0, "add-checkpoint").
package struct WitnessRequest: Sendable, Hashable {
    /// Size of the checkpoint that the log believes the witness saw last; 0 for none.
    package let old: TreeSize
    package let proof: [MerkleHash]
    package let note: SignedNote

    /// A tree of 2^63 leaves needs no more.
    private static let proofCountMax = 63

    package init(old: TreeSize, proof: [MerkleHash], note: SignedNote) {
        self.old = old
        self.proof = proof
        self.note = note
    }

    /// Reads a request's body.
    package init(_ body: [UInt8]) throws(WitnessRefusal) {
        var rest = body[...]
        guard let first = Self.line(&rest), first.hasPrefix("old "),
            let old = TreeSize(decimal: first.dropFirst(4))
        else { throw .malformed("the first line is not “old” and a size") }
        self.old = old
        var proof: [MerkleHash] = []
        while true {
            guard let line = Self.line(&rest) else { throw .malformed("no empty line ends the proof") }
            if line.isEmpty { break }
            guard proof.count < Self.proofCountMax, let hash = Base64.bytes(line).flatMap({ MerkleHash($0) })
            else { throw .malformed("“\(line)” is no hash of a proof, or one too many") }
            proof.append(hash)
        }
        self.proof = proof
        do throws(NoteError) {
            note = try SignedNote(Array(rest))
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// Takes the bytes up to a newline, which must be there, as text.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")),
            let text = String(validating: rest[..<end], as: UTF8.self)
        else { return nil }
        rest = rest[(end + 1)...]
        return text
    }

    package var encoded: [UInt8] {
        let lines = ["old \(old)"] + proof.map { Base64.text($0.bytes) } + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + note.encoded
    }
}

/// Why a witness does not sign, with the protocol's answer.
package enum WitnessRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    case malformed(String)
    /// The witness does not know this log.
    case unknownLog
    /// The log's own key has not signed the checkpoint.
    case unsigned
    /// The checkpoint is smaller than the one it is to follow.
    case shrinking
    /// The witness saw another size last, this one.
    case conflict(latest: TreeSize)
    /// The proof does not show that the checkpoint adds to what the witness saw.
    case inconsistent

    /// HTTP status of the answer.
    package var status: Int {
        switch self {
        case .malformed, .shrinking: 400
        case .unsigned: 403
        case .unknownLog: 404
        case .conflict: 409
        case .inconsistent: 422
        }
    }

    package var description: String {
        switch self {
        case .malformed(let flaw): "not a request: \(flaw)"
        case .unknownLog: "this witness does not know the log"
        case .unsigned: "the log's key has not signed the checkpoint"
        case .shrinking: "the checkpoint is smaller than the one it is to follow"
        case .conflict(let latest): "the log was last seen with \(latest) entries"
        case .inconsistent: "the proof does not lead from the last checkpoint seen to this one"
        }
    }
}
