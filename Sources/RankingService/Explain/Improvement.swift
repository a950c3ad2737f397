package import Regulation

/// One requirement changed for a better one.
package struct RequirementChange: Sendable, Hashable {
    package let indicator: Indicator
    /// As in "≥ 92"; empty where nothing usable is declared now.
    package let declared: String
    /// As in "≥ 95".
    package let needed: String
    package let unit: String
    /// Between the two numbers; nil for what is no number and for what is declared anew.
    package let distance: ExactDecimal?
    /// The distance as a share of the declared number, six decimals; nil without one.
    package let relativeDistance: ExactDecimal?
    package let levelBefore: Level
    package let levelAfter: Level
    package let declaration: Declaration

    init(_ steps: RequirementSteps, _ declaration: Declaration) {
        let before = steps.judgement
        let after = IndicatorJudgement(steps.indicator, in: steps.standard(with: declaration))
        indicator = steps.indicator
        declared = IndicatorResult(before).declared
        let text = declaration.written
        switch declaration.value {
        case .number: needed = "\(declaration.relation.sign) \(text)"
        case .interval, .word, .flag: needed = text
        }
        let unit = before.deciding?.declaration.unit ?? declaration.unit
        self.unit = unit.isEmpty ? before.deciding?.variant.unit ?? "" : unit
        levelBefore = before.level
        levelAfter = after.level
        self.declaration = declaration
        if case .number(let mine)? = before.deciding?.requirement.value,
            case .number(let wanted) = declaration.value
        {
            let distance = DecimalGrid.distance(mine, wanted)
            self.distance = distance
            relativeDistance = DecimalGrid.share(distance, of: mine)
        } else {
            distance = nil
            relativeDistance = nil
        }
    }
}

extension RequirementChange {
    /// Smaller relative distance first; what has none comes last, in the order of the scheme.
    static func inOrder(_ changes: [RequirementChange]) -> [RequirementChange] {
        let keyed = changes.enumerated().sorted { left, right in
            switch (left.element.relativeDistance, right.element.relativeDistance) {
            case (let mine?, let theirs?) where mine != theirs: mine < theirs
            case (_?, nil): true
            case (nil, _?): false
            case (_?, _?), (nil, nil): left.offset < right.offset
            }
        }
        return keyed.map(\.element)
    }
}

/// What would have to change for a standard to come out better.
package enum Improvement: Sendable, Hashable {
    /// Each of these suffices by itself; the smallest first.
    case anyOf([RequirementChange])
    /// No single one suffices; these do together, and none of them can be left out.
    case allOf([RequirementChange])
    /// No requirements on the scheme's indicators suffice.
    case unreachable
}
