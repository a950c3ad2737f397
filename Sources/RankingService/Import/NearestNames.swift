/// Finds the names most like a misspelt one.
enum NearestNames {
    private static let countMax = 3

    /// Up to three names, most similar first, none that shares less than half of its characters.
    static func of(_ name: String, among names: [String]) -> [String] {
        let wanted = folded(name)
        let measured = Set(names).compactMap { candidate -> (distance: Int, name: String)? in
            let other = folded(candidate)
            guard !other.isEmpty else { return nil }
            let isPart = !wanted.isEmpty && (contains(other, wanted) || contains(wanted, other))
            let steps = isPart ? 1 : distance(wanted, other)
            return steps * 2 <= max(wanted.count, other.count) ? (steps, candidate) : nil
        }
        return measured.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(countMax).map(
            \.name)
    }

    /// Letters and digits in lower case: blanks and signs are what people get wrong.
    private static func folded(_ name: String) -> [Character] {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func contains(_ text: [Character], _ part: [Character]) -> Bool {
        guard part.count >= 3, part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    /// Insertions, deletions and substitutions between two names.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let substitution = previous[column] + (character == other ? 0 : 1)
                current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
