package import Contracts
import Regulation

/// A published list computed once more from its inputs, by whoever was given them.
package struct Recomputation: Sendable {
    /// Of what was given, and of what it gives.
    package let digests: RankingAPI.ResultDigests
    package let entryCount: Int

    /// - Parameters:
    ///   - head: the first part of the inputs.
    ///   - standards: the whole snapshot.
    package init(_ head: RankingAPI.InputsPart, standards: [StandardsAPI.DeclaredStandard]) throws {
        let message = head.scheme ?? .init()
        let scheme = try EvaluationScheme(message)
        let all = try standards.map { try DeclaredStandard($0) }
        // Nothing is taken from the list itself: each digest is of the inputs as they came.
        let learnt = RankingAPI.SchemeLearnt(scheme: message, digest: EvaluationDigest.scheme(scheme))
        var snapshot = head.snapshot ?? .init()
        snapshot.summary?.snapshotDigest = EvaluationDigest.snapshot(all)
        let category = message.scope?.category ?? ""
        let calculation = try Calculation(
            scheme: learnt, snapshot: snapshot, standards: standards.filter { $0.category == category },
            bars: head.bars)
        digests = calculation.digests
        entryCount = calculation.entries.count
    }
}
