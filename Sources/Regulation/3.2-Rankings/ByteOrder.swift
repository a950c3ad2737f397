/// Order of texts by the bytes of their UTF-8: the same on every machine and under every version of
/// Unicode.
package enum ByteOrder {
    /// Negative, zero or positive: left comes before, is the same as, or comes after right.
    package static func compare(_ left: String, _ right: String) -> Int {
        var left = left.utf8.makeIterator()
        var right = right.utf8.makeIterator()
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil): return 0
            case (nil, _?): return -1
            case (_?, nil): return 1
            case (let mine?, let theirs?):
                if mine != theirs { return mine < theirs ? -1 : 1 }
            }
        }
    }

    /// Item by item; a list that is the beginning of the other comes first.
    package static func compare(_ left: [String], _ right: [String]) -> Int {
        for (mine, theirs) in zip(left, right) {
            let order = compare(mine, theirs)
            if order != 0 { return order }
        }
        return left.count - right.count
    }
}
