import Regulation

/// A number as nearly all are written: perhaps a minus, digits without a 0 in front, perhaps a point and
/// digits, seventeen at most.
///
/// What it takes, `ExactDecimal` takes and reads the same. Of everything else it only says that it is
/// something else.
struct PlainDecimal {
    private static let digitCountMax = 17

    /// With every digit that is written: "5.0" is 50 with one digit behind the point.
    let significand: Int64
    let scale: Int
    /// Bytes of the written form without the zeros, and perhaps the point, at its end that carry no value.
    let canonicalByteCount: Int

    @inline(__always)
    init?(_ text: UnsafeRawBufferPointer) {
        guard let first = text.first else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        // The sign, the digits and the point.
        guard text.count <= Self.digitCountMax + 2 else { return nil }
        var (value, point, digitCount, end): (Int64, Int?, Int, Int) = (0, nil, 0, 0)
        for index in start..<text.count {
            let byte = text[index]
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                // Nineteen digits may overflow; they are refused below.
                value = value &* 10 &+ Int64(byte - UInt8(ascii: "0"))
                digitCount += 1
                if point == nil || byte != UInt8(ascii: "0") { end = index + 1 }
            } else {
                guard byte == UInt8(ascii: "."), point == nil, digitCount > 0 else { return nil }
                point = index
            }
        }
        let whole = (point ?? text.count) - start
        let fraction = point.map { text.count - $0 - 1 } ?? 0
        guard digitCount <= Self.digitCountMax, whole > 0, whole == 1 || text[start] != UInt8(ascii: "0"),
            point == nil || fraction > 0, fraction <= Int(ExactDecimal.scaleMax),
            !isNegative || value != 0
        else { return nil }
        significand = isNegative ? -value : value
        scale = fraction
        canonicalByteCount = end
    }

    /// The value, to compare.
    var value: ExactDecimal? { ExactDecimal(significand: significand, scale: UInt8(scale)) }
}
