/// Reads the fields of one protobuf message; only what the ttrpc envelope needs.
///
/// Message bodies are protobuf-c's business (`Wire/Messages`). The envelope around them has eight fields, is
/// on the path of every call, and is read here directly from the frame's bytes.
struct ProtobufReader {
    enum Field {
        case varint(number: Int, UInt64)
        case bytes(number: Int, Range<Int>)
        /// Of another form, or inside a group: nothing in the envelope has it.
        case skipped
    }

    /// Not to be read beyond the call that lends them.
    let bytes: UnsafeBufferPointer<UInt8>
    private var offset: Int
    private let end: Int

    /// Groups are long out of use; a few levels are stepped over, more are an attack.
    private static let groupDepthMax = 8

    init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil) {
        self.bytes = bytes
        offset = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// The next field, or nil at the end.
    mutating func next() throws(EnvelopeError) -> Field? {
        guard offset < end else { return nil }
        let (number, form) = try tag()
        switch form {
        case 0: return .varint(number: number, try varint())
        case 2: return .bytes(number: number, try lengthDelimited())
        case 3: try skipGroup(number)
        default: try skip(form)
        }
        return .skipped
    }

    /// Text of a field, which must be UTF-8.
    func text(_ range: Range<Int>, field: StaticString) throws(EnvelopeError) -> String {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        // Names and keys are ASCII, which is seen faster than UTF-8 is validated.
        var union: UInt8 = 0
        for byte in part { union |= byte }
        if union < 0x80 { return String(decoding: part, as: UTF8.self) }
        guard let text = String(validating: part, as: UTF8.self) else {
            throw .notUTF8(field: "\(field)")
        }
        return text
    }

    func copy(_ range: Range<Int>) -> [UInt8] { Array(UnsafeBufferPointer(rebasing: bytes[range])) }

    private mutating func tag() throws(EnvelopeError) -> (number: Int, form: UInt64) {
        let tag = try varint()
        guard tag >> 3 >= 1, tag >> 3 < 1 << 29 else { throw .malformed }
        return (Int(tag >> 3), tag & 7)
    }

    private mutating func varint() throws(EnvelopeError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            // The tenth byte holds the 64th bit and nothing else.
            if shift == 63 && byte > 1 { throw .malformed }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw .truncated
    }

    private mutating func lengthDelimited() throws(EnvelopeError) -> Range<Int> {
        let length = try varint()
        guard length <= UInt64(end - offset) else { throw .truncated }
        defer { offset += Int(length) }
        return offset..<offset + Int(length)
    }

    private mutating func skip(_ form: UInt64) throws(EnvelopeError) {
        switch form {
        case 0: _ = try varint()
        case 1: try advance(8)
        case 2: _ = try lengthDelimited()
        case 5: try advance(4)
        default: throw .malformed
        }
    }

    private mutating func advance(_ byteCount: Int) throws(EnvelopeError) {
        guard end - offset >= byteCount else { throw .truncated }
        offset += byteCount
    }

    private mutating func skipGroup(_ number: Int) throws(EnvelopeError) {
        var open = [number]
        while let innermost = open.last {
            guard open.count <= Self.groupDepthMax else { throw .malformed }
            let (number, form) = try tag()
            switch form {
            case 3: open.append(number)
            case 4:
                guard number == innermost else { throw .malformed }
                open.removeLast()
            default: try skip(form)
            }
        }
    }
}

/// Why a frame's data is no envelope.
package enum EnvelopeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes end inside a field.
    case truncated
    case malformed
    case notUTF8(field: String)
    /// More pairs or bytes of metadata than `WireLimits` allows.
    case tooMuchMetadata
    /// More status details than `WireLimits` allows.
    case tooManyDetails

    package var description: String {
        switch self {
        case .truncated: "the bytes end inside a field"
        case .malformed: "not in protobuf encoding"
        case .notUTF8(let field): "string field \(field) contains invalid UTF-8"
        case .tooMuchMetadata: "more metadata than is accepted"
        case .tooManyDetails: "more status details than are accepted"
        }
    }
}
