/// Statuses that the machines themselves answer, in the reference implementation's words where it has any.
extension RPCStatus {
    static func invalid(_ message: String) -> RPCStatus {
        RPCStatus(code: .invalidArgument, message: message)
    }

    package static let deadlineExceeded = RPCStatus(
        code: .deadlineExceeded, message: "context deadline exceeded")
    package static let cancelled = RPCStatus(code: .cancelled, message: "context canceled")
    package static let shuttingDown = RPCStatus(
        code: .unavailable, message: "the server is shutting down; repeat the call later")

    static let streamForOne = RPCStatus(
        code: .internalError,
        message: "the server answered with a stream where one response was expected")
    static let oneForStream = RPCStatus(
        code: .internalError,
        message: "the server answered with one response where a stream was expected")
    static let queueFull = RPCStatus(
        code: .resourceExhausted,
        message: "messages of this stream came faster than they were read, and are too many to keep")

    /// Fit for the wire: a handler that throws OK has failed all the same, and a long message is cut.
    func sendable(_ limits: WireLimits) -> RPCStatus {
        let isShort = message.utf8.count <= limits.statusMessageByteCountMax
        if isShort && code != .ok { return self }
        let text = isShort ? message : Self.cut(message, to: limits.statusMessageByteCountMax)
        return RPCStatus(code: code == .ok ? .unknown : code, message: text, details: details)
    }

    /// At most so many UTF-8 bytes, ending with a whole character, and a sign that more followed.
    private static func cut(_ text: String, to byteCountMax: Int) -> String {
        var bytes = Array(text.utf8.prefix(byteCountMax))
        while let byte = bytes.last, byte & 0xc0 == 0x80 { bytes.removeLast() }
        if let byte = bytes.last, byte >= 0xc0 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self) + "…"
    }
}
