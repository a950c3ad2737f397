/// Enterprise and number of each new row of a load, to be written into the index in its own order: entries
/// that came as the file has them would change every page of it with every batch.
///
/// Some thirty bytes a row, for a million rows at a time.
struct NumberEntries: Sendable {
    private static let countMax = 1 << 20

    struct Entry: Sendable {
        let enterprise: Int
        let id: Int64
        /// Of the match key.
        let number: Range<Int>
    }

    /// Sixteen bytes. Ids stay below 2^47; numbers have at most 64 characters of at most three bytes, so a
    /// count takes a byte; and a million of them take less than 2^32 bytes in all.
    private struct Place {
        private let idAndCount: UInt64
        let enterprise: UInt32
        let start: UInt32

        init(id: RegisterID, enterprise: Int, start: Int, count: Int) {
            idAndCount = UInt64(id.rawValue) << 8 | UInt64(count)
            self.enterprise = UInt32(enterprise)
            self.start = UInt32(start)
        }

        var id: Int64 { Int64(idAndCount >> 8) }
        var count: Int { Int(idAndCount & 0xFF) }
        var range: Range<Int> { Int(start)..<Int(start) + count }
    }

    private var places: [Place] = []
    private var bytes: [UInt8] = []

    var count: Int { places.count }
    /// What there is should be written.
    var isFull: Bool { places.count >= Self.countMax }

    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// All rows of the batch but some.
    mutating func append(_ batch: RegisterBatch, without known: [Int]) {
        var known = known[...]
        for (index, row) in batch.rows.enumerated() {
            if known.first == index {
                known.removeFirst()
                continue
            }
            places.append(
                Place(
                    id: row.id, enterprise: row.enterprise, start: bytes.count, count: row.number.count))
            bytes.append(contentsOf: batch.bytes[row.number])
        }
    }

    /// By enterprise, then by the number's bytes, then by id.
    mutating func order() {
        let bytes = bytes
        bytes.withUnsafeBufferPointer { bytes in
            places.sort { left, right in
                if left.enterprise != right.enterprise { return left.enterprise < right.enterprise }
                let count = min(left.count, right.count)
                let (mine, theirs) = (Int(left.start), Int(right.start))
                for offset in 0..<count where bytes[mine + offset] != bytes[theirs + offset] {
                    return bytes[mine + offset] < bytes[theirs + offset]
                }
                if left.count != right.count { return left.count < right.count }
                return left.id < right.id
            }
        }
    }

    /// Some entries, and the bytes that their numbers lie in.
    func part(_ range: Range<Int>) -> (entries: [Entry], bytes: [UInt8]) {
        var part: [UInt8] = []
        let entries = places[range].map { place in
            let start = part.count
            part.append(contentsOf: bytes[place.range])
            return Entry(enterprise: Int(place.enterprise), id: place.id, number: start..<part.count)
        }
        return (entries, part)
    }
}
