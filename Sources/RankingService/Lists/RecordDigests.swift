import Crypto
import Regulation

/// The digests that the record states, each the SHA-256 of a canonical text.
enum RecordDigests {
    /// A line a standard, in the order of the snapshot.
    static func snapshot(_ standards: [DeclaredStandard]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: Array("forerunner-snapshot/1\n".utf8))
        for standard in standards { hasher.update(data: standard.canonicalLine) }
        return Array(hasher.finalize())
    }

    static func standing(_ standing: Standing) -> [UInt8] {
        Array(SHA256.hash(data: standing.canonicalText))
    }

    /// A line an entry (rank, grade, composite, advanced core indicators, levels, key), then a line an exclusion
    /// (key, and code and subject of every reason).
    static func result(_ result: RankingResult) -> [UInt8] {
        var text = CanonicalText()
        text.line("forerunner-result/1")
        for entry in result.entries {
            text.field("entry")
            text.field(entry.rank)
            text.field(entry.grade.map(String.init) ?? "")
            text.field(entry.composite?.description ?? "")
            text.field(entry.advancedCoreCount)
            text.list(entry.levels.map { String($0.rawValue) })
            text.field(result.key(of: entry))
            text.endLine()
        }
        for exclusion in result.exclusions {
            text.field("exclusion")
            text.field(result.key(of: exclusion))
            text.list(exclusion.reasons.flatMap { [$0.code, $0.subject] })
            text.endLine()
        }
        return Array(SHA256.hash(data: text.bytes))
    }
}
