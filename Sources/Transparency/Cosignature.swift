/// What a witness's signature line holds: when it saw the checkpoint, and its signature over both
/// (C2SP tlog-cosignature v1, kind 0x04).
package struct Cosignature: Sendable, Hashable {
    /// Seconds since 1970.
    package let time: UInt64
    /// Ed25519, 64 bytes.
    package let signature: [UInt8]

    private static let byteCount = 8 + 64

    /// Nil unless there are eight bytes of time, most significant first, and a signature.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        time = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        signature = Array(bytes.dropFirst(8))
    }

    static func encoded(time: UInt64, signature: [UInt8]) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: time >> UInt64($0)) } + signature
    }

    /// What is signed.
    static func message(_ note: SignedNote, at time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(note.text)".utf8)
    }
}
