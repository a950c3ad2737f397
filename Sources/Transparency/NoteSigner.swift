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

    /// Reads the written form; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let (name, seed) = SecretText.read(text, .ed25519) else { return nil }
        self.init(name: name, seed: seed)
        guard SecretText.id(in: text) == HexText.text(key.id) else { return nil }
    }

    /// The key as it is kept, which Go's note package reads too.
    package var secretText: String { SecretText.write(key, privateKey) }

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

    /// Reads the written form; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let (name, seed) = SecretText.read(text, .cosignature) else { return nil }
        self.init(name: name, seed: seed)
        guard SecretText.id(in: text) == HexText.text(key.id) else { return nil }
    }

    /// The key as it is kept.
    package var secretText: String { SecretText.write(key, privateKey) }

    /// The signature over the note's text and the time, in seconds since 1970.
    package func sign(_ note: SignedNote, at time: UInt64) throws -> SignedNote.Signature {
        let signature = try privateKey.signature(for: Cosignature.message(note, at: time))
        return key.signature(Cosignature.encoded(time: time, signature: Array(signature)))
    }
}

/// How private keys are kept: `PRIVATE+KEY+` and the parts of the public key's form, with the seed in place
/// of the public key.
private enum SecretText {
    private static let prefix = "PRIVATE+KEY+"

    private static func parts(_ text: some StringProtocol) -> [String]? {
        guard text.hasPrefix(prefix) else { return nil }
        let parts = text.dropFirst(prefix.count)
            .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? parts.map { String($0) } : nil
    }

    static func read(_ text: some StringProtocol, _ kind: NoteKeyKind) -> (NoteKeyName, seed: [UInt8])? {
        guard let parts = parts(text), let name = NoteKeyName(parts[0]),
            let bytes = Base64.bytes(parts[2]), bytes.first == kind.rawValue
        else { return nil }
        return (name, Array(bytes.dropFirst()))
    }

    static func id(in text: some StringProtocol) -> String? { parts(text)?[1] }

    static func write(_ key: NoteKey, _ privateKey: Curve25519.Signing.PrivateKey) -> String {
        let seed = Base64.text([key.kind.rawValue] + Array(privateKey.rawRepresentation))
        return "\(prefix)\(key.name)+\(HexText.text(key.id))+\(seed)"
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
