/// What is kept of one stream for its reader, against what the peer was allowed. Pure.
package struct ReceiveWindow: Sendable, Hashable {
    /// What a counting peer may send ahead of the reader, in bytes by `StreamExtension.cost`.
    private let window: Int
    /// What is kept of a peer that does not count.
    private let keptMax: Int
    private var kept = 0
    /// Taken by the reader, and not yet given back to the peer as credit.
    private var unreturned = 0

    package init(window: Int, keptMax: Int) {
        self.window = window
        self.keptMax = keptMax
    }

    /// A message arrived. False when it is more than is kept: the peer does not count, or wrongly. One
    /// that counts may go beyond its window with a single message.
    package mutating func receive(_ cost: Int) -> Bool {
        guard kept < window || kept + cost <= keptMax else { return false }
        kept += cost
        return true
    }

    /// The reader took all there was. Returns the credit to give back now: in large pieces, as each costs a
    /// frame, and before the peer has run out.
    package mutating func takeAll() -> Int? {
        unreturned += kept
        kept = 0
        guard unreturned * 2 >= window else { return nil }
        defer { unreturned = 0 }
        return unreturned
    }
}
