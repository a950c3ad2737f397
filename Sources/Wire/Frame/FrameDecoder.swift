/// Cuts a byte stream into frames, however the bytes were split on the way.
///
/// Memory is taken as data arrives, never because a header announces it.
package struct FrameDecoder: Sendable {
    package enum Event: Sendable, Hashable {
        case frame(Frame)
        /// The header announces more than a frame may hold. The data will be thrown away as it comes.
        case oversized(FrameHeader)
        /// Follows `.oversized` when there is more to throw away than we care to read. Nothing else follows.
        case beyondRepair(FrameHeader)
    }

    private enum State: Sendable {
        /// Before or inside a header. Leaves to: data, discarding, stopped.
        case header
        /// Inside a frame's data. Leaves to: header.
        case data(FrameHeader)
        /// Inside the data of an oversized frame. Leaves to: header.
        case discarding(byteCount: Int)
        /// The stream cannot be followed any more. Final.
        case stopped
    }

    private let discardByteCountMax: Int
    private var state = State.header
    /// What is there of a header or of a frame's data.
    private var partial: [UInt8] = []

    /// Data up to this size gets its memory at once; more is taken in steps, as it arrives.
    private static let reservedByteCountMax = 64 << 10

    package init(discardByteCountMax: Int = WireLimits().discardByteCountMax) {
        self.discardByteCountMax = discardByteCountMax
    }

    /// Whether a frame has begun and is not yet whole.
    package var isWithinFrame: Bool {
        switch state {
        case .header: !partial.isEmpty
        case .data, .discarding: true
        case .stopped: false
        }
    }

    /// Takes all of the bytes and adds what became whole.
    package mutating func decode(_ bytes: RawSpan, into events: inout [Event]) {
        var offset = 0
        while true {
            switch state {
            case .header:
                guard let header = header(bytes, &offset) else { return }
                begin(header, &events)
            case .data(let header):
                guard collect(header, bytes, &offset) else { return }
                events.append(
                    .frame(
                        Frame(
                            streamID: header.streamID, type: header.type, flags: header.flags, data: partial))
                )
                partial = []
                state = .header
            case .discarding(let byteCount):
                let taken = min(byteCount, bytes.byteCount - offset)
                offset += taken
                guard taken == byteCount else {
                    state = .discarding(byteCount: byteCount - taken)
                    return
                }
                state = .header
            case .stopped:
                return
            }
        }
    }

    /// A whole header, or nil with the bytes kept.
    private mutating func header(_ bytes: RawSpan, _ offset: inout Int) -> FrameHeader? {
        let end = offset + FrameHeader.byteCount
        if partial.isEmpty && end <= bytes.byteCount {
            let header = FrameHeader(bytes.extracting(offset..<end))
            offset = end
            return header
        }
        take(FrameHeader.byteCount - partial.count, bytes, &offset)
        guard partial.count == FrameHeader.byteCount else { return nil }
        let header = FrameHeader(partial.span.bytes)
        partial = []
        return header
    }

    private mutating func begin(_ header: FrameHeader, _ events: inout [Event]) {
        let length = Int(header.length)
        guard length > WireLimits.frameByteCountMax else {
            state = .data(header)
            partial.reserveCapacity(min(length, Self.reservedByteCountMax))
            return
        }
        events.append(.oversized(header))
        if length > discardByteCountMax {
            events.append(.beyondRepair(header))
            state = .stopped
        } else {
            state = .discarding(byteCount: length)
        }
    }

    private mutating func collect(
        _ header: FrameHeader, _ bytes: RawSpan, _ offset: inout Int
    ) -> Bool {
        take(Int(header.length) - partial.count, bytes, &offset)
        return partial.count == Int(header.length)
    }

    /// Moves up to so many bytes into `partial`.
    private mutating func take(_ byteCount: Int, _ bytes: RawSpan, _ offset: inout Int) {
        let taken = min(byteCount, bytes.byteCount - offset)
        guard taken > 0 else { return }
        bytes.extracting(offset..<offset + taken).withUnsafeBytes { partial.append(contentsOf: $0) }
        offset += taken
    }
}
