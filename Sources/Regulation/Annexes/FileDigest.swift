/// How a file is named in the record: SHA-256 in lower-case hex.
package enum FileDigest {
    package static let digitCount = 64

    package static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == digitCount
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
