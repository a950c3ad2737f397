import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Wire

/// A TLS client that sends whatever bytes a test likes once the handshake is over, and reads frames.
struct RawTLSPeer {
    private let channel: any Channel
    private var arriving: AsyncStream<[UInt8]>.AsyncIterator
    private let heard: Heard
    private var decoder = FrameDecoder()
    private var events: [FrameDecoder.Event] = []

    private final class Heard: Sendable {
        private let all = Mutex<[String]>([])
        func note(_ error: String) { all.withLock { $0.append(error) } }
        var errors: String { all.withLock { $0.joined(separator: "; ") } }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let bytes: AsyncStream<[UInt8]>.Continuation
        let heard: Heard
        init(_ bytes: AsyncStream<[UInt8]>.Continuation, _ heard: Heard) {
            self.bytes = bytes
            self.heard = heard
        }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes.yield(Array(unwrapInboundIn(data).readableBytesView))
        }
        func channelInactive(context: ChannelHandlerContext) { bytes.finish() }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { heard.note("\(error)") }
    }

    /// Without files it presents no certificate; the server's is not looked at.
    init(
        port: Int, files: TLSFiles?, versions: ClosedRange<Int> = 3...3
    ) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        let known: [Int: TLSVersion] = [2: .tlsv12, 3: .tlsv13]
        configuration.minimumTLSVersion = known[versions.lowerBound] ?? .tlsv13
        configuration.maximumTLSVersion = known[versions.upperBound]
        configuration.certificateVerification = .none
        if let files {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(files.certificate).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))
        }
        let context = try NIOSSLContext(configuration: configuration)
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let heard = Heard()
        self.heard = heard
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: nil),
                        Collector(continuation, heard),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        arriving = stream.makeAsyncIterator()
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

    func setReading(_ isReading: Bool) async throws {
        try await channel.setOption(.autoRead, value: isReading).get()
    }

    /// The next frame, nil when the server has closed.
    mutating func frame() async -> Frame? {
        while true {
            if !events.isEmpty, case .frame(let frame) = events.removeFirst() { return frame }
            guard let bytes = await arriving.next(isolation: nil) else { return nil }
            decoder.decode(bytes.span.bytes, into: &events)
        }
    }

    /// What the TLS library said.
    var errors: String { heard.errors }

    func close() async throws { try await channel.close() }
}
