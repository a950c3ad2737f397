/// Enterprise and number of each new row of a load, to be written into the index in its own order: entries
/// that came as the file has them would change every page of it with every batch.
///
/// Some thirty bytes a row, for as long as the load reads.
struct NumberEntries: Sendable {
    struct Entry: Sendable {
        let enterprise: Int
        let id: Int64
        /// Of the match key.
        let number: Range<Int>
    }

    private struct Place {
        let id: Int64
        let enterprise: UInt32
        let start: UInt32
        let count: UInt8
    }

    /// Numbers have at most 64 characters of at most three bytes, so a count takes a byte; and five million
    /// of them take less than 2^32 bytes in all.
    private var places: [Place] = []
    private var bytes: [UInt8] = []

    var count: Int { places.count }

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
                    id: row.id.rawValue, enterprise: UInt32(row.enterprise), start: UInt32(bytes.count),
                    count: UInt8(row.number.count)))
            bytes.append(contentsOf: batch.bytes[row.number])
        }
    }

    /// By enterprise, then by the number's bytes, then by id.
    mutating func order() {
        let bytes = bytes
        bytes.withUnsafeBufferPointer { bytes in
            places.sort { left, right in
                if left.enterprise != right.enterprise { return left.enterprise < right.enterprise }
                let count = Int(min(left.count, right.count))
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
            part.append(contentsOf: bytes[Int(place.start)..<Int(place.start) + Int(place.count)])
            return Entry(enterprise: Int(place.enterprise), id: place.id, number: start..<part.count)
        }
        return (entries, part)
    }
}
