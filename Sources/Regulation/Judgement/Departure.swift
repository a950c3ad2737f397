/// A recorded reason for departing from a "generally" or "in principle" rule, named by the finding's code.
package struct Departure: Sendable, Hashable {
    package let code: String
    package let reason: String

    package init(code: String, reason: String) {
        self.code = code
        self.reason = reason
    }
}
