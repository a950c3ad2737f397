import NIOCore
import NIOPosix
import Wire

/// A server of whatever bytes a test likes, for one connection.
final class RawServer: Sendable {
    let port: Int
    private let listener: any Channel
    private let accepted: AsyncStream<any Channel>
    private let arriving: AsyncStream<[UInt8]>

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let bytes: AsyncStream<[UInt8]>.Continuation
        init(_ bytes: AsyncStream<[UInt8]>.Continuation) { self.bytes = bytes }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes.yield(Array(unwrapInboundIn(data).readableBytesView))
        }
        func channelInactive(context: ChannelHandlerContext) { bytes.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    init() async throws {
        let (accepted, accepting) = AsyncStream.makeStream(of: (any Channel).self)
        let (arriving, bytes) = AsyncStream.makeStream(of: [UInt8].self)
        self.accepted = accepted
        self.arriving = arriving
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(bytes))
                    accepting.yield(channel)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    /// Waits for the client, and then reads its frames and writes bytes to it.
    func conversation() async throws -> Conversation {
        var iterator = accepted.makeAsyncIterator()
        guard let channel = await iterator.next() else { throw ChannelError.eof }
        return Conversation(channel: channel, arriving: arriving.makeAsyncIterator())
    }

    struct Conversation {
        let channel: any Channel
        var arriving: AsyncStream<[UInt8]>.AsyncIterator
        private var decoder = FrameDecoder()
        private var events: [FrameDecoder.Event] = []

        init(channel: any Channel, arriving: AsyncStream<[UInt8]>.AsyncIterator) {
            self.channel = channel
            self.arriving = arriving
        }

        /// The next frame, nil when the client has closed.
        mutating func frame() async -> Frame? {
            while true {
                if !events.isEmpty, case .frame(let frame) = events.removeFirst() { return frame }
                guard let bytes = await arriving.next(isolation: nil) else { return nil }
                decoder.decode(bytes.span.bytes, into: &events)
            }
        }

        func send(_ hexadecimal: String) async throws {
            try await channel.writeAndFlush(ByteBuffer(bytes: wireBytes(hexadecimal)))
        }

        func send(_ frame: Frame) async throws {
            var bytes: [UInt8] = []
            frame.append(to: &bytes)
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        }
    }

    func close() async throws { try await listener.close() }
}
