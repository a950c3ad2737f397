package import Regulation

/// The entries of a ranking by their position from 0, however they are kept: better ones first.
package protocol RankedPlaces {
    var count: Int { get }
    /// 0 ≤ `position` < `count`, here and below.
    func standard(at position: Int) throws -> DeclaredStandard
    /// Competition rank: 1, 1, 3.
    func rank(at position: Int) throws -> Int
    /// Identity of the entry within the list.
    func key(at position: Int) throws -> String
}

/// The entries of a result that is at hand.
package struct ResultPlaces: RankedPlaces {
    private let result: RankingResult

    package init(_ result: RankingResult) { self.result = result }

    package var count: Int { result.entries.count }
    package func standard(at position: Int) -> DeclaredStandard {
        result.standard(of: result.entries[position])
    }
    package func rank(at position: Int) -> Int { result.entries[position].rank }
    package func key(at position: Int) -> String { result.key(of: result.entries[position]) }
}

extension RankedPlaces {
    /// First position for which `isBehind` is true; `count` when there is none. Once true it stays true.
    package func firstPosition(
        in range: Range<Int>, where isBehind: (Int) throws -> Bool
    ) rethrows -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if try isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// How many entries share the rank of the one at `position`, itself included.
    package func sharing(at position: Int) throws -> Int {
        let rank = try rank(at: position)
        let end = try firstPosition(in: position..<count) { try self.rank(at: $0) > rank }
        return end - (rank - 1)
    }

    /// The rank that a standard of this key would have beside all entries of `range`, which stand from the
    /// first position on.
    package func rank(of key: RankingKey, before end: Int, by trial: StandardTrial) throws -> Int {
        try firstPosition(in: 0..<end) { try trial.key(of: standard(at: $0)) >= key } + 1
    }
}

extension RankingKey {
    fileprivate static func >= (left: RankingKey, right: RankingKey) -> Bool {
        left.parts == right.parts || !(left < right)
    }
}
