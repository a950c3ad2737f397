import Regulation

extension FlawCollector {
    /// Nil when the test is not stated, which is noted.
    mutating func condition(_ message: EvaluationAPI.Condition, _ path: String) -> Condition? {
        if message.attribute.isEmpty { note("\(path).attribute", "names no attribute") }
        let test: ConditionTest
        switch message.test {
        case .equals: test = .equals
        case .differs: test = .differs
        case .atLeast: test = .atLeast
        case .atMost: test = .atMost
        case .above: test = .above
        case .below: test = .below
        case .present: test = .present
        case .unspecified, .unrecognized:
            note("\(path).test", "is not stated")
            return nil
        }
        return Condition(attribute: message.attribute, test: test, value: message.value)
    }
}
