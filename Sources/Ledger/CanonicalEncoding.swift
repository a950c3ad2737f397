import Crypto

/// Bytes of fields, each self-delimiting, for SHA-256: gathered, as it is slower to feed it small pieces.
///
/// It knows where each field stands, so that a row can be stored from the bytes that were hashed.
struct CanonicalEncoding {
    struct Field {
        enum Kind {
            case number, text, bytes
        }

        let kind: Kind
        /// Where the value stands, without its count.
        let place: Range<Int>
    }

    private(set) var content: [UInt8] = []
    private(set) var fields: [Field] = []

    init(byteCount: Int = 768) {
        content.reserveCapacity(byteCount)
        fields.reserveCapacity(10)
    }

    /// Forgets what was gathered, and keeps its memory.
    mutating func restart() {
        content.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    /// Bytes that are no field.
    mutating func append(raw bytes: [UInt8]) { content += bytes }

    mutating func append(number: Int64) {
        let start = content.count
        write(number)
        fields.append(Field(kind: .number, place: start..<content.count))
    }

    mutating func append(bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0, .bytes) }
    }

    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), .text) }
    }

    mutating func append(_ value: UnsafeRawBufferPointer, _ kind: Field.Kind) {
        write(Int64(value.count))
        let start = content.count
        content += value
        fields.append(Field(kind: kind, place: start..<content.count))
    }

    private mutating func write(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { content += $0 }
    }

    func digest() -> [UInt8] {
        var hasher = SHA256()
        content.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { Array($0) }
    }
}
