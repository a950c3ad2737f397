/// The place of a call in a trace, as W3C Trace Context writes it into `traceparent`.
///
/// A value of our own and no tracing library: without a backend those neither read nor begin a trace, and
/// with one they are better fed from here, by the process that has one.
public struct TraceContext: Sendable, Hashable, CustomStringConvertible {
    public static let key = "traceparent"
    /// Vendors' own words, passed on unread beside a valid `traceparent`.
    public static let stateKey = "tracestate"
    /// UTF-8 bytes of `tracestate`; the specification wants at least this many passed on.
    public static let stateByteCountMax = 512

    /// 128 bits, never all zero.
    public let traceID: TraceID
    /// Of the span that is the parent of whatever is called with this; never zero.
    public let spanID: UInt64
    /// Bit 0: the caller may have recorded its span. The others are passed on as they are.
    public let flags: UInt8

    public struct TraceID: Sendable, Hashable, CustomStringConvertible {
        let high: UInt64
        let low: UInt64

        public var description: String {
            var bytes: [UInt8] = []
            append(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }

        fileprivate func append(to bytes: inout [UInt8]) {
            appendHexadecimal(high, digitCount: 16, to: &bytes)
            appendHexadecimal(low, digitCount: 16, to: &bytes)
        }
    }

    private init(traceID: TraceID, spanID: UInt64, flags: UInt8) {
        self.traceID = traceID
        self.spanID = spanID
        self.flags = flags
    }

    /// A trace that begins here, unrecorded until somebody who records says otherwise.
    public init(beginning bits: () -> UInt64) {
        self.init(
            traceID: TraceID(high: bits(), low: Self.nonzero(bits)), spanID: Self.nonzero(bits), flags: 0)
    }

    /// The next span of the same trace.
    public func child(_ bits: () -> UInt64) -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.nonzero(bits), flags: flags)
    }

    /// Reads a call's metadata. Nil when there is no `traceparent`, more than one, or one that is not valid:
    /// the trace is then begun anew, as the specification wants.
    public init?(_ metadata: Metadata) {
        let values = metadata.values(for: Self.key)
        guard values.count == 1 else { return nil }
        self.init(values[0])
    }

    /// Version, trace, parent and flags in lower-case hexadecimal, as in
    /// "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01". A later version may add fields at the end.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash,
            let version = Self.number(bytes[0..<2]), version != 0xff,
            bytes.count == 55 || version > 0 && bytes[55] == Self.dash,
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]),
            let spanID = Self.number(bytes[36..<52]), let flags = Self.number(bytes[53..<55]),
            high | low != 0, spanID != 0
        else { return nil }
        self.init(traceID: TraceID(high: high, low: low), spanID: spanID, flags: UInt8(flags))
    }

    /// In version 00, the one we know.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(55)
        bytes.append(contentsOf: [UInt8(ascii: "0"), UInt8(ascii: "0"), Self.dash])
        traceID.append(to: &bytes)
        bytes.append(Self.dash)
        appendHexadecimal(spanID, digitCount: 16, to: &bytes)
        bytes.append(Self.dash)
        appendHexadecimal(UInt64(flags), digitCount: 2, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let dash = UInt8(ascii: "-")

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit & 0x0f)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - 87)
            default: return nil
            }
        }
        return number
    }

    /// Zero means "none" on the wire; chance gives it once in 2^64.
    private static func nonzero(_ bits: () -> UInt64) -> UInt64 { max(bits(), 1) }
}

/// The lowest so many digits, leading zeros kept. On every traced call's path, so without strings between.
private func appendHexadecimal(_ number: UInt64, digitCount: Int, to bytes: inout [UInt8]) {
    for shift in stride(from: 4 * (digitCount - 1), through: 0, by: -4) {
        let digit = UInt8((number >> UInt64(shift)) & 0x0f)
        bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
    }
}
