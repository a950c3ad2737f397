extension Tile {
    /// Reads a path below a log's prefix, as `path` writes it; nil for anything else, so nothing but a tile
    /// is ever looked for on a disk.
    package init?(path: some StringProtocol) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard parts.popFirst() == "tile", let kind = parts.popFirst() else { return nil }
        var width = Self.widthMax
        if parts.count > 1, parts.dropLast().last?.hasSuffix(".p") == true, let last = parts.popLast() {
            guard let number = Int(last), number < Self.widthMax else { return nil }
            width = number
            parts[parts.endIndex - 1] = parts[parts.endIndex - 1].dropLast(2)
        }
        guard let index = Self.index(parts), let content = Self.content(kind),
            let tile = Tile(content, index: index, width: width), tile.path == path
        else { return nil }
        self = tile
    }

    private static func content(_ kind: some StringProtocol) -> Content? {
        kind == "entries" ? .entries : UInt8(kind).map { .hashes(level: $0) }
    }

    /// Groups of three digits, all but the last with an "x" before them.
    private static func index(_ groups: ArraySlice<some StringProtocol>) -> UInt64? {
        // Six groups number more tiles than a log can have.
        guard (1...6).contains(groups.count) else { return nil }
        var index: UInt64 = 0
        for group in groups {
            guard let number = UInt64(group.suffix(3)), number < 1000 else { return nil }
            index = index * 1000 + number
        }
        return index
    }
}
