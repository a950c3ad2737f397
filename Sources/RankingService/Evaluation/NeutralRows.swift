internal import Regulation

/// All rows in the neutral order, and the how-manieth of its key each is.
///
/// The order is `NeutralOrder`'s. Here each row's code, number and models are laid out as bytes that
/// compare as they do, so that sorting millions touches no string.
struct NeutralRows {
    let rows: [Int]
    /// By row.
    let occurrences: [Int32]

    init(_ standards: [DeclaredStandard]) {
        let sorted = NeutralKeys(standards).sorted()
        var rows = sorted.rows
        var occurrences = [Int32](repeating: 1, count: standards.count)
        for run in sorted.repeated {
            // The same code, number and models: rare, and parted by everything else they say.
            let lines = Dictionary(uniqueKeysWithValues: rows[run].map { ($0, standards[$0].canonicalLine) })
            rows[run].sort { left, right in
                guard let mine = lines[left], let theirs = lines[right], mine != theirs else {
                    return left < right
                }
                return mine.lexicographicallyPrecedes(theirs)
            }
            for (number, row) in rows[run].enumerated() { occurrences[row] = Int32(number + 1) }
        }
        self.rows = rows
        self.occurrences = occurrences
    }
}

/// One key per row, in one buffer.
///
/// A text ends in 0, and its own bytes 0 and 1 are written 1 1 and 1 2, so that a text that begins
/// another comes first. A 2 goes before each model and a 0 behind the last, so that a list that begins
/// another comes first.
private struct NeutralKeys {
    private struct Key {
        /// The first sixteen bytes, most significant first: the greater part of the credit code.
        var prefix: UInt128
        var start: Int
        var end: Int
        var row: Int
    }

    private var bytes: [UInt8] = []
    private var keys: [Key] = []

    init(_ standards: [DeclaredStandard]) {
        keys.reserveCapacity(standards.count)
        bytes.reserveCapacity(standards.count * 64)
        for row in standards.indices {
            let start = bytes.count
            write(standards[row].enterprise.text)
            write(standards[row].number.matchKey)
            write(standards[row].number.text)
            for model in standards[row].models {
                bytes.append(2)
                write(model)
            }
            bytes.append(0)
            let prefix = bytes[start..<start + 16].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
            keys.append(Key(prefix: prefix, start: start, end: bytes.count, row: row))
        }
    }

    private mutating func write(_ text: String) {
        for byte in text.utf8 {
            if byte <= 1 {
                bytes.append(1)
                bytes.append(byte + 1)
            } else {
                bytes.append(byte)
            }
        }
        bytes.append(0)
    }

    /// Rows in order, equal keys by row, and the runs of equal keys.
    func sorted() -> (rows: [Int], repeated: [Range<Int>]) {
        bytes.withUnsafeBufferPointer { bytes in
            let sorted = keys.sorted { left, right in
                let order = Self.compare(left, right, bytes)
                return order == 0 ? left.row < right.row : order < 0
            }
            var repeated: [Range<Int>] = []
            var start = 0
            for next in sorted.indices.dropFirst() {
                if Self.compare(sorted[start], sorted[next], bytes) == 0 { continue }
                if next - start > 1 { repeated.append(start..<next) }
                start = next
            }
            if sorted.count - start > 1 { repeated.append(start..<sorted.count) }
            return (sorted.map(\.row), repeated)
        }
    }

    private static func compare(_ left: Key, _ right: Key, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if left.prefix != right.prefix { return left.prefix < right.prefix ? -1 : 1 }
        let count = min(left.end - left.start, right.end - right.start)
        for place in 16..<count {
            let (mine, theirs) = (bytes[left.start + place], bytes[right.start + place])
            if mine != theirs { return mine < theirs ? -1 : 1 }
        }
        return (left.end - left.start) - (right.end - right.start)
    }
}
