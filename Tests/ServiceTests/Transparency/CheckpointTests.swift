import Testing
import Transparency

@Suite("Checkpoints")
struct CheckpointTests {
    private static let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="

    private func read(_ text: String) throws -> Checkpoint {
        try Checkpoint(try #require(SignedNote(text: text)))
    }

    @Test("three lines, and more of which nothing is understood, are kept as they were")
    func lines() throws {
        let plain = try read("titles.example/log\n8\n\(Self.root)\n")
        #expect(plain == NoteStage().checkpoint)
        #expect(plain.text == "titles.example/log\n8\n\(Self.root)\n")
        let extended = try read("titles.example/log\n8\n\(Self.root)\nmore\nand more\n")
        #expect(extended.extensions == ["more", "and more"])
        #expect(extended.text == "titles.example/log\n8\n\(Self.root)\nmore\nand more\n")
        #expect(try read("a\n18446744073709551615\n\(Self.root)\n").size == TreeSize(.max))
        #expect(try read("a\n0\n\(Self.root)\n").size == TreeSize(0))
    }

    @Test(
        "what is no checkpoint is refused",
        arguments: [
            "\n", "a\n", "a\n8\n", "a b\n8\n\(root)\n", "\n8\n\(root)\n", "a\n08\n\(root)\n",
            "a\n+8\n\(root)\n",
            "a\n-8\n\(root)\n", "a\n\n\(root)\n", "a\n18446744073709551616\n\(root)\n",
            "a\n8\n\(root.dropLast())\n",
            "a\n8\nAAAA\n", "a\n8\n\n", "a\n8\n\(root)\n\nmore\n", "a\n8\n\(root)\n\n",
        ])
    func refused(text: String) throws {
        guard
            case .checkpoint = try #require(
                #expect(throws: NoteError.self, performing: { try read(text) }))
        else { return #expect(Bool(false), "refused as a checkpoint") }
    }

    @Test("another log's checkpoint is refused, also when our log's key has signed it")
    func otherOrigin() throws {
        let stage = NoteStage()
        let other = Checkpoint(
            origin: try #require(NoteKeyName("other.example")), size: stage.checkpoint.size,
            root: stage.checkpoint.root)
        let note = try other.signed(by: stage.log)
        #expect(throws: NoteError.otherOrigin(expected: "titles.example/log", found: "other.example")) {
            try Checkpoint(note.encoded, signedBy: stage.log.key)
        }
    }
}
