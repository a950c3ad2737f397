/// What rows are ordered by, the smaller the better.
enum OrderColumn: Sendable {
    case narrow([Int64])
    case huge([Int128])
}

/// Orders rows by several columns and gives them competition ranks.
struct StableOrder {
    /// Most important column first.
    let columns: [OrderColumn]

    /// `rows`, which come in the order that equal ones keep, by rank: 1, 1, 3.
    func ranked(_ rows: [Int32]) -> (rows: [Int32], ranks: [Int32]) {
        var rows = rows
        var isNew = [Bool](repeating: false, count: rows.count)
        let sorter = RadixSorter(capacity: rows.count)
        // The least important first: every sort keeps what the ones before it made.
        for column in columns.reversed() {
            switch column {
            case .narrow(let keys): sorter.sort(&rows, by: keys)
            case .huge(let keys): Self.sortSlowly(&rows, by: keys)
            }
        }
        for column in columns {
            switch column {
            case .narrow(let keys): Self.markChanges(&isNew, rows, keys)
            case .huge(let keys): Self.markChanges(&isNew, rows, keys)
            }
        }
        var ranks: [Int32] = []
        ranks.reserveCapacity(rows.count)
        for place in rows.indices {
            ranks.append(place > 0 && !isNew[place] ? ranks[place - 1] : Int32(place + 1))
        }
        return (rows, ranks)
    }

    private static func sortSlowly(_ rows: inout [Int32], by keys: [Int128]) {
        let places = rows.indices.sorted { left, right in
            let (mine, theirs) = (keys[Int(rows[left])], keys[Int(rows[right])])
            return mine == theirs ? left < right : mine < theirs
        }
        rows = places.map { rows[$0] }
    }

    private static func markChanges<Key: Equatable>(_ isNew: inout [Bool], _ rows: [Int32], _ keys: [Key]) {
        for place in rows.indices.dropFirst() where keys[Int(rows[place])] != keys[Int(rows[place - 1])] {
            isNew[place] = true
        }
    }
}

/// Sorts rows by whole numbers, digit by digit from the lowest, in as many passes as the numbers differ in.
private final class RadixSorter {
    private static let digitBits = 11
    private static let bucketCount = 1 << digitBits

    private struct Pair {
        var key: UInt64
        var row: Int32
    }

    private var pairs: [Pair] = []
    private var other: [Pair] = []
    private var places = [Int](repeating: 0, count: RadixSorter.bucketCount)

    init(capacity: Int) {
        pairs.reserveCapacity(capacity)
        other.reserveCapacity(capacity)
    }

    func sort(_ rows: inout [Int32], by keys: [Int64]) {
        guard rows.count > 1 else { return }
        let least = keys.withUnsafeBufferPointer { keys in rows.reduce(Int64.max) { min($0, keys[Int($1)]) } }
        pairs.removeAll(keepingCapacity: true)
        var different: UInt64 = 0
        let first = UInt64(bitPattern: keys[Int(rows[0])]) &- UInt64(bitPattern: least)
        for row in rows {
            let key = UInt64(bitPattern: keys[Int(row)]) &- UInt64(bitPattern: least)
            different |= key ^ first
            pairs.append(Pair(key: key, row: row))
        }
        other = pairs
        for shift in stride(from: 0, to: 64, by: Self.digitBits)
        where different >> UInt64(shift) & UInt64(Self.bucketCount - 1) != 0 {
            pass(shift: UInt64(shift))
        }
        for place in rows.indices { rows[place] = pairs[place].row }
    }

    private func pass(shift: UInt64) {
        let mask = UInt64(Self.bucketCount - 1)
        for bucket in places.indices { places[bucket] = 0 }
        pairs.withUnsafeBufferPointer { source in
            other.withUnsafeMutableBufferPointer { target in
                for pair in source { places[Int(pair.key >> shift & mask)] += 1 }
                var start = 0
                for bucket in places.indices {
                    let count = places[bucket]
                    places[bucket] = start
                    start += count
                }
                for pair in source {
                    let bucket = Int(pair.key >> shift & mask)
                    target[places[bucket]] = pair
                    places[bucket] += 1
                }
            }
        }
        swap(&pairs, &other)
    }
}
