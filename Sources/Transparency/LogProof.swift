/// That an entry is in a log, in one small file that is checked offline (C2SP tlog-proof, version 1): where
/// it stands, the hashes from it to the root, and the checkpoint with its signatures.
package struct LogProof: Sendable, Hashable {
    /// Bytes for whoever reads the file, which nothing here vouches for.
    package let extra: [UInt8]?
    package let index: LeafIndex
    package let hashes: [MerkleHash]
    package let note: SignedNote

    private static let header = "c2sp.org/tlog-proof@v1"
    /// A tree of 2^63 leaves needs no more.
    private static let hashCountMax = 63

    package init(extra: [UInt8]? = nil, index: LeafIndex, hashes: [MerkleHash], note: SignedNote) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.note = note
    }

    // MARK: The file

    /// Reads a file. When the checkpoint in it is, byte for byte, one that was read before, it is taken from
    /// there.
    package init(_ bytes: [UInt8], known: (bytes: [UInt8], note: SignedNote)? = nil) throws(LogProofFlaw) {
        guard let end = Self.firstEmptyLine(bytes) else {
            throw .malformed("no empty line stands before the checkpoint")
        }
        var lines = Lines(rest: bytes[..<end.upperBound])
        guard lines.next()?.elementsEqual(Self.header.utf8) == true else {
            throw .malformed("the first line is not “\(Self.header)”")
        }
        var line = lines.next()
        if let text = line, text.starts(with: "extra ".utf8) {
            guard let bytes = Base64.bytes(digits: text.dropFirst(6)) else {
                throw .malformed("“\(String(decoding: text, as: UTF8.self))” is no base64")
            }
            extra = bytes
            line = lines.next()
        } else {
            extra = nil
        }
        guard let line, line.starts(with: "index ".utf8),
            let index = TreeSize(decimal: String(decoding: line.dropFirst(6), as: UTF8.self))
        else { throw .malformed("there is no line with “index” and a number") }
        self.index = LeafIndex(index.number)
        hashes = try Self.hashes(&lines)
        let rest = bytes[end.upperBound...]
        if let known, rest == known.bytes[...] {
            note = known.note
            return
        }
        do throws(NoteError) {
            note = try SignedNote(Array(rest))
        } catch {
            throw .note(error)
        }
    }

    /// The lines up to the empty one.
    private static func hashes(_ lines: inout Lines) throws(LogProofFlaw) -> [MerkleHash] {
        var hashes: [MerkleHash] = []
        while let line = lines.next(), !line.isEmpty {
            guard let hash = Base64.bytes(digits: line).flatMap({ MerkleHash($0) }) else {
                throw .malformed("“\(String(decoding: line, as: UTF8.self))” is no hash")
            }
            guard hashes.count < hashCountMax else { throw .malformed("it has too many hashes") }
            hashes.append(hash)
        }
        return hashes
    }

    /// Lines that each end with a newline.
    private struct Lines {
        var rest: ArraySlice<UInt8>

        mutating func next() -> ArraySlice<UInt8>? {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
    }

    /// The newline of the last line of the head, and the one after it.
    private static func firstEmptyLine(_ bytes: [UInt8]) -> Range<Int>? {
        let newline = UInt8(ascii: "\n")
        var place = 0
        while let end = bytes[place...].firstIndex(of: newline), end + 1 < bytes.count {
            if bytes[end + 1] == newline { return end..<end + 2 }
            place = end + 1
        }
        return nil
    }

    package var encoded: [UInt8] {
        var lines = [Self.header]
        if let extra { lines.append("extra \(Base64.text(extra))") }
        lines.append("index \(index)")
        lines += hashes.map { Base64.text($0.bytes) }
        return Array(lines.map { $0 + "\n" }.joined().utf8) + [UInt8(ascii: "\n")] + note.encoded
    }

    // MARK: Checking

    /// The checkpoint under which the entry is in this log, as the log has signed it.
    ///
    /// What witnesses have signed is for the caller to ask of `note`.
    package func verify(
        leaf: MerkleHash, in log: NoteKey
    ) throws(LogProofFlaw) -> Checkpoint {
        let checkpoint: Checkpoint
        do throws(NoteError) {
            checkpoint = try Checkpoint(note, signedBy: log)
        } catch {
            throw .note(error)
        }
        try verify(leaf: leaf, under: checkpoint)
        return checkpoint
    }

    /// Whether the hashes lead from the entry to the root of a checkpoint that was verified.
    package func verify(leaf: MerkleHash, under checkpoint: Checkpoint) throws(LogProofFlaw) {
        let isIncluded = MerkleProof.verifyInclusion(
            of: leaf, at: index, in: checkpoint.size, root: checkpoint.root, proof: hashes)
        guard isIncluded else { throw .notIncluded(index, checkpoint.size) }
    }
}

/// Why a file does not prove that an entry is in a log.
package enum LogProofFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case malformed(String)
    case note(NoteError)
    /// The hashes do not lead from the entry to the checkpoint's root.
    case notIncluded(LeafIndex, TreeSize)

    package var description: String {
        switch self {
        case .malformed(let flaw): "not a proof of a log: \(flaw)"
        case .note(let error): "the proof's checkpoint: \(error)"
        case .notIncluded(let index, let size):
            "the entry is not at \(index) in the log of \(size) entries that the checkpoint is about"
        }
    }
}
