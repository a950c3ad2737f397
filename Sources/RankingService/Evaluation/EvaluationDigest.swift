internal import Crypto
package import Regulation

/// The digests next to a published result: the same scheme and snapshot give the same ones on every
/// machine.
package enum EvaluationDigest {
    package static func scheme(_ scheme: EvaluationScheme) -> [UInt8] { sha256(scheme.canonicalText) }

    package static func standing(_ standing: Standing) -> [UInt8] { sha256(standing.canonicalText) }

    /// Of the line `forerunner-snapshot/1` and the standards' canonical lines in the order of their
    /// bytes; whatever order they come in.
    package static func snapshot(_ standards: [DeclaredStandard]) -> [UInt8] {
        var head = CanonicalText()
        head.line("forerunner-snapshot/1")
        var hash = SHA256()
        hash.update(data: head.bytes)
        for line in standards.map(\.canonicalLine).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            hash.update(data: line)
        }
        return Array(hash.finalize())
    }

    package static func result(
        _ result: RankingResult, scheme: EvaluationScheme, cutoff: CivilDate, inputs: InputDigests
    ) -> [UInt8] {
        sha256(CanonicalResult.bytes(of: result, scheme: scheme, cutoff: cutoff, inputs: inputs))
    }

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
