import Testing
import Transparency

/// Vectors of the specifications, and notes made here from known seeds.
@Suite("Signed notes")
struct SignedNoteTests {
    private static let exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    private static let example = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1\
        Yu72IneyaQM=

        """

    private func malformed(_ note: String) -> Bool { malformed(Array(note.utf8)) }

    private func malformed(_ note: [UInt8]) -> Bool {
        guard case .malformed = #expect(throws: NoteError.self, performing: { try SignedNote(note) }) else {
            return false
        }
        return true
    }

    @Test("the specification's example is signed by its key")
    func specification() throws {
        let key = try NoteKey(Self.exampleKey)
        #expect(key.description == Self.exampleKey)
        let note = try SignedNote(Array(Self.example.utf8))
        #expect(note.text == "This is an example message.\n")
        #expect(try note.signers(among: [key]) == [key])
        #expect(note.encoded == Array(Self.example.utf8))
    }

    @Test("a log's checkpoint with a witness's cosignature, from known seeds, byte for byte")
    func checkpoint() throws {
        let stage = NoteStage()
        #expect(stage.log.key.description == NoteStage.logKey)
        #expect(stage.witness.key.description == NoteStage.witnessKey)
        var note = try stage.checkpoint.signed(by: stage.log)
        note.add(try stage.witness.sign(note, at: 1_790_000_000))
        #expect(String(decoding: note.encoded, as: UTF8.self) == NoteStage.published)
        let read = try SignedNote(note.encoded)
        #expect(
            try read.signers(among: [stage.log.key, stage.witness.key]) == [stage.log.key, stage.witness.key])
        #expect(Cosignature(read.signatures[1].bytes)?.time == 1_790_000_000)
        #expect(try Checkpoint(note.encoded, signedBy: stage.log.key) == stage.checkpoint)
    }

    @Test("a changed text, time or signature is a forgery; an unknown key says nothing")
    func forged() throws {
        let stage = NoteStage()
        for (old, new) in [
            ("\n8\n", "\n9\n"), ("Sr9y0idGT", "Sr9y0idGU"), ("AAAABqsTuA", "AAAABqsTuB"),
        ] {
            #expect(NoteStage.published.contains(old))
            let changed = Array(NoteStage.published.replacing(old, with: new).utf8)
            #expect(throws: NoteError.self) {
                try SignedNote(changed).signers(among: [stage.log.key, stage.witness.key])
            }
        }
        let note = try SignedNote(Array(Self.example.utf8))
        #expect(throws: NoteError.unsigned) { try note.signers(among: [stage.log.key]) }
        #expect(throws: NoteError.unsigned) { try note.signers(among: []) }
    }

    @Test("a key of a witness does not sign as a log, nor the other way round")
    func kinds() throws {
        let stage = NoteStage()
        let note = try stage.checkpoint.signed(by: stage.log)
        let disguised = try #require(
            NoteKey(name: stage.log.key.name, kind: .cosignature, publicKey: stage.log.key.publicKey))
        #expect(disguised.id != stage.log.key.id)
        #expect(throws: NoteError.unsigned) { try note.signers(among: [disguised]) }
    }

    @Test("text and signatures part at the last empty line")
    func lastEmptyLine() throws {
        let stage = NoteStage()
        var note = try #require(SignedNote(text: "one\n\ntwo\n"))
        note.add(try stage.log.sign(note))
        let read = try SignedNote(note.encoded)
        #expect(read.text == "one\n\ntwo\n")
        #expect(try read.signers(among: [stage.log.key]) == [stage.log.key])
    }

    @Test("what is no note is refused")
    func refused() {
        let line = "— a AAAAAAA=\n"
        #expect(throws: Never.self) { try SignedNote(Array("text\n\n\(line)".utf8)) }
        for note in [
            "", "\n", "text\n", "text\n\n", "text\n" + line, "text\n\n" + line.dropLast(), "text\n\n\n",
            "text\n\n" + line + "\n", "text\n\n- a AAAAAAA=\n", "text\n\n—  AAAAAAA=\n",
            "text\n\n— a+b AAAAAAA=\n", "text\n\n— a b AAAAAAA=\n", "text\n\n— a AAAAAA==\n",
            "text\n\n— a AAAAAAA\n", "text\n\n— a AAAAAAB=\n", "text\r\n\n" + line, "te\u{0}xt\n\n" + line,
            "text\n\n" + String(repeating: line, count: 101),
        ] { #expect(malformed(String(note)), "\(note)") }
        #expect(malformed(Array("text".utf8) + [0xFF] + Array("\n\n\(line)".utf8)))
        #expect(SignedNote(text: "no newline") == nil)
        #expect(SignedNote(text: "a\tb\n") == nil)
    }

    @Test("what is no key is refused")
    func keys() {
        for text in [
            "", "example.com/foo", "example.com/foo+530d903a",
            Self.exampleKey.replacing("530d", with: "530e"),
            Self.exampleKey.replacing("530d", with: "530D"), Self.exampleKey.replacing("/", with: " "),
            Self.exampleKey + "A", Self.exampleKey.replacing("+Aeky", with: "+Aqky"),
        ] { #expect(throws: NoteError.key(text)) { try NoteKey(text) } }
    }
}
