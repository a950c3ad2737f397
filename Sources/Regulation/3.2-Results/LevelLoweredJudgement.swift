/// A core indicator that a newer edition declares lower than at award.
package struct LoweredIndicator: Sendable, Hashable {
    package let indicator: String
    package let atAward: Declaration
    /// nil when the newer edition no longer says anything of it.
    package let now: Declaration?

    package init(indicator: String, atAward: Declaration, now: Declaration?) {
        self.indicator = indicator
        self.atAward = atAward
        self.now = now
    }
}

/// Compares the core requirements of a title with those of a newer edition of its standard.
///
/// Regulation 3.2.6(2) (标准更新且核心指标降低), R20. What it finds opens a case; it never cancels a title by itself.
package enum LevelLoweredJudgement {
    package static let citation = ExitCause.levelLowered.citation

    /// The indicators that are declared looser than at award, or no longer, in the order of the award.
    ///
    /// `directions` is keyed by the indicator's code; an indicator without one, and values of different
    /// kinds, cannot be compared and count as lowered only when the newer edition is silent.
    package static func lowered(
        atAward: [Declaration], now: [Declaration], directions: [String: Direction]
    ) -> [LoweredIndicator] {
        let newer = Dictionary(now.map { ($0.indicator, $0) }, uniquingKeysWith: { first, _ in first })
        return atAward.compactMap { declared in
            guard let today = newer[declared.indicator] else {
                return LoweredIndicator(indicator: declared.indicator, atAward: declared, now: nil)
            }
            guard let direction = directions[declared.indicator],
                LimitOrder.isAtLeastAsStrict(today.asLimit, as: declared.asLimit, direction) == false
            else { return nil }
            return LoweredIndicator(indicator: declared.indicator, atAward: declared, now: today)
        }
    }
}

extension Declaration {
    /// The declared requirement as a limit: "<" and ">" are the stricter signs.
    fileprivate var asLimit: Limit {
        switch relation {
        case .below, .above: Limit(value: value, isStrict: true)
        case .atMost, .atLeast, .equal: Limit(value: value, isStrict: false)
        }
    }
}
