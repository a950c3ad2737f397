package import Contracts
import Regulation

/// A published list computed once more from its inputs, by whoever was given them.
package struct Recomputation: Sendable {
    /// Of what was given, and of what it gives.
    package let digests: RankingAPI.ResultDigests
    package let entryCount: Int

    /// - Parameters:
    ///   - head: the first part of the inputs.
    ///   - standards: the snapshot's, of the scheme's category.
    package init(_ head: RankingAPI.InputsPart, standards: [StandardsAPI.DeclaredStandard]) throws {
        let message = head.scheme ?? .init()
        let scheme = try EvaluationScheme(message)
        let standards = try standards.map { try DeclaredStandard($0) }
        // Nothing is taken from the list itself: each digest is of the inputs as they came.
        let learnt = RankingAPI.SchemeLearnt(scheme: message, digest: EvaluationDigest.scheme(scheme))
        let category = message.scope?.category ?? ""
        var snapshot = head.snapshot ?? .init()
        let others = (snapshot.summary?.categories ?? []).filter { $0.category != category }.map {
            CategoryDigest(category: $0.category, count: Int($0.accepted), digest: $0.digest)
        }
        snapshot.summary?.snapshotDigest = SnapshotDigest.of(
            SnapshotDigest.categories(of: standards) + others)
        let calculation = try Calculation(scheme: learnt, snapshot: snapshot, bars: head.bars) { scheme in
            ReadStandards(RecordedForm.read(standards, under: scheme))
        }
        digests = calculation.digests
        entryCount = calculation.entries.count
    }
}
