import Crypto

/// What a key signs, which is part of its identity: a key of one kind is never taken for the other.
package enum NoteKeyKind: UInt8, Sendable, Hashable {
    /// The note's text: a log's checkpoint.
    case ed25519 = 0x01
    /// The note's text with the time at which a witness saw it (C2SP tlog-cosignature).
    case cosignature = 0x04
}

/// A public key by which signatures of notes are checked, as in
/// `example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k` (C2SP signed-note, "Verifier
/// keys").
package struct NoteKey: Sendable, Hashable {
    package let name: NoteKeyName
    package let kind: NoteKeyKind
    /// Ed25519, 32 bytes.
    package let publicKey: [UInt8]
    /// First four bytes of SHA-256(name || newline || kind || public key), as a number.
    package let id: UInt32

    /// Nil unless the key has 32 bytes.
    package init?(name: NoteKeyName, kind: NoteKeyKind, publicKey: [UInt8]) {
        guard publicKey.count == 32 else { return nil }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        let hash = SHA256.hash(data: Array(name.text.utf8) + [0x0A, kind.rawValue] + publicKey)
        id = hash.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads the written form. Throws when a part is missing, the key is of a kind unknown here, or the id
    /// is not the key's own.
    package init(_ text: String) throws(NoteError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = NoteKeyName(parts[0]) else { throw .key(text) }
        guard let bytes = Base64.bytes(parts[2]), let code = bytes.first,
            let kind = NoteKeyKind(rawValue: code),
            let key = NoteKey(name: name, kind: kind, publicKey: Array(bytes.dropFirst())),
            parts[1] == HexText.text(key.id)
        else { throw .key(text) }
        self = key
    }
}

extension NoteKey: CustomStringConvertible {
    /// The written form.
    package var description: String {
        "\(name)+\(HexText.text(id))+\(Base64.text([kind.rawValue] + publicKey))"
    }
}
