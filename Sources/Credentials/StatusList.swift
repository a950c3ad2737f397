/// A bit for each title: 0 valid, 1 ended before its time (draft-ietf-oauth-status-list, one bit an entry,
/// packed from the least significant bit of the first byte).
package struct StatusList: Sendable, Hashable {
    /// Entries of a list that we make: 128 KiB before compression, whatever the number of titles.
    package static let entryCountMax = 1 << 20
    /// Titles that share a list; some places stay free, so that a free one is soon found.
    package static let titleCountMax = 1_000_000

    package private(set) var bytes: [UInt8]

    /// All valid.
    package init(entryCount: Int = Self.entryCountMax) {
        precondition((1...Self.entryCountMax).contains(entryCount), "a list has 1 to 2^20 entries")
        bytes = [UInt8](repeating: 0, count: (entryCount + 7) / 8)
    }

    /// Nil for more bytes than a list has.
    package init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, bytes.count <= Self.entryCountMax / 8 else { return nil }
        self.bytes = bytes
    }

    package var entryCount: Int { bytes.count * 8 }

    /// Marks a title as ended.
    package mutating func end(_ index: Int) { bytes[index >> 3] |= 1 << UInt8(index & 7) }

    /// Whether the title is marked as ended; nil for an index that the list has not, which is no answer.
    package func isEnded(_ index: Int) -> Bool? {
        guard (0..<entryCount).contains(index) else { return nil }
        return bytes[index >> 3] >> UInt8(index & 7) & 1 == 1
    }
}
