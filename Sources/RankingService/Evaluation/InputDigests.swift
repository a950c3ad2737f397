package import Regulation

/// SHA-256, 32 bytes, of what an evaluation was computed from.
package struct InputDigests: Sendable, Hashable {
    package let scheme: [UInt8]
    package let snapshot: [UInt8]
    package let standing: [UInt8]

    package init(scheme: EvaluationScheme, standards: [DeclaredStandard], standing: Standing) {
        self.init(
            scheme: EvaluationDigest.scheme(scheme), snapshot: EvaluationDigest.snapshot(standards),
            standing: EvaluationDigest.standing(standing))
    }

    package init(scheme: [UInt8], snapshot: [UInt8], standing: [UInt8]) {
        self.scheme = scheme
        self.snapshot = snapshot
        self.standing = standing
    }
}
