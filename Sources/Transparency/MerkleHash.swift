import Crypto

/// A hash of the Merkle tree of RFC 6962: SHA-256, exactly 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    package static let byteCount = 32

    /// The bytes as they lie in memory: a tree of millions needs no array for each.
    private let content: SIMD4<UInt64>

    /// Nil unless there are exactly 32 bytes: a proof with hashes of another length proves nothing.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        content = withUnsafeTemporaryAllocation(byteCount: Self.byteCount, alignment: 8) { copy in
            copy.copyBytes(from: bytes)
            return copy.loadUnaligned(as: SIMD4<UInt64>.self)
        }
    }

    private init(_ hasher: SHA256) {
        content = hasher.finalize().withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: content) { Array($0) } }

    package func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: content) { bytes.append(contentsOf: $0) }
    }

    /// Root of the tree without leaves (RFC 6962, 2.1).
    package static let empty = MerkleHash(SHA256())

    /// Hash of a leaf: SHA-256(0x00 || entry). The prefix keeps an entry from being taken for a node.
    package static func leaf(_ entry: some Collection<UInt8>) -> MerkleHash {
        var hasher = SHA256()
        withUnsafeBytes(of: UInt8(0)) { hasher.update(bufferPointer: $0) }
        let isHashed: Void? = entry.withContiguousStorageIfAvailable {
            hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil { hasher.update(data: Array(entry)) }
        return MerkleHash(hasher)
    }

    /// Hash of a node: SHA-256(0x01 || left || right).
    package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        // In one piece: three calls of the library would take half as long again.
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * byteCount, alignment: 8) { piece in
            piece[0] = 1
            piece.storeBytes(of: left.content, toByteOffset: 1, as: SIMD4<UInt64>.self)
            piece.storeBytes(of: right.content, toByteOffset: 1 + byteCount, as: SIMD4<UInt64>.self)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(piece))
            return MerkleHash(hasher)
        }
    }
}
