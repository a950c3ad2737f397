/// Whose record a store is and which kind of time its moments are. Written once, checked at every open.
package struct StoreMark: Sendable, Hashable {
    /// The one service that may open the store, such as `scheme`.
    package let role: String
    package let timeKind: TimeKind

    package init(role: String, timeKind: TimeKind) {
        self.role = role
        self.timeKind = timeKind
    }
}

/// Real time, or the simulated clock of a demonstration. Acts of the two never share a record.
package enum TimeKind: Sendable, Hashable, CustomStringConvertible {
    case real
    /// The clock's id tells one demonstration's time from another's.
    case simulated(clockID: String)

    package var description: String {
        switch self {
        case .real: "real time"
        case .simulated(let clockID): "the simulated clock \(clockID)"
        }
    }
}
