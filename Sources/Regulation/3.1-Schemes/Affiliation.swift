/// The body somebody belongs to, with the body's parent where one is declared.
package struct Affiliation: Sendable, Hashable {
    package var body: CreditCode
    package var parent: CreditCode?

    package init(body: CreditCode, parent: CreditCode? = nil) {
        self.body = body
        self.parent = parent
    }

    /// Whether an expert of this body has a conflict of interest in a matter of the other one (R8).
    ///
    /// So it is when both are the same body, or one is the declared parent of the other. Two bodies that
    /// only share a parent are not in conflict: large ministries and state investors are parents of half an
    /// industry.
    package func conflicts(with interested: Affiliation) -> Bool {
        body == interested.body || body == interested.parent || parent == interested.body
    }
}
