/// Our optional additions to ttrpc, for two peers that both know them; see `Deviations`.
///
/// A client announces itself with one metadata pair on its connection's first Request, which every other
/// server passes on unread. A server that knows the pair answers it with a Hello frame before anything else
/// on the connection; both sides then take Credit, and the server Cancel. A server never sends the
/// additional frames to a client that did not announce itself, and a client never before the Hello, so that
/// no foreign peer ever meets one.
package enum StreamExtension {
    /// Its value is the client's receive window in bytes, in decimal.
    package static let metadataKey = "wire-window"

    /// Window sizes and credits beyond this are taken as this: nobody means more.
    package static let byteCountMax = 1 << 30

    /// What one message costs of a window: its bytes, and what keeping it costs beside them, so that empty
    /// messages are not free.
    package static func cost(ofMessage byteCount: Int) -> Int { byteCount + 64 }

    /// The window in a client's announcement, nil when it is none.
    package static func window(announced text: String) -> Int? {
        guard let value = Int(text), value > 0 else { return nil }
        return min(value, byteCountMax)
    }

    /// The byte count that is all of the data of Hello and Credit: four bytes, network byte order. More bytes
    /// are for later versions.
    package static func byteCount(in data: ArraySlice<UInt8>) -> Int? {
        guard data.count >= 4 else { return nil }
        let value = data.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return value == 0 ? nil : min(value, byteCountMax)
    }

    package static func data(byteCount: Int) -> [UInt8] {
        let value = UInt32(clamping: byteCount)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// Opens the extension: the server's receive window for every stream.
    package static func hello(window: Int) -> Frame {
        Frame(streamID: StreamID(0), type: .hello, data: data(byteCount: window))
    }

    /// The sender of this frame has room for so many more bytes on that stream.
    package static func credit(_ byteCount: Int, on streamID: StreamID) -> Frame {
        Frame(streamID: streamID, type: .credit, data: data(byteCount: byteCount))
    }

    /// The caller of that stream waits no longer.
    package static func cancel(_ streamID: StreamID) -> Frame { Frame(streamID: streamID, type: .cancel) }

    /// New calls belong on another connection; those under way are still answered on this one.
    package static let goAway = Frame(streamID: StreamID(0), type: .goAway)
}
