/// One part of what standards are ordered by; what sorts first is better.
package enum OrderPart: Sendable, Hashable, Comparable {
    case lowerFirst(ExactDecimal)
    case higherFirst(ExactDecimal)
    /// Comes after everything that is there.
    case absent

    package static func < (left: OrderPart, right: OrderPart) -> Bool {
        switch (left, right) {
        case (.lowerFirst(let mine), .lowerFirst(let theirs)): mine < theirs
        case (.higherFirst(let mine), .higherFirst(let theirs)): theirs < mine
        case (.absent, _): false
        case (_, .absent): true
        // Never met: a part has one sense for all standards of a scheme.
        case (.lowerFirst, .higherFirst): true
        case (.higherFirst, .lowerFirst): false
        }
    }
}
