import Testing
import Transparency

@Suite("Tiles")
struct TileTests {
    @Test("paths are those of the specification")
    func paths() {
        #expect(Tile(.hashes(level: 0), index: 1_234_067)?.path == "tile/0/x001/x234/067")
        #expect(Tile(.hashes(level: 3), index: 0, width: 1)?.path == "tile/3/000.p/1")
        #expect(Tile(.entries, index: 999)?.path == "tile/entries/999")
        #expect(Tile(.entries, index: 1_000, width: 255)?.path == "tile/entries/x001/000.p/255")
        #expect(Tile(.entries, index: 0, width: 0) == nil)
        #expect(Tile(.entries, index: 0, width: 257) == nil)
        #expect(Tile(.hashes(level: 64), index: 0) == nil)
    }

    @Test("a log of 70,000 entries has the tiles that the specification counts")
    func specification() {
        let tiles = Tile.published(from: TreeSize(0), to: TreeSize(70_000))
        func widths(_ content: Tile.Content) -> [Int] {
            tiles.filter { $0.content == content }.map(\.width)
        }
        #expect(widths(.hashes(level: 0)) == Array(repeating: 256, count: 273) + [112])
        #expect(widths(.hashes(level: 1)) == [256, 17])
        #expect(widths(.hashes(level: 2)) == [1])
        #expect(widths(.hashes(level: 3)) == [])
        #expect(widths(.entries) == widths(.hashes(level: 0)))
        let full = Tile.published(from: TreeSize(0), to: TreeSize(256))
        #expect(full.map(\.path) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
    }

    @Test("growing step by step publishes what each size needs, and nothing twice")
    func growth() {
        var published: Set<Tile> = []
        var size = TreeSize(0)
        for step in [1, 2, 200, 53, 1, 255, 1_000, 65_000, 300] as [UInt64] {
            let next = TreeSize(size.number + step)
            for tile in Tile.published(from: size, to: next) {
                #expect(published.insert(tile).inserted, "\(tile.path)")
            }
            let needed = Tile.published(from: TreeSize(0), to: next)
            #expect(needed.allSatisfy { published.contains($0) })
            size = next
        }
        #expect(Tile.published(from: size, to: size).isEmpty)
    }

    @Test("bundles of entries are read as they were written, and refused when cut or too long")
    func bundles() throws {
        let entries: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 65_535)]
        let bytes = try #require(EntryBundle.encoded(entries))
        #expect(bytes.prefix(7) == [0, 3, 1, 2, 3, 0, 0])
        #expect(EntryBundle.entries(bytes) == entries)
        #expect(EntryBundle.entries([]) == [])
        for count in [1, 2, 4, 6, 8, bytes.count - 1] {
            #expect(EntryBundle.entries(Array(bytes.prefix(count))) == nil)
        }
        #expect(EntryBundle.encoded([Array(repeating: 0, count: 65_536)]) == nil)
        #expect(EntryBundle.entries(Array(repeating: 0, count: 2 * 256))?.count == 256)
        #expect(EntryBundle.entries(Array(repeating: 0, count: 2 * 257)) == nil)
    }
}
