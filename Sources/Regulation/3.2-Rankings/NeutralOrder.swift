/// The order in which equal ranks are shown, and in which what was left out is listed: it says nothing
/// of merit.
///
/// By credit code, then standard number, then models, texts by the bytes of their UTF-8 (排名不分先后).
/// Standards that agree in all three, which a source may repeat, follow one another by the rest of what
/// they say (`canonicalLine`), so the order is the same whatever order they were given in.
package enum NeutralOrder {
    package static func compare(_ left: DeclaredStandard, _ right: DeclaredStandard) -> Int {
        let order = compareKeys(left, right)
        guard order == 0 else { return order }
        let mine = left.canonicalLine
        let theirs = right.canonicalLine
        if mine == theirs { return 0 }
        return mine.lexicographicallyPrecedes(theirs) ? -1 : 1
    }

    /// Zero for standards with the same key.
    package static func compareKeys(_ left: DeclaredStandard, _ right: DeclaredStandard) -> Int {
        if left.enterprise != right.enterprise { return left.enterprise < right.enterprise ? -1 : 1 }
        let order = ByteOrder.compare(left.number.matchKey, right.number.matchKey)
        if order != 0 { return order }
        let text = ByteOrder.compare(left.number.text, right.number.text)
        return text != 0 ? text : ByteOrder.compare(left.models, right.models)
    }
}
