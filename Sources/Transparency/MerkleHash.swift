/// A hash of the Merkle tree: SHA-256, exactly 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// Nil unless there are exactly 32 bytes: a proof with hashes of another length proves nothing.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }
}
