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
        /// All of the bytes, once a frame lies whole in them: frames that arrive together share their memory.
        var arrived: [UInt8] = []
        while true {
            switch state {
            case .header:
                guard let header = header(bytes, &offset) else { return }
                begin(header, &events)
            case .data(let header):
                guard let data = data(of: header, bytes, &offset, &arrived) else { return }
                events.append(
                    .frame(
                        Frame(
                            streamID: header.streamID, type: header.type, flags: header.flags, data: data)))
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

    /// The whole data of a frame, or nil with what is there of it kept.
    private mutating func data(
        of header: FrameHeader, _ bytes: RawSpan, _ offset: inout Int, _ arrived: inout [UInt8]
    ) -> ArraySlice<UInt8>? {
        let length = Int(header.length)
        if partial.isEmpty && length <= bytes.byteCount - offset {
            if length == 0 { return [] }
            if arrived.isEmpty { arrived = bytes.withUnsafeBytes { Array($0) } }
            defer { offset += length }
            return arrived[offset..<offset + length]
        }
        if partial.isEmpty { partial.reserveCapacity(min(length, Self.reservedByteCountMax)) }
        take(length - partial.count, bytes, &offset)
        guard partial.count == length else { return nil }
        defer { partial = [] }
        return partial[...]
    }

    /// Moves up to so many bytes into `partial`.
    private mutating func take(_ byteCount: Int, _ bytes: RawSpan, _ offset: inout Int) {
        let taken = min(byteCount, bytes.byteCount - offset)
        guard taken > 0 else { return }
        bytes.extracting(offset..<offset + taken).withUnsafeBytes { partial.append(contentsOf: $0) }
        offset += taken
    }
}
