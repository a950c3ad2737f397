import Crypto

/// Names for things that commands make.
///
/// Derived from the request, so that a command decided twice names the same thing, and nothing random enters
/// the record.
package enum Identifier {
    /// Letters that cannot be mistaken for one another (Crockford's base 32).
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    /// 10 letters are 50 bits: a collision is unlikely below ten million things of one kind, and is then
    /// refused as a version conflict, never overwritten.
    private static let letterCount = 10

    package static func derive(_ prefix: String, from parts: String...) -> String {
        var hasher = SHA256()
        for part in parts {
            hasher.update(data: Array("\(part.utf8.count):".utf8) + Array(part.utf8))
        }
        var bits: UInt64 = 0
        for byte in hasher.finalize().prefix(8) { bits = bits << 8 | UInt64(byte) }
        var letters = ""
        for _ in 0..<letterCount {
            letters.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return "\(prefix)-\(letters)"
    }
}
