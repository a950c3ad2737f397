package import Contracts

/// The rows a question wants: bounded, whatever it asks for.
package struct PageBounds: Sendable, Hashable {
    /// Rows a page has when none are asked for, and at most.
    package static let rowCountDefault = 100
    package static let rowCountMax = 1000

    package let offset: Int
    package let limit: Int

    package init(_ page: CommonAPI.Page?) {
        offset = Int(page?.offset ?? 0)
        let asked = Int(page?.limit ?? 0)
        limit = asked == 0 ? Self.rowCountDefault : min(asked, Self.rowCountMax)
    }
}
