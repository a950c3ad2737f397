/// Writes the numbers and texts that a stored row is made of.
///
/// A number is a varint of seven bits a byte, the lowest first, as protobuf writes it; a signed one is
/// zigzagged before.
struct RowWriter {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func write(byte: UInt8) { bytes.append(byte) }

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func write(_ count: Int) { write(UInt64(count)) }

    mutating func write(signed number: Int64) {
        write(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    mutating func write(raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

    /// Which of a shape's parts a row has, one bit each, the lowest first.
    mutating func write(bits: [Bool]) {
        var byte: UInt8 = 0
        for (index, bit) in bits.enumerated() {
            if bit { byte |= 1 << UInt8(index & 7) }
            if index & 7 == 7 || index == bits.count - 1 {
                bytes.append(byte)
                byte = 0
            }
        }
    }
}

/// A stored row that is not what this release writes.
struct RowDamage: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    static let cut = RowDamage(description: "the row ends too early")
    static let trailing = RowDamage(description: "bytes follow the row")
    static let notText = RowDamage(description: "a text is not UTF-8")
    static func unknown(_ what: String) -> RowDamage { RowDamage(description: "unknown \(what)") }
}

/// Reads what `RowWriter` wrote. Never reads past the end, whatever the bytes are.
struct RowReading {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int

    /// `bytes` outlive the value.
    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset == bytes.count }

    @inline(__always)
    mutating func byte() throws(RowDamage) -> UInt8 {
        guard offset < bytes.count else { throw .cut }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// `offset` is no further than the end.
    mutating func skip(to offset: Int) { self.offset = offset }

    @inline(__always)
    mutating func number() throws(RowDamage) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let byte = try byte()
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw .unknown("number")
    }

    /// A number of things that follow: never more than the bytes there are.
    mutating func count() throws(RowDamage) -> Int {
        let number = try number()
        guard number <= UInt64(bytes.count - offset) else { throw .cut }
        return Int(number)
    }

    @inline(__always)
    mutating func signed() throws(RowDamage) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    mutating func text(byteCount: Int) throws(RowDamage) -> String {
        let raw = try raw(byteCount: byteCount)
        guard let text = String(validating: raw, as: UTF8.self) else { throw .notText }
        return text
    }

    mutating func raw(byteCount: Int) throws(RowDamage) -> UnsafeRawBufferPointer {
        guard byteCount <= bytes.count - offset else { throw .cut }
        defer { offset += byteCount }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + byteCount])
    }
}
