package import Regulation

/// Why one standard stands where it stands, or why it was left out.
package struct StandardExplanation: Sendable {
    /// Identity within the list.
    package let key: String
    package let standard: DeclaredStandard
    package let outcome: Outcome
    /// One for each indicator of the scheme, in its order.
    package let indicators: [IndicatorExplanation]

    package enum Outcome: Sendable {
        case ranked(Place)
        /// Every reason, in the order of the gates; and which requirements would mend those that
        /// requirements can mend, nil where no reason is of that kind.
        case leftOut([Finding], admission: Improvement?)
    }

    package struct Place: Sendable {
        package let rank: Int
        /// Entries with this rank, this one included.
        package let sharedBy: Int
        package let entryCount: Int
        package let grade: Int?
        package let composite: ExactDecimal?
        package let advancedCoreCount: Int
        /// Nil for the first rank.
        package let ahead: Ahead?
    }

    /// The nearest better rank, what decides between the two, and what it would take.
    package struct Ahead: Sendable {
        package let rank: Int
        package let sharedBy: Int
        /// Of the first of those who share that rank.
        package let key: String
        package let standard: DeclaredStandard
        package let decidingLabel: OrderLabel
        package let ownPart: OrderPart
        package let betterPart: OrderPart
        /// To come to the same rank or better.
        package let reaching: Step
        /// To come before it.
        package let passing: Step
    }

    package struct Step: Sendable {
        package let improvement: Improvement
        /// The rank after each of the changes of `.anyOf`, or after all of `.allOf`.
        package let ranks: [Int]
    }
}
