/// The ten bytes before each frame's data: length, stream and type in network byte order, and flags.
package struct FrameHeader: Sendable, Hashable {
    package static let byteCount = 10

    /// Bytes of data that follow, header not counted. b[0..<4]; b[0] is reserved, so zero in an honest frame.
    package var length: UInt32
    /// b[4..<8].
    package var streamID: StreamID
    /// b[8].
    package var type: FrameType
    /// b[9]; what they mean depends on the type.
    package var flags: FrameFlags

    package init(length: UInt32, streamID: StreamID, type: FrameType, flags: FrameFlags = []) {
        self.length = length
        self.streamID = streamID
        self.type = type
        self.flags = flags
    }

    /// Reads the first ten of the bytes; there must be as many.
    package init(_ bytes: RawSpan) {
        func word(_ offset: Int) -> UInt32 {
            UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        precondition(bytes.byteCount >= Self.byteCount, "a frame header is ten bytes")
        length = word(0)
        streamID = StreamID(word(4))
        type = FrameType(bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt8.self))
        flags = FrameFlags(rawValue: bytes.unsafeLoadUnaligned(fromByteOffset: 9, as: UInt8.self))
    }

    package func append(to bytes: inout [UInt8]) {
        let words = (UInt64(length) << 32 | UInt64(streamID.number)).bigEndian
        let ends = (UInt16(type.code) << 8 | UInt16(flags.rawValue)).bigEndian
        // Lies in memory as the ten bytes: appending them one by one would look after the array each time.
        withUnsafeBytes(of: (words, ends)) { bytes.append(contentsOf: $0) }
    }
}

/// What a frame is; peers ignore types they do not know, "for future compatibility".
package enum FrameType: Sendable, Hashable {
    case request
    case response
    case data
    /// The next four are ours, and optional: see `StreamExtension`.
    case hello
    case credit
    case cancel
    case goAway
    case unrecognized(UInt8)

    package init(_ code: UInt8) {
        self =
            switch code {
            case 1: .request
            case 2: .response
            case 3: .data
            case 0x40: .hello
            case 0x41: .credit
            case 0x42: .cancel
            case 0x43: .goAway
            default: .unrecognized(code)
            }
    }

    package var code: UInt8 {
        switch self {
        case .request: 1
        case .response: 2
        case .data: 3
        case .hello: 0x40
        case .credit: 0x41
        case .cancel: 0x42
        case .goAway: 0x43
        case .unrecognized(let code): code
        }
    }
}

package struct FrameFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// "I am done sending": the receiver's remote side is closed.
    package static let remoteClosed = FrameFlags(rawValue: 0x01)
    /// "I will send more."
    package static let remoteOpen = FrameFlags(rawValue: 0x02)
    /// The frame carries no message; without it, no bytes are an empty message.
    package static let noData = FrameFlags(rawValue: 0x04)
}

/// One frame with its data whole.
package struct Frame: Sendable, Hashable {
    package let streamID: StreamID
    package let type: FrameType
    package let flags: FrameFlags
    /// May be a part of all the bytes that arrived with it; to be copied by who keeps it.
    package let data: ArraySlice<UInt8>

    package init(streamID: StreamID, type: FrameType, flags: FrameFlags = [], data: [UInt8] = []) {
        self.init(streamID: streamID, type: type, flags: flags, data: data[...])
    }

    init(streamID: StreamID, type: FrameType, flags: FrameFlags, data: ArraySlice<UInt8>) {
        self.streamID = streamID
        self.type = type
        self.flags = flags
        self.data = data
    }

    /// Adds header and data. The data must be no longer than the wire allows.
    package func append(to bytes: inout [UInt8]) {
        FrameHeader(length: UInt32(data.count), streamID: streamID, type: type, flags: flags)
            .append(to: &bytes)
        bytes.append(contentsOf: data)
    }
}
