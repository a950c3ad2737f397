import NIOCore
import NIOPosix

/// A listener whose connections a test answers itself, with whatever bytes it likes.
struct ScriptedServer {
    let port: Int
    private let listener: any Channel
    private var accepted: AsyncStream<RawPeer>.AsyncIterator

    init(isReading: Bool = true) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: RawPeer.self)
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: isReading)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let (bytes, arriving) = AsyncStream.makeStream(of: [UInt8].self)
                    try channel.pipeline.syncOperations.addHandler(RawPeer.Collector(arriving))
                    continuation.yield(RawPeer(accepted: channel, arriving: bytes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
        accepted = stream.makeAsyncIterator()
    }

    /// The next connection.
    mutating func connection() async throws -> RawPeer {
        guard let peer = await accepted.next(isolation: nil) else { throw ChannelError.eof }
        return peer
    }

    func close() async throws { try await listener.close() }
}
