import Transparency

/// The definitions of RFC 6962 (section 2.1) word for word: slow, and easy to believe.
enum MerkleReference {
    /// MTH(D[n]).
    static func root(_ entries: ArraySlice<[UInt8]>) -> MerkleHash {
        guard entries.count > 1 else { return entries.first.map { .leaf($0) } ?? .empty }
        let (left, right) = split(entries)
        return .node(root(left), root(right))
    }

    /// PATH(m, D[n]).
    static func path(_ index: Int, _ entries: ArraySlice<[UInt8]>) -> [MerkleHash] {
        guard entries.count > 1 else { return [] }
        let (left, right) = split(entries)
        return index < left.count
            ? path(index, left) + [root(right)]
            : path(index - left.count, right) + [root(left)]
    }

    /// PROOF(m, D[n]) is SUBPROOF(m, D[n], true).
    static func proof(_ size: Int, _ entries: ArraySlice<[UInt8]>, isWhole: Bool = true) -> [MerkleHash] {
        if size == entries.count { return isWhole ? [] : [root(entries)] }
        let (left, right) = split(entries)
        return size <= left.count
            ? proof(size, left, isWhole: isWhole) + [root(right)]
            : proof(size - left.count, right, isWhole: false) + [root(left)]
    }

    /// At the largest power of two below the count.
    private static func split(
        _ entries: ArraySlice<[UInt8]>
    ) -> (left: ArraySlice<[UInt8]>, right: ArraySlice<[UInt8]>) {
        var power = 1
        while power * 2 < entries.count { power *= 2 }
        return (entries.prefix(power), entries.dropFirst(power))
    }
}
