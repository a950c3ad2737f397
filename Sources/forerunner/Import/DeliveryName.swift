import Regulation

/// What the name of a delivered file says: `standards-2025-09-30.csv.gz`,
/// `standards-2025-10-07.incremental.ndjson`.
struct DeliveryName: Equatable {
    /// The last day in the name; nil when there is none.
    let cutoff: CivilDate?
    let isIncremental: Bool

    /// Nil for a file that is no delivery: hidden, still being written, or of another kind.
    init?(_ name: String) {
        let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, !name.hasPrefix("."), let last = parts.last else { return nil }
        let kind = last == "gz" ? parts[parts.count - 2] : last
        guard ["csv", "ndjson", "jsonl"].contains(kind) else { return nil }
        isIncremental = parts.contains("incremental")
        cutoff = Self.lastDay(in: name)
    }

    private static func lastDay(in name: String) -> CivilDate? {
        let characters = Array(name)
        let length = 10
        guard characters.count >= length else { return nil }
        for start in (0...characters.count - length).reversed() {
            let end = start + length
            let isAlone =
                (start == 0 || !characters[start - 1].isNumber)
                && (end == characters.count || !characters[end].isNumber)
            if isAlone, let day = CivilDate(String(characters[start..<end])) { return day }
        }
        return nil
    }
}
