/// What a connection keeps for each of its streams, by the stream's number.
///
/// Every call goes in and out, so this is on each call's path, where a `Dictionary` costs as much as decoding
/// a message: here a hash is one multiplication, and nothing is allocated while the table does not grow. A
/// peer chooses the numbers and must not choose their places, so a server's tables have a factor drawn for
/// each (the multiply-shift scheme of Dietzfelbinger et al., 1997, which is universal).
package struct StreamTable<Value> {
    package typealias Element = (key: StreamID, value: Value)

    /// Open addressing: an entry lies at its number's place or behind it, with no gap between.
    private var slots: [Element?] = []
    private let factor: UInt32
    package private(set) var count = 0

    /// Slots of a table that has held anything; a power of two.
    private static var slotCountMin: Int { 8 }

    /// - Parameter factor: made odd; by default 2^32 divided by the golden ratio, which spreads numbers that
    ///   nobody chose in order to make them collide.
    package init(factor: UInt32 = 0x9E37_79B9) { self.factor = factor | 1 }

    package var isEmpty: Bool { count == 0 }

    /// Assigning nil removes.
    package subscript(_ key: StreamID) -> Value? {
        get {
            guard count > 0, let slot = slot(of: key) else { return nil }
            return slots[slot]?.value
        }
        set {
            guard let newValue else {
                removeValue(forKey: key)
                return
            }
            // At most half full: a search then looks at two slots and a half.
            if (count + 1) * 2 > slots.count { grow() }
            let (slot, isTaken) = search(key)
            slots[slot] = (key, newValue)
            if !isTaken { count += 1 }
        }
    }

    @discardableResult
    package mutating func removeValue(forKey key: StreamID) -> Value? {
        guard count > 0, let slot = slot(of: key), let entry = slots[slot].take() else { return nil }
        count -= 1
        closeGap(at: slot)
        return entry.value
    }

    package mutating func removeAll() {
        slots = []
        count = 0
    }

    // MARK: Places

    private func place(of key: StreamID) -> Int {
        let bitCount = slots.count.trailingZeroBitCount
        return Int((key.number &* factor) >> UInt32(UInt32.bitWidth - bitCount))
    }

    private func following(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    private func slot(of key: StreamID) -> Int? {
        let (slot, isTaken) = search(key)
        return isTaken ? slot : nil
    }

    /// The key's slot, or the free one where it would go. There must be a free slot.
    private func search(_ key: StreamID) -> (slot: Int, isTaken: Bool) {
        var slot = place(of: key)
        while let entry = slots[slot] {
            if entry.key == key { return (slot, true) }
            slot = following(slot)
        }
        return (slot, false)
    }

    /// Moves up what would no longer be found behind an emptied slot.
    private mutating func closeGap(at emptied: Int) {
        var gap = emptied
        var slot = following(gap)
        while let entry = slots[slot] {
            // Its way from its place to its slot leads over the gap.
            let wayToSlot = (slot - place(of: entry.key)) & (slots.count - 1)
            let wayToGap = (slot - gap) & (slots.count - 1)
            if wayToSlot >= wayToGap {
                slots[gap] = entry
                slots[slot] = nil
                gap = slot
            }
            slot = following(slot)
        }
    }

    private mutating func grow() {
        let entries = slots
        slots = Array(repeating: nil, count: Swift.max(Self.slotCountMin, entries.count * 2))
        for case let entry? in entries { slots[search(entry.key).slot] = entry }
    }
}

extension StreamTable: Sendable where Value: Sendable {}

/// In no particular order.
extension StreamTable: Sequence {
    package func makeIterator() -> some IteratorProtocol<Element> {
        slots.lazy.compactMap { $0 }.makeIterator()
    }
}
