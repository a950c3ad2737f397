/// Which of two limits of an indicator asks for more.
enum LimitOrder {
    /// Whether meeting `limit` means meeting `other`; nil when the two cannot be compared in this direction.
    static func isAtLeastAsStrict(_ limit: Limit, as other: Limit, _ direction: Direction) -> Bool? {
        switch (direction, limit.value, other.value) {
        case (.lower, .number(let mine), .number(let theirs)):
            mine < theirs || (mine == theirs && (limit.isStrict || !other.isStrict))
        case (.higher, .number(let mine), .number(let theirs)):
            mine > theirs || (mine == theirs && (limit.isStrict || !other.isStrict))
        case (.interval, .interval(let low, let high), .interval(let otherLow, let otherHigh)):
            low >= otherLow && high <= otherHigh
        case (.ordinal(let grades), .word(let mine), .word(let theirs)):
            switch (grades.firstIndex(of: mine), grades.firstIndex(of: theirs)) {
            case (let mine?, let theirs?): mine <= theirs
            case (nil, _), (_, nil): nil
            }
        case (.yesNo, .flag(let mine), .flag(let theirs)):
            mine || !theirs
        case (.lower, _, _), (.higher, _, _), (.interval, _, _), (.ordinal, _, _), (.yesNo, _, _):
            nil
        }
    }
}
