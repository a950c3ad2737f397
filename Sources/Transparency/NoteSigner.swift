import Crypto

/// A private key that signs notes in its holder's name.
package struct NoteSigner: Sendable {
    package let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 secret bytes; nil for another number of them.
    package init?(name: NoteKeyName, kind: NoteKeyKind, seed: [UInt8]) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = NoteKey(
                name: name, kind: kind, publicKey: Array(privateKey.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.privateKey = privateKey
    }

    /// The signature of a log, over the note's text.
    package func sign(_ note: SignedNote) throws -> SignedNote.Signature {
        precondition(key.kind == .ed25519, "a witness's signature has a time")
        return line(Array(try privateKey.signature(for: Array(note.text.utf8))))
    }

    /// The signature of a witness who saw the note at a time, in seconds since 1970.
    package func cosign(_ note: SignedNote, at time: UInt64) throws -> SignedNote.Signature {
        precondition(key.kind == .cosignature, "a log's signature has no time")
        let signature = try privateKey.signature(for: Cosignature.message(note, at: time))
        return line(Cosignature.encoded(time: time, signature: Array(signature)))
    }

    private func line(_ bytes: [UInt8]) -> SignedNote.Signature {
        SignedNote.Signature(name: key.name, keyID: key.id, bytes: bytes)
    }
}

extension NoteKey {
    /// Whether this key made the signature over the note's text.
    func hasSigned(_ note: SignedNote, with signature: SignedNote.Signature) -> Bool {
        guard let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        switch kind {
        case .ed25519:
            return verifier.isValidSignature(signature.bytes, for: Array(note.text.utf8))
        case .cosignature:
            guard let cosignature = Cosignature(signature.bytes) else { return false }
            return verifier.isValidSignature(
                cosignature.signature, for: Cosignature.message(note, at: cosignature.time))
        }
    }
}
