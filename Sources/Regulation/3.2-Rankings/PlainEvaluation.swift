/// The evaluation, said plainly: one standard after the other, every rule by its name.
///
/// Regulation 3.2.2 (形成排行榜). This is where the law is read. `RankingEngine` in RankingService computes
/// the same result for millions, and tests hold the two equal.
package enum PlainEvaluation {
    /// Judges every standard by the scheme as of the day `cutoff`, and ranks those that no gate stops.
    ///
    /// The result does not depend on the order of `standards`, but for the row indices in it.
    package static func evaluate(
        scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing, cutoff: CivilDate
    ) -> RankingResult {
        let rows = standards.indices.sorted { left, right in
            let order = NeutralOrder.compare(standards[left], standards[right])
            return order == 0 ? left < right : order < 0
        }
        var ranked: [(key: RankingKey, entry: RankedEntry)] = []
        var exclusions: [ExcludedStandard] = []
        var occurrence = 0
        for (position, row) in rows.enumerated() {
            let isRepeated =
                position > 0
                && NeutralOrder.compareKeys(standards[rows[position - 1]], standards[row]) == 0
            occurrence = isRepeated ? occurrence + 1 : 1
            let candidate = Candidate(standards[row], under: scheme, standing: standing, cutoff: cutoff)
            let reasons = EntryGates.inOrder.flatMap { $0.findings(in: candidate) }
            if reasons.isEmpty {
                let key = RankingKey(of: candidate)
                ranked.append((key, entry(candidate, key, row, occurrence)))
            } else {
                exclusions.append(ExcludedStandard(row: row, reasons: reasons, occurrence: occurrence))
            }
        }
        return RankingResult(standards: standards, entries: ranks(ranked), exclusions: exclusions)
    }

    private static func entry(
        _ candidate: Candidate, _ key: RankingKey, _ row: Int, _ occurrence: Int
    ) -> RankedEntry {
        RankedEntry(
            row: row, rank: 0, grade: key.grade, composite: key.composite,
            advancedCoreCount: candidate.advancedCoreCount, levels: candidate.judgements.map(\.level),
            occurrence: occurrence)
    }

    /// Competition ranks: equal keys share the rank of their first, and the next rank counts all before
    /// it.
    ///
    /// `ranked` is in neutral order, and what shares a rank stays in it.
    private static func ranks(_ ranked: [(key: RankingKey, entry: RankedEntry)]) -> [RankedEntry] {
        let order = ranked.indices.sorted { left, right in
            let (mine, theirs) = (ranked[left].key, ranked[right].key)
            return mine.parts == theirs.parts ? left < right : mine < theirs
        }
        var entries: [RankedEntry] = []
        for (position, index) in order.enumerated() {
            var entry = ranked[index].entry
            let sharesRank = position > 0 && ranked[order[position - 1]].key.parts == ranked[index].key.parts
            entry.rank = sharesRank ? entries[position - 1].rank : position + 1
            entries.append(entry)
        }
        return entries
    }
}
