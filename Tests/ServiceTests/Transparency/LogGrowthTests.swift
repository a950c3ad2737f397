import Testing
import Transparency

@Suite("Growing a log")
struct LogGrowthTests {
    private static func entry(_ number: Int) -> [UInt8] { Array("entry \(number)".utf8) }

    /// A log grown to a size, with all files that it gave, those of its last state last.
    private struct Grown {
        var growth = LogGrowth()
        var files: [Tile: [UInt8]] = [:]
        var tree = MerkleTree()

        init(to size: Int) throws {
            for number in 0..<size {
                let entry = LogGrowthTests.entry(number)
                tree.append(.leaf(entry))
                let full = growth.append(entry)
                for file in try #require(full) { files[file.tile] = file.bytes }
            }
            for file in growth.unfinished { files[file.tile] = file.bytes }
        }

        func hashes(_ tile: Tile) throws -> [MerkleHash] {
            let bytes = try #require(files[tile])
            return try #require(tile.hashes(bytes))
        }
    }

    private static let sizes = [0, 1, 2, 3, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_793]

    @Test("the root is that of the tree in memory", arguments: sizes)
    func rootIsTheTrees(_ size: Int) throws {
        let grown = try Grown(to: size)
        #expect(grown.growth.size == TreeSize(UInt64(size)))
        #expect(grown.growth.root == grown.tree.root)
    }

    @Test("files are those that a checkpoint needs", arguments: sizes)
    func filesAreThoseThatACheckpointNeeds(_ size: Int) throws {
        let grown = try Grown(to: size)
        let wanted = Tile.published(from: TreeSize(0), to: TreeSize(UInt64(size)))
        #expect(Set(grown.files.keys) == Set(wanted))
    }

    @Test("tiles hold the hashes of the tree", arguments: [1, 300, 65_793])
    func tilesHoldTheTreesHashes(_ size: Int) throws {
        let grown = try Grown(to: size)
        for tile in grown.files.keys {
            guard case .hashes(let level) = tile.content else { continue }
            let expected = (0..<tile.width).map {
                grown.tree.hash(height: 8 * Int(level), index: Int(tile.index) * 256 + $0)
            }
            #expect(try grown.hashes(tile) == expected)
        }
    }

    @Test("a log goes on from its files as if it had never stopped", arguments: sizes)
    func aLogGoesOnFromItsFiles(_ size: Int) throws {
        let grown = try Grown(to: size)
        let edge = try TreeEdge(of: TreeSize(UInt64(size))) { tile in try grown.hashes(tile) }
        let bundle =
            size % 256 == 0
            ? []
            : grown.files.first { $0.key.content == .entries && !$0.key.isFull }
                .flatMap { EntryBundle.entries($0.value) } ?? []
        var resumed = try #require(LogGrowth(edge: edge, bundle: bundle))
        var straight = grown.growth
        #expect(resumed.root == straight.root)
        for number in size..<size + 300 {
            let (after, throughout) = (
                resumed.append(Self.entry(number)), straight.append(Self.entry(number))
            )
            #expect(after == throughout)
        }
        #expect(resumed.unfinished == straight.unfinished)
        #expect(resumed.root == straight.root)
    }

    @Test("a log does not go on from a bundle that is not its own")
    func aLogDoesNotGoOnFromABundleThatIsNotItsOwn() throws {
        let grown = try Grown(to: 3)
        let edge = try TreeEdge(of: TreeSize(3)) { tile in try grown.hashes(tile) }
        #expect(LogGrowth(edge: edge, bundle: (0..<3).map(Self.entry)) != nil)
        #expect(LogGrowth(edge: edge, bundle: (0..<2).map(Self.entry)) == nil)
        #expect(LogGrowth(edge: edge, bundle: (1..<4).map(Self.entry)) == nil)
    }

    @Test("an entry that is too long is not taken")
    func anEntryTooLongIsNotTaken() throws {
        var growth = LogGrowth()
        let (longest, tooLong) = (
            growth.append([UInt8](repeating: 0, count: 65_535)),
            growth.append([UInt8](repeating: 0, count: 65_536))
        )
        #expect(longest != nil)
        #expect(tooLong == nil)
        #expect(growth.size == TreeSize(1))
    }

    @Test("proofs from tiles are those of the tree")
    func proofsFromTilesAreThoseOfTheTree() throws {
        let grown = try Grown(to: 70_000)
        let size = TreeSize(70_000)
        let tiles = try #require(TileTree(size: size) { tile in try grown.hashes(tile) })
        for index in [0, 1, 255, 256, 65_535, 65_536, 69_888, 69_999] {
            let leaf = LeafIndex(UInt64(index))
            let proof = try tiles.inclusionProof(of: leaf, in: size)
            #expect(proof == grown.tree.inclusionProof(of: leaf, in: size))
        }
        for old in [1, 2, 255, 256, 257, 65_536, 65_537, 69_999, 70_000] {
            let old = TreeSize(UInt64(old))
            let proof = try tiles.consistencyProof(from: old, to: size)
            #expect(proof == grown.tree.consistencyProof(from: old, to: size))
            #expect(try tiles.root(at: old) == grown.tree.root(at: old))
        }
        #expect(try tiles.inclusionProof(of: LeafIndex(70_000), in: size) == nil)
        #expect(TileTree<Never>(size: TreeSize(1 << 63)) { _ in [] } == nil)
    }
}

@Suite("Paths of tiles from outside")
struct TilePathTests {
    @Test("every path is read as the tile that writes it")
    func everyPathIsReadAsTheTileThatWritesIt() throws {
        for size in [1, 256, 300, 70_000, 1_234_067 * 256 + 5] as [UInt64] {
            for tile in Tile.published(from: TreeSize(size - 1), to: TreeSize(size)) {
                #expect(Tile(path: tile.path) == tile)
            }
        }
        #expect(Tile(path: "tile/0/x001/x234/067") == Tile(.hashes(level: 0), index: 1_234_067))
        #expect(Tile(path: "tile/entries/000.p/7") == Tile(.entries, index: 0, width: 7))
    }

    @Test(
        "nothing else is a tile",
        arguments: [
            "", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000",
            "tile/-1/000", "tile/0/x000/000", "tile/0/001/002", "tile/0/x001/x002", "tile/0/000.p",
            "tile/0/000.p/0",
            "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/+1", "tile/0/+00", "tile/x/000",
            "tile/data/000",
            "tile/0/../0/000", "../tile/0/000", "/tile/0/000", "tile/0/000/", "tile//0/000", "tile/0/٠٠٠",
            "tile/0/x001/x001/x001/x001/x001/x001/001",
        ])
    func nothingElseIsATile(_ path: String) {
        #expect(Tile(path: path) == nil)
    }
}
