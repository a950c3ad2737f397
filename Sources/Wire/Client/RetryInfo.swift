/// google.rpc.RetryInfo: a server's word, in a status's details, on when to repeat a call.
public struct RetryInfo: Sendable, Hashable {
    public static let typeURL = "type.googleapis.com/google.rpc.RetryInfo"

    /// Zero: at once. Negative: not at all (as gRFC A6 reads a negative pushback).
    public let delay: Duration

    public init(delay: Duration) { self.delay = delay }

    /// Nil when the detail is of another type. A RetryInfo that cannot be read says "not at all".
    public init?(_ detail: StatusDetail) {
        guard detail.typeURL.hasSuffix("/google.rpc.RetryInfo") else { return nil }
        do throws(EnvelopeError) {
            delay = try detail.value.withUnsafeBufferPointer { bytes throws(EnvelopeError) -> Duration in
                try Self.delay(ProtobufReader(bytes))
            }
        } catch {
            delay = .seconds(-1)
        }
    }

    /// The first one of a status.
    public init?(_ status: RPCStatus) {
        for detail in status.details {
            if let info = RetryInfo(detail) {
                self = info
                return
            }
        }
        return nil
    }

    /// Field 1 is google.protobuf.Duration: field 1 whole seconds, field 2 nanoseconds.
    public var detail: StatusDetail {
        let (seconds, attoseconds) = delay.components
        var duration: [UInt8] = []
        ProtobufWriter.append(field: 1, varint: UInt64(bitPattern: seconds), to: &duration)
        ProtobufWriter.append(
            field: 2, varint: UInt64(bitPattern: attoseconds / 1_000_000_000), to: &duration)
        var bytes: [UInt8] = []
        ProtobufWriter.append(field: 1, contentByteCount: duration.count, to: &bytes)
        return StatusDetail(typeURL: Self.typeURL, value: bytes + duration)
    }

    private static func delay(_ start: ProtobufReader) throws(EnvelopeError) -> Duration {
        var reader = start
        var delay = Duration.zero
        while let field = try reader.next() {
            guard case .bytes(1, let range) = field else { continue }
            var inner = ProtobufReader(start.bytes, in: range)
            while let part = try inner.next() {
                switch part {
                case .varint(1, let seconds): delay += .seconds(Int64(bitPattern: seconds))
                case .varint(2, let nanoseconds): delay += .nanoseconds(Int64(bitPattern: nanoseconds))
                case .varint, .bytes, .skipped: continue
                }
            }
        }
        return delay
    }
}
