import Crypto

/// A hash of the Merkle tree of RFC 6962: SHA-256, exactly 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// Nil unless there are exactly 32 bytes: a proof with hashes of another length proves nothing.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    private init(_ hasher: SHA256) {
        bytes = hasher.finalize().withUnsafeBytes { Array($0) }
    }

    /// Root of the tree without leaves (RFC 6962, 2.1).
    package static let empty = MerkleHash(SHA256())

    /// Hash of a leaf: SHA-256(0x00 || entry). The prefix keeps an entry from being taken for a node.
    package static func leaf(_ entry: [UInt8]) -> MerkleHash {
        var hasher = SHA256()
        withUnsafeBytes(of: UInt8(0)) { hasher.update(bufferPointer: $0) }
        hasher.update(data: entry)
        return MerkleHash(hasher)
    }

    /// Hash of a node: SHA-256(0x01 || left || right).
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        var hasher = SHA256()
        withUnsafeBytes(of: UInt8(1)) { hasher.update(bufferPointer: $0) }
        hasher.update(data: left.bytes)
        hasher.update(data: right.bytes)
        return MerkleHash(hasher)
    }
}
