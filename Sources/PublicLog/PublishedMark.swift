import Transparency

/// How far a log was published: what was, or is about to be, signed.
struct PublishedMark: Sendable, Hashable {
    let size: TreeSize
    let root: MerkleHash
    /// The last event of the record whose act, if it was one, is among the entries.
    let position: Int64
    /// Chain value of the record at that position; see `EventChain`.
    let chain: [UInt8]
}
