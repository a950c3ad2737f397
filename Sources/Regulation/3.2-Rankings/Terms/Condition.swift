/// How a condition compares a product's attribute with its value.
package enum ConditionTest: Sendable, Hashable, CaseIterable {
    case equals, differs, atLeast, atMost, above, below
    /// The attribute has any value.
    case present
}

/// A test of one product attribute, as in "dimmable equals yes".
package struct Condition: Sendable, Hashable {
    package var attribute: String
    package var test: ConditionTest
    package var value: String

    package init(attribute: String, test: ConditionTest, value: String) {
        self.attribute = attribute
        self.test = test
        self.value = value
    }

    /// Compared as exact decimals when both sides are numbers, else as text, byte by byte of its UTF-8.
    ///
    /// An attribute that is not given is the empty text: it equals "", differs from everything else,
    /// and is neither above nor below anything.
    package func holds(for attribute: String) -> Bool {
        switch test {
        case .equals: order(of: attribute) == 0
        case .differs: order(of: attribute) != 0
        case .atLeast: !attribute.isEmpty && order(of: attribute) >= 0
        case .atMost: !attribute.isEmpty && order(of: attribute) <= 0
        case .above: !attribute.isEmpty && order(of: attribute) > 0
        case .below: !attribute.isEmpty && order(of: attribute) < 0
        case .present: !attribute.isEmpty
        }
    }

    /// Negative, zero or positive: the attribute is below, equal to or above the condition's value.
    private func order(of attribute: String) -> Int {
        if let mine = ExactDecimal(attribute), let asked = ExactDecimal(value) {
            return mine < asked ? -1 : mine == asked ? 0 : 1
        }
        return ByteOrder.compare(attribute, value)
    }
}
