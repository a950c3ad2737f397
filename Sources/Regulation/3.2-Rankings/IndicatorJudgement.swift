/// How a declared requirement stands to the national or industry limit (国家标准和行业标准).
package enum LegalComparison: Sendable, Hashable, CaseIterable {
    case looser, equal, stricter
}

/// What is true of one indicator of one standard.
///
/// Each declaration of the indicator is read by the first applicable variant that it fits. A standard
/// that declares an indicator several times, by several methods or by none, is judged by the
/// declaration that comes out worst: the lowest level, then the lowest score, then the looser of two
/// under one variant, then the first in the standard.
package struct IndicatorJudgement: Sendable, Hashable {
    package let indicator: Indicator
    package let level: Level
    /// Nil for basic indicators and where the indicator does not apply.
    package let score: ExactDecimal?
    /// The declaration that decided, what it requires and the variant it was read by; nil without a
    /// usable one.
    package let deciding: Deciding?
    /// Nil without a value or without a legal limit.
    package let legal: LegalComparison?
    /// Something is declared that sets no limit in the indicator's direction.
    package let hasUnreadable: Bool

    package struct Deciding: Sendable, Hashable {
        package let declaration: Declaration
        package let requirement: Limit
        package let variant: Variant
        package let variantIndex: Int
    }

    package init(_ indicator: Indicator, in standard: DeclaredStandard) {
        self.indicator = indicator
        let declared = standard.declarations.filter { $0.indicator == indicator.code }
        let readable = declared.compactMap { declaration in
            declaration.requirement(in: indicator.direction).map { (declaration, $0) }
        }
        hasUnreadable = readable.count < declared.count
        let applicable = indicator.applicableVariants(for: standard.attributes)
        let fitting = readable.compactMap { declaration, requirement -> Deciding? in
            guard let variant = applicable.first(where: { $0.fits(declaration) }) else { return nil }
            return Deciding(
                declaration: declaration, requirement: requirement, variant: variant,
                variantIndex: indicator.variants.firstIndex(of: variant) ?? 0)
        }
        guard let deciding = Self.worst(of: fitting, indicator) else {
            self.deciding = nil
            level = applicable.isEmpty ? .notApplicable : .missing
            let isScored = indicator.kind != .basic && !applicable.isEmpty
            score = isScored ? IndicatorScore.least : nil
            legal = nil
            return
        }
        self.deciding = deciding
        level = Self.level(deciding, indicator)
        score = Self.score(deciding, indicator)
        legal = Self.legalComparison(deciding, indicator.direction)
    }

    /// A core requirement that misses the baseline limit; where there is no such limit it cannot.
    package var isBelowBaseline: Bool {
        guard level == .below, let deciding, let baseline = deciding.variant.baseline else { return false }
        return LimitOrder.isAtLeastAsStrict(deciding.requirement, as: baseline, indicator.direction) == false
    }

    /// Of the values that count in composites.
    package var countsInComposite: Bool {
        indicator.kind != .basic && level != .notApplicable && indicator.weight > .zero
    }
}

extension IndicatorJudgement {
    private static func worst(of fitting: [Deciding], _ indicator: Indicator) -> Deciding? {
        guard var worst = fitting.first else { return nil }
        for next in fitting.dropFirst() where isWorse(next, than: worst, indicator) { worst = next }
        return worst
    }

    private static func isWorse(_ one: Deciding, than other: Deciding, _ indicator: Indicator) -> Bool {
        let levels = (level(one, indicator), level(other, indicator))
        if levels.0 != levels.1 { return levels.0 < levels.1 }
        if let mine = score(one, indicator), let theirs = score(other, indicator), mine != theirs {
            return mine < theirs
        }
        return one.variantIndex == other.variantIndex
            && isAtLeastAsStrict(other.requirement, as: one.requirement, indicator.direction)
            && !isAtLeastAsStrict(one.requirement, as: other.requirement, indicator.direction)
    }

    private static func isAtLeastAsStrict(_ one: Limit, as other: Limit, _ direction: Direction) -> Bool {
        LimitOrder.isAtLeastAsStrict(one, as: other, direction) == true
    }

    /// A basic indicator passes when it misses none of the limits there are, the legal one included.
    private static func level(_ deciding: Deciding, _ indicator: Indicator) -> Level {
        guard indicator.kind == .basic else {
            return deciding.variant.level(of: deciding.requirement, in: indicator.direction)
        }
        let limits = [deciding.variant.legal, deciding.variant.baseline].compactMap(\.self)
        let isMissed = limits.contains {
            LimitOrder.isAtLeastAsStrict(deciding.requirement, as: $0, indicator.direction) == false
        }
        return isMissed ? .below : .baseline
    }

    private static func score(_ deciding: Deciding, _ indicator: Indicator) -> ExactDecimal? {
        guard indicator.kind != .basic else { return nil }
        return IndicatorScore.score(of: deciding.requirement, under: deciding.variant, indicator.direction)
    }

    private static func legalComparison(_ deciding: Deciding, _ direction: Direction) -> LegalComparison? {
        guard let legal = deciding.variant.legal,
            let isMet = LimitOrder.isAtLeastAsStrict(deciding.requirement, as: legal, direction)
        else { return nil }
        guard isMet else { return .looser }
        return LimitOrder.isAtLeastAsStrict(legal, as: deciding.requirement, direction) == true
            ? .equal : .stricter
    }
}
