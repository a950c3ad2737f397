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
}
