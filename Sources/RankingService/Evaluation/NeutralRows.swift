import Regulation

/// All rows in the neutral order, and the how-manieth of its key each is.
///
/// The order is `NeutralOrder`'s. Here each row's number and models are laid out as bytes that compare as
/// they do, so that sorting millions touches no string.
struct NeutralRows: Sendable {
    let rows: [Int]
    /// By row: where it stands in `rows`.
    let places: [Int32]
    /// By row.
    let occurrences: [Int32]

    init(_ standards: some RankedStandards, onCores cores: Int = 1) {
        let sorted = NeutralKeys.sorted(standards.heads, onCores: cores)
        var rows = sorted.rows
        var occurrences = [Int32](repeating: 1, count: rows.count)
        for run in sorted.repeated {
            // The same code, number and models: rare, and parted by everything else they say.
            let lines = Dictionary(
                uniqueKeysWithValues: rows[run].map { ($0, standards.standard($0).canonicalLine) })
            rows[run].sort { left, right in
                guard let mine = lines[left], let theirs = lines[right], mine != theirs else {
                    return left < right
                }
                return mine.lexicographicallyPrecedes(theirs)
            }
            for (number, row) in rows[run].enumerated() { occurrences[row] = Int32(number + 1) }
        }
        var places = [Int32](repeating: 0, count: rows.count)
        for (place, row) in rows.enumerated() { places[row] = Int32(place) }
        self.rows = rows
        self.places = places
        self.occurrences = occurrences
    }
}

/// The keys of some rows, the bytes behind their codes in one buffer.
///
/// A text ends in 0, and its own bytes 0 and 1 are written 1 1 and 1 2, so that a text that begins
/// another comes first. A 2 goes before each model and a 0 behind the last, so that a list that begins
/// another comes first.
private struct NeutralKeys: Sendable {
    private struct Key: Sendable {
        let code: UInt128
        /// The next bytes, most significant first.
        let prefix: UInt64
        let start: Int
        let end: Int
        let row: Int
    }

    private static let prefixCount = 8

    private var bytes: [UInt8] = []
    private var keys: [Key] = []

    /// Rows in order, equal keys by row, and the runs of equal keys.
    static func sorted(
        _ standards: [DeclaredStandard], onCores cores: Int
    ) -> (rows: [Int], repeated: [Range<Int>]) {
        let parts = Cores.map(standards.count, onCores: cores) { rows in
            var keys = NeutralKeys()
            keys.keys.reserveCapacity(rows.count)
            keys.bytes.reserveCapacity(rows.count * 64)
            standards.withUnsafeBufferPointer { standards in
                for row in rows { keys.append(standards, row) }
            }
            keys.sort()
            return keys
        }
        var all = parts[0]
        for part in parts.dropFirst() { all = all.merged(with: part) }
        return (all.keys.map(\.row), all.repeated)
    }

    private mutating func append(_ standards: UnsafeBufferPointer<DeclaredStandard>, _ row: Int) {
        let start = bytes.count
        write(standards[row].number.matchKey)
        write(standards[row].number.text)
        for model in standards[row].models {
            bytes.append(2)
            write(model)
        }
        bytes.append(0)
        var prefix: UInt64 = 0
        for place in start..<start + Self.prefixCount {
            prefix = prefix << 8 | UInt64(place < bytes.count ? bytes[place] : 0)
        }
        keys.append(
            Key(
                code: standards[row].enterprise.ordinal, prefix: prefix, start: start, end: bytes.count,
                row: row))
    }

    private mutating func write(_ text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        // Such bytes are rare, so look first.
        if bytes[start...].contains(where: { $0 <= 1 }) {
            let written = bytes[start...].flatMap { $0 <= 1 ? [1, $0 + 1] : [$0] }
            bytes.replaceSubrange(start..., with: written)
        }
        bytes.append(0)
    }

    private mutating func sort() {
        bytes.withUnsafeBufferPointer { bytes in
            keys.sort { left, right in
                let order = Self.compare(left, right, bytes)
                return order == 0 ? left.row < right.row : order < 0
            }
        }
    }

    /// Both are sorted, and every row of `other` stands behind those of this one.
    private func merged(with other: NeutralKeys) -> NeutralKeys {
        var all = NeutralKeys()
        all.bytes = bytes + other.bytes
        all.keys.reserveCapacity(keys.count + other.keys.count)
        all.bytes.withUnsafeBufferPointer { bytes in
            var mine = keys[...]
            for key in other.keys {
                let theirs = Key(
                    code: key.code, prefix: key.prefix, start: key.start + self.bytes.count,
                    end: key.end + self.bytes.count, row: key.row)
                while let first = mine.first, Self.compare(first, theirs, bytes) <= 0 {
                    all.keys.append(first)
                    mine.removeFirst()
                }
                all.keys.append(theirs)
            }
            all.keys += mine
        }
        return all
    }

    /// Runs of equal keys; of sorted ones.
    private var repeated: [Range<Int>] {
        bytes.withUnsafeBufferPointer { bytes in
            var repeated: [Range<Int>] = []
            var start = 0
            for next in keys.indices.dropFirst() {
                if Self.compare(keys[start], keys[next], bytes) == 0 { continue }
                if next - start > 1 { repeated.append(start..<next) }
                start = next
            }
            if keys.count - start > 1 { repeated.append(start..<keys.count) }
            return repeated
        }
    }

    private static func compare(_ left: Key, _ right: Key, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        if left.code != right.code { return left.code < right.code ? -1 : 1 }
        if left.prefix != right.prefix { return left.prefix < right.prefix ? -1 : 1 }
        let (leftCount, rightCount) = (left.end - left.start, right.end - right.start)
        for place in 0..<min(leftCount, rightCount) {
            let (mine, theirs) = (bytes[left.start + place], bytes[right.start + place])
            if mine != theirs { return mine < theirs ? -1 : 1 }
        }
        return leftCount - rightCount
    }
}
