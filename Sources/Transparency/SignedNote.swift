/// A text with signatures (C2SP signed-note v1.0.0): what logs and witnesses put their names to.
///
/// Reading checks the form only; `signers` checks who signed.
package struct SignedNote: Sendable, Hashable {
    /// One line of signature. Of whose making is not known before it is checked.
    package struct Signature: Sendable, Hashable {
        package let name: NoteKeyName
        package let keyID: UInt32
        package let bytes: [UInt8]

        package init(name: NoteKeyName, keyID: UInt32, bytes: [UInt8]) {
            self.name = name
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// Ends with a newline, which is signed with it.
    package let text: String
    package private(set) var signatures: [Signature]

    /// More are refused, as the Go implementation does; a checkpoint with all witnesses has a dozen.
    private static let signatureCountMax = 100
    fileprivate static let dash = "\u{2014} "

    /// A note to be signed. Nil for a text that could not be told from its signatures, or that has a control
    /// character.
    package init?(text: String, signatures: [Signature] = []) {
        guard text.utf8.last == UInt8(ascii: "\n"), Self.flaw(of: text.utf8) == nil else { return nil }
        self.text = text
        self.signatures = signatures
    }

    package mutating func add(_ signature: Signature) { signatures.append(signature) }

    // MARK: Reading

    /// Reads text and signature lines; what follows the last empty line are signatures.
    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard let note = String(validating: bytes, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
        if let flaw = Self.flaw(of: note.utf8) { throw .malformed(flaw) }
        guard let end = Self.textEnd(note.utf8) else {
            throw .malformed("no empty line stands between text and signatures")
        }
        text = String(note[..<end])
        signatures = try Self.signatures(note[note.utf8.index(after: end)...])
    }

    /// Reads signature lines alone, as a witness sends them; at least one.
    package static func signatures(in bytes: [UInt8]) throws(NoteError) -> [Signature] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
        return try signatures(text[...])
    }

    private static func signatures(_ text: Substring) throws(NoteError) -> [Signature] {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1, lines.last?.isEmpty == true else {
            throw .malformed("the last line has no newline")
        }
        guard lines.count - 1 <= signatureCountMax else {
            throw .malformed("it has more than \(signatureCountMax) signatures")
        }
        var signatures: [Signature] = []
        for line in lines.dropLast() { signatures.append(try signature(Substring(line))) }
        return signatures
    }

    private static func flaw(of bytes: String.UTF8View) -> String? {
        let isPlain = bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
        return isPlain ? nil : "it has a control character"
    }

    /// Behind the text's last newline: before the last empty line.
    private static func textEnd(_ bytes: String.UTF8View) -> String.Index? {
        let newline = UInt8(ascii: "\n")
        var index = bytes.endIndex
        var isAfterNewline = false
        while index > bytes.startIndex {
            index = bytes.index(before: index)
            let isNewline = bytes[index] == newline
            if isNewline && isAfterNewline { return bytes.index(after: index) }
            isAfterNewline = isNewline
        }
        return nil
    }

    private static func signature(_ line: Substring) throws(NoteError) -> Signature {
        let words = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { Substring($0) }
        guard line.hasPrefix(dash), words.count == 3, let name = NoteKeyName(words[1]),
            let content = Base64.bytes(words[2]), content.count > 4
        else { throw .malformed("“\(line)” is no signature line") }
        let id = content.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Signature(name: name, keyID: id, bytes: Array(content.dropFirst(4)))
    }

    // MARK: Writing

    package var encoded: [UInt8] {
        Array((text + "\n" + signatures.map(\.line).joined()).utf8)
    }

    // MARK: Checking

    /// Those of the keys that have signed the text. A line in the name and id of a key that the key did not
    /// make fails the whole note; lines of unknown keys say nothing.
    package func signers(among keys: [NoteKey]) throws(NoteError) -> [NoteKey] {
        var found: [NoteKey] = []
        for key in keys {
            let own = signatures.filter { $0.keyID == key.id && $0.name == key.name }
            for signature in own where !key.hasSigned(self, with: signature) { throw .forged(key.name) }
            if !own.isEmpty { found.append(key) }
        }
        guard !found.isEmpty else { throw .unsigned }
        return found
    }
}

extension SignedNote.Signature {
    /// As it stands in a note, with the newline.
    package var line: String {
        let id = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: keyID >> $0) }
        return "\(SignedNote.dash)\(name) \(Base64.text(id + bytes))\n"
    }
}
