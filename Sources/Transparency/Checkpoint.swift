/// What a log says of itself at one moment: how many entries it has and the root over them
/// (C2SP tlog-checkpoint v1.0.0).
package struct Checkpoint: Sendable, Hashable {
    /// Which log: a URL without scheme, also the name of its key.
    package let origin: NoteKeyName
    package let size: TreeSize
    package let root: MerkleHash
    /// Lines after the first three, which the log's signature covers and nobody here understands.
    package let extensions: [String]

    package init(origin: NoteKeyName, size: TreeSize, root: MerkleHash) {
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// Reads the text of a note, whoever signed it.
    package init(_ note: SignedNote) throws(NoteError) {
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.count >= 3 else { throw .checkpoint("it has fewer than three lines") }
        guard let origin = NoteKeyName(lines[0]) else { throw .checkpoint("“\(lines[0])” is no origin") }
        guard let size = TreeSize(decimal: lines[1]) else { throw .checkpoint("“\(lines[1])” is no size") }
        guard let root = Base64.bytes(lines[2]).flatMap({ MerkleHash($0) }) else {
            throw .checkpoint("“\(lines[2])” is no hash")
        }
        guard !lines.dropFirst(3).contains("") else { throw .checkpoint("a line is empty") }
        self.origin = origin
        self.size = size
        self.root = root
        extensions = lines.dropFirst(3).map(String.init)
    }

    /// Reads a checkpoint of this log that the log has signed.
    package init(_ bytes: [UInt8], signedBy log: NoteKey) throws(NoteError) {
        try self.init(SignedNote(bytes), signedBy: log)
    }

    /// The same of a note that was read.
    package init(_ note: SignedNote, signedBy log: NoteKey) throws(NoteError) {
        _ = try note.signers(among: [log])
        try self.init(note)
        guard origin == log.name else {
            throw .otherOrigin(expected: log.name.text, found: origin.text)
        }
    }

    /// The lines to be signed.
    package var text: String {
        ([origin.text, "\(size)", Base64.text(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    /// The note, signed by the log.
    package func signed(by log: LogSigner) throws -> SignedNote {
        guard var note = SignedNote(text: text) else {
            throw NoteError.checkpoint("a line is not plain text")
        }
        note.add(try log.sign(note))
        return note
    }
}

extension TreeSize {
    /// Reads decimal digits without leading zeros; nil for anything else.
    package init?(decimal text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = UInt64(text), String(number) == text
        else { return nil }
        self.init(number)
    }
}
