internal import Crypto
package import Regulation
import Transparency

/// SHA-256 of one declared standard's canonical line: what a snapshot is made of.
///
/// Four words, most significant byte first, so that millions are ordered without a look at bytes.
package struct StandardDigest: Sendable, Hashable, Comparable {
    package static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    package init(of standard: DeclaredStandard) {
        self.init(ofCanonicalLine: standard.canonicalLine)
    }

    package init(ofCanonicalLine line: [UInt8]) {
        self = line.withUnsafeBytes { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: bytes)
            return hash.finalize().withUnsafeBytes { Self(loading: $0) }
        }
    }

    /// `bytes` are 32.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self = Array(bytes).withUnsafeBytes { Self(loading: $0) }
    }

    private init(loading bytes: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The 32 bytes as they lie in memory.
    var stored: (UInt64, UInt64, UInt64, UInt64) {
        (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: stored) { bytes.append(contentsOf: $0) }
    }

    package static func == (left: Self, right: Self) -> Bool { left.words == right.words }
    package static func < (left: Self, right: Self) -> Bool { left.words < right.words }

    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// The standards of one category of a snapshot, in number and digest.
package struct CategoryDigest: Sendable, Hashable {
    package let category: String
    package let count: Int
    /// 32 bytes: SHA-256 over the digests of the standards, one behind the other in their own order.
    package let digest: [UInt8]

    package init(category: String, count: Int, digest: [UInt8]) {
        self.category = category
        self.count = count
        self.digest = digest
    }

    package init(category: String, standards: [StandardDigest]) {
        var hash = SHA256()
        var bytes: [UInt8] = []
        for standard in standards.sorted() {
            standard.append(to: &bytes)
            guard bytes.count >= 1 << 16 else { continue }
            hash.update(data: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        hash.update(data: bytes)
        self.init(category: category, count: standards.count, digest: Array(hash.finalize()))
    }
}

/// The digest of a snapshot, by way of its categories: whoever computes one category's ranking again needs
/// the standards of that category and a line for each of the others.
package enum SnapshotDigest {
    /// SHA-256 of the line `forerunner-snapshot/2` and one line per category in the order of the names'
    /// bytes: `category`, name, number of standards, digest in lower-case hexadecimal digits. Whatever order
    /// standards and categories come in.
    package static func of(_ categories: [CategoryDigest]) -> [UInt8] {
        var text = CanonicalText()
        text.line("forerunner-snapshot/2")
        for category in categories.sorted(by: { ByteOrder.compare($0.category, $1.category) < 0 }) {
            text.line("category", category.category, String(category.count), HexText.text(category.digest))
        }
        return EvaluationDigest.sha256(text.bytes)
    }

    package static func categories(of standards: [DeclaredStandard]) -> [CategoryDigest] {
        var digests: [String: [StandardDigest]] = [:]
        for standard in standards { digests[standard.category, default: []].append(.init(of: standard)) }
        return digests.map { CategoryDigest(category: $0.key, standards: $0.value) }
            .sorted { ByteOrder.compare($0.category, $1.category) < 0 }
    }
}
