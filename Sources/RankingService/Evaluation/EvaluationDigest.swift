internal import Crypto
package import Regulation

/// The digests next to a published result: the same scheme and snapshot give the same ones on every
/// machine.
package enum EvaluationDigest {
    package static func scheme(_ scheme: EvaluationScheme) -> [UInt8] { sha256(scheme.canonicalText) }

    package static func standing(_ standing: Standing) -> [UInt8] { sha256(standing.canonicalText) }

    /// See `SnapshotDigest`.
    package static func snapshot(_ standards: [DeclaredStandard]) -> [UInt8] {
        SnapshotDigest.of(SnapshotDigest.categories(of: standards))
    }

    package static func result(
        _ result: RankingResult, scheme: EvaluationScheme, cutoff: CivilDate, inputs: InputDigests
    ) -> [UInt8] {
        var hash = SHA256()
        for piece in CanonicalResult.pieces(of: result, scheme: scheme, cutoff: cutoff, inputs: inputs) {
            hash.update(data: piece)
        }
        return Array(hash.finalize())
    }

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
