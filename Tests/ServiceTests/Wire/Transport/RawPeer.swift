import Glibc
import NIOCore
import NIOPosix
import Wire

/// A client that sends whatever bytes a test likes, and reads frames.
struct RawPeer {
    private let channel: any Channel
    private var arriving: AsyncStream<[UInt8]>.AsyncIterator
    private var decoder = FrameDecoder()
    private var events: [FrameDecoder.Event] = []

    final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let bytes: AsyncStream<[UInt8]>.Continuation
        init(_ bytes: AsyncStream<[UInt8]>.Continuation) { self.bytes = bytes }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes.yield(Array(unwrapInboundIn(data).readableBytesView))
        }
        func channelInactive(context: ChannelHandlerContext) { bytes.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    init(port: Int, isReading: Bool = true) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: isReading)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        arriving = stream.makeAsyncIterator()
    }

    /// This end of a connection that was accepted, whose bytes a `Collector` hands on.
    init(accepted: any Channel, arriving: AsyncStream<[UInt8]>) {
        channel = accepted
        self.arriving = arriving.makeAsyncIterator()
    }

    /// The sending half, for a task of its own.
    struct Writer: Sendable {
        fileprivate let channel: any Channel

        func send(_ bytes: [UInt8]) async throws {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        }
    }

    var writer: Writer { Writer(channel: channel) }

    func send(_ bytes: [UInt8]) async throws { try await writer.send(bytes) }

    /// The next frame, nil when the server has closed.
    mutating func frame() async -> Frame? {
        while true {
            if !events.isEmpty, case .frame(let frame) = events.removeFirst() { return frame }
            guard let bytes = await arriving.next(isolation: nil) else { return nil }
            decoder.decode(bytes.span.bytes, into: &events)
        }
    }

    func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    func close() async throws { try await channel.close() }

    /// Ends the sending half only; what the other side sends is still read.
    func closeOutput() async throws { try await channel.close(mode: .output).get() }

    /// Closes without a farewell: the other side's next read fails with ECONNRESET.
    func reset() async throws {
        let options = channel as? any SocketOptionProvider
        try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }
}
