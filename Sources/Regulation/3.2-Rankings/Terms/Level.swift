/// How far a declared requirement reaches; the raw values are those of the protocol.
package enum Level: Int, Sendable, Hashable, CaseIterable {
    /// 先进.
    case advanced = 1
    /// 平均.
    case average = 2
    /// 基准; for a basic indicator: passed.
    case baseline = 3
    /// Reaches none of the levels; for a basic indicator: failed.
    case below = 4
    /// 不适用: the conditions of no variant hold of the product.
    case notApplicable = 5
    /// Applicable, and nothing usable is declared.
    case missing = 6
}

extension Level: Comparable {
    /// Worse than: "not applicable" and "missing" stand under every level reached.
    package static func < (left: Level, right: Level) -> Bool { left.rawValue > right.rawValue }
}
