import Crypto

/// A log's private key, which signs checkpoints in the log's name.
package struct LogSigner: Sendable {
    package let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 secret bytes; nil for another number of them.
    package init?(name: NoteKeyName, seed: [UInt8]) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = NoteKey(name: name, kind: .ed25519, privateKey)
        else { return nil }
        self.key = key
        self.privateKey = privateKey
    }

    /// The signature over the note's text.
    package func sign(_ note: SignedNote) throws -> SignedNote.Signature {
        key.signature(Array(try privateKey.signature(for: Array(note.text.utf8))))
    }
}

/// A witness's private key, which signs what it saw and when.
package struct WitnessSigner: Sendable {
    package let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 secret bytes; nil for another number of them.
    package init?(name: NoteKeyName, seed: [UInt8]) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = NoteKey(name: name, kind: .cosignature, privateKey)
        else { return nil }
        self.key = key
        self.privateKey = privateKey
    }

    /// The signature over the note's text and the time, in seconds since 1970.
    package func sign(_ note: SignedNote, at time: UInt64) throws -> SignedNote.Signature {
        let signature = try privateKey.signature(for: Cosignature.message(note, at: time))
        return key.signature(Cosignature.encoded(time: time, signature: Array(signature)))
    }
}

extension NoteKey {
    fileprivate init?(
        name: NoteKeyName, kind: NoteKeyKind, _ privateKey: Curve25519.Signing.PrivateKey
    ) {
        self.init(name: name, kind: kind, publicKey: Array(privateKey.publicKey.rawRepresentation))
    }

    fileprivate func signature(_ bytes: [UInt8]) -> SignedNote.Signature {
        SignedNote.Signature(name: name, keyID: id, bytes: bytes)
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
