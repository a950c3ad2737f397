import Wire

/// Bytes written as in the wire's documents: hexadecimal, spaces and bars of no meaning.
func wireBytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// What a decoder makes of the pieces, in their order.
func decoded(_ pieces: [[UInt8]], discardByteCountMax: Int = 16 << 20) -> [FrameDecoder.Event] {
    var decoder = FrameDecoder(discardByteCountMax: discardByteCountMax)
    var events: [FrameDecoder.Event] = []
    for piece in pieces { decoder.decode(piece.span.bytes, into: &events) }
    return events
}

/// A Request frame's bytes.
func requestBytes(
    _ stream: UInt32, _ method: String = "Echo", _ payload: [UInt8] = [], service: String = "test.Echo",
    timeoutNanoseconds: Int64 = 0, flags: FrameFlags = []
) -> [UInt8] {
    var bytes: [UInt8] = []
    RequestEnvelope(
        service: service, method: method, payload: payload, timeoutNanoseconds: timeoutNanoseconds
    ).append(to: &bytes)
    var frame: [UInt8] = []
    Frame(streamID: StreamID(stream), type: .request, flags: flags, data: bytes).append(to: &frame)
    return frame
}

extension Frame {
    /// What a Response frame says; nil when it is something else.
    var outcome: Result<[UInt8], RPCStatus>? {
        guard type == .response else { return nil }
        return try? ResponseEnvelope(data, limits: WireLimits()).outcome
    }
}
