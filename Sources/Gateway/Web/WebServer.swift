import Hummingbird
package import Logging
import NIOCore

/// The site on a TCP port.
package struct WebServer: Sendable {
    /// A browser that asks nothing for this long is let go, so that idle connections do not pile up.
    private static let idleTimeout = TimeAmount.seconds(60)

    private let running: Task<Void, any Error>

    /// Returns when the port is bound; throws when it cannot be.
    package static func start(
        _ site: Site, host: String, port: Int, logger: Logger
    ) async throws -> WebServer {
        let (bound, continuation) = AsyncThrowingStream.makeStream(of: Void.self)
        let application = Application(
            router: site.router,
            server: .http1(configuration: .init(idleTimeout: idleTimeout)),
            configuration: .init(address: .hostname(host, port: port), serverName: "forerunner"),
            onServerRunning: { _ in
                continuation.yield(())
                continuation.finish()
            }, logger: logger)
        let running = Task {
            do {
                try await application.run()
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        for try await _ in bound { break }
        return WebServer(running: running)
    }

    package func stop() async {
        running.cancel()
        _ = try? await running.value
    }
}
