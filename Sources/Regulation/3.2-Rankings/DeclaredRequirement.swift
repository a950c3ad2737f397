extension Declaration {
    /// What the declaration guarantees in an indicator's direction; nil when it sets no limit there.
    ///
    /// "≤ 5" and "= 5" guarantee the same where less is better, "< 5" guarantees more, "≥ 5" nothing at
    /// all. A word outside the grades, a reversed interval or a value of another kind guarantees
    /// nothing either. "= 5" where an interval is asked for is the interval from 5 to 5.
    package func requirement(in direction: Direction) -> Limit? {
        switch (direction, value) {
        case (.lower, .number):
            switch relation {
            case .atMost, .equal: Limit(value: value, isStrict: false)
            case .below: Limit(value: value, isStrict: true)
            case .atLeast, .above: nil
            }
        case (.higher, .number):
            switch relation {
            case .atLeast, .equal: Limit(value: value, isStrict: false)
            case .above: Limit(value: value, isStrict: true)
            case .atMost, .below: nil
            }
        case (.interval, .interval(let low, let high)):
            low <= high ? Limit(value: value, isStrict: false) : nil
        case (.interval, .number(let number)):
            relation == .equal ? Limit(value: .interval(number, number), isStrict: false) : nil
        case (.ordinal(let grades), .word(let word)):
            grades.contains(word) ? Limit(value: value, isStrict: false) : nil
        case (.yesNo, .flag):
            Limit(value: value, isStrict: false)
        case (.lower, _), (.higher, _), (.interval, _), (.ordinal, _), (.yesNo, _):
            nil
        }
    }
}

extension Indicator {
    /// The variants whose conditions hold of a product; none means that the indicator does not apply
    /// (不适用).
    package func applicableVariants(for attributes: [String: String]) -> [Variant] {
        variants.filter { variant in
            variant.conditions.allSatisfy { $0.holds(for: attributes[$0.attribute] ?? "") }
        }
    }
}

extension Variant {
    /// Whether a declaration is of this variant's method and unit. Nothing is converted.
    package func fits(_ declaration: Declaration) -> Bool {
        let methodFits = testMethod.isEmpty || testMethod == declaration.testMethod
        let unitFits = unit.isEmpty || declaration.unit.isEmpty || unit == declaration.unit
        return methodFits && unitFits
    }

    /// The level that a requirement reaches: the best whose limit it is at least as strict as.
    package func level(of requirement: Limit, in direction: Direction) -> Level {
        let levels = [(Level.advanced, advanced), (.average, average), (.baseline, baseline)]
        for (level, limit) in levels {
            if let limit, LimitOrder.isAtLeastAsStrict(requirement, as: limit, direction) == true {
                return level
            }
        }
        return .below
    }
}
