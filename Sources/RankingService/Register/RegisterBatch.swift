import Regulation

/// Where a row of the register stands: category in the upper half, place in the category in the lower.
///
/// Rows of a category lie side by side in the table, so a ranking reads one stretch of it. Below 2^47 as long
/// as there are at most 32,767 categories: an id then takes six bytes in an index instead of eight.
package struct RegisterID: Sendable, Hashable, Comparable {
    static let placeBits: Int64 = 32

    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    init(category: Int, place: Int) { rawValue = Int64(category) << Self.placeBits | Int64(place) }

    var category: Int { Int(rawValue >> Self.placeBits) }
    var place: Int { Int(rawValue & (1 << Self.placeBits - 1)) }

    /// Every id of a category.
    static func range(ofCategory category: Int) -> ClosedRange<Int64> {
        let first = Int64(category) << placeBits
        return first...(first | (1 << placeBits - 1))
    }

    package static func < (left: RegisterID, right: RegisterID) -> Bool { left.rawValue < right.rawValue }
}

/// Some rows on their way into the register, with what they name that is new there.
struct RegisterBatch: Sendable {
    struct Row: Sendable {
        let id: RegisterID
        let enterprise: Int
        let digest: StandardDigest
        /// Of the match key, in `bytes`.
        let number: Range<Int>
        /// Of the rest, in `bytes`.
        let payload: Range<Int>
        /// Of the file.
        let row: Int
    }

    var rows: [Row] = []
    var bytes: [UInt8] = []
    var enterprises: [(id: Int, code: CreditCode)] = []
    var texts: [(id: Int, text: String)] = []
    var shapes: [(id: Int, shape: StandardShape)] = []
    var categories: [(number: Int, name: String)] = []
    var rejections: [RowCollector.Rejection] = []

    /// By place in the table: neighbours are then written together.
    mutating func order() {
        // Places are sorted and not rows, which take a dozen words each.
        var places = rows.enumerated().map { (id: $1.id, place: $0) }
        places.sort { $0.id < $1.id }
        rows = places.map { rows[$0.place] }
    }
}
