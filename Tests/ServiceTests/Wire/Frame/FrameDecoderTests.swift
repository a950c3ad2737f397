import Testing
import Wire

@Suite("Frames")
struct FrameDecoderTests {
    private static let stream =
        wireBytes("00000002 00000001 01 00 0a00") + wireBytes("00000000 00000003 03 05")
        + wireBytes("00000005 ffffffff 09 f8 0102030405")

    private static let frames: [FrameDecoder.Event] = [
        .frame(Frame(streamID: StreamID(1), type: .request, data: [0x0a, 0])),
        .frame(Frame(streamID: StreamID(3), type: .data, flags: [.remoteClosed, .noData])),
        .frame(
            Frame(
                streamID: StreamID(.max), type: .unrecognized(9), flags: FrameFlags(rawValue: 0xf8),
                data: [1, 2, 3, 4, 5])),
    ]

    @Test("every way to cut the bytes in two or three gives the same frames")
    func splits() {
        let bytes = Self.stream
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...])]
                #expect(decoded(pieces) == Self.frames)
            }
        }
    }

    @Test("byte by byte gives the same frames")
    func singleBytes() {
        #expect(decoded(Self.stream.map { [$0] }) == Self.frames)
    }

    @Test("what was encoded is decoded")
    func roundTrip() {
        var bytes: [UInt8] = []
        for case .frame(let frame) in Self.frames { frame.append(to: &bytes) }
        #expect(bytes == Self.stream)
    }

    @Test("a frame begun is known as such until its last byte")
    func withinFrame() {
        var decoder = FrameDecoder()
        var events: [FrameDecoder.Event] = []
        let frame = wireBytes("00000002 00000001 01 00 0a00")
        for (index, byte) in frame.enumerated() {
            #expect(decoder.isWithinFrame == (index > 0))
            decoder.decode([byte].span.bytes, into: &events)
        }
        #expect(decoder.isWithinFrame == false)
        #expect(events.count == 1)
    }

    @Test("a frame of exactly 4 MiB is a frame")
    func largest() {
        let data = [UInt8](repeating: 7, count: 4 << 20)
        let frame = Frame(streamID: StreamID(1), type: .request, data: data)
        var bytes: [UInt8] = []
        frame.append(to: &bytes)
        #expect(decoded([bytes]) == [.frame(frame)])
        let pieces = stride(from: 0, to: bytes.count, by: 65_536).map {
            Array(bytes[$0..<min($0 + 65_536, bytes.count)])
        }
        #expect(decoded(pieces) == [.frame(frame)])
    }

    @Test("one byte more is thrown away, and the next frame is read", arguments: [1, 1000, 4 << 20])
    func oversized(pieceByteCount: Int) {
        let bytes =
            wireBytes("00400001 00000001 01 00") + [UInt8](repeating: 0, count: (4 << 20) + 1) + Self.stream
        let pieces = stride(from: 0, to: bytes.count, by: max(pieceByteCount, 1000)).map {
            Array(bytes[$0..<min($0 + max(pieceByteCount, 1000), bytes.count)])
        }
        let header = FrameHeader(length: (4 << 20) + 1, streamID: StreamID(1), type: .request)
        #expect(decoded(pieces) == [.oversized(header)] + Self.frames)
    }

    @Test("more than the discard budget ends the stream", arguments: ["00000065", "01000000", "ffffffff"])
    func beyondRepair(length: String) {
        let bytes = wireBytes(length + "00000001 01 00")
        guard length != "00000065" else {
            #expect(decoded([bytes]) == [], "an honest length")
            return
        }
        let header = FrameHeader(bytes.span.bytes)
        let limit = Int(header.length) - 1
        #expect(
            decoded([bytes + Self.stream], discardByteCountMax: min(limit, 16 << 20 - 1))
                == [.oversized(header), .beyondRepair(header)])
    }
}
