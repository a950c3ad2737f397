import HTTPTypes
import Hummingbird
package import Logging
import NIOCore

/// The witness on a TCP port.
package struct WitnessServer: Sendable {
    /// A request has at most 63 hashes and a hundred signatures.
    private static let bodyByteCountMax = 1 << 16
    /// A log that asks nothing for this long is let go.
    private static let idleTimeout = TimeAmount.seconds(60)

    private let desk: WitnessDesk
    private let logger: Logger

    package init(desk: WitnessDesk, logger: Logger) {
        self.desk = desk
        self.logger = logger
    }

    /// Serves until the task is cancelled; throws when the port cannot be bound.
    package func run(host: String, port: Int, onReady: @escaping @Sendable (Int) -> Void) async throws {
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(address: .hostname(host, port: port), serverName: "forerunner-witness"),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? port) }, logger: logger)
        try await application.run()
    }

    private var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.post("/add-checkpoint") { request, _ in
            let body = try await request.body.collect(upTo: Self.bodyByteCountMax)
            return Self.response(try await desk.addCheckpoint(Array(body.readableBytesView)))
        }
        router.get("/:hash/checkpoint") { _, context in
            let hash = context.parameters.get("hash") ?? ""
            return Self.response(try await desk.checkpoint(ofOriginHash: hash))
        }
        return router
    }

    private static func response(_ answer: WitnessDesk.Answer) -> Response {
        Response(
            status: .init(code: answer.status),
            headers: [.contentType: answer.mediaType, .xContentTypeOptions: "nosniff"],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
