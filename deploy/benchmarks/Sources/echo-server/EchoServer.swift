import EchoMessages
import Wire

// Not Foundation: it would be most of the server's memory.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `echo-server PORT`: serves bench.Echo on the loopback interface and prints "ready" once it listens.
/// With TLS_DIR in the environment over TLS 1.3 with certificates on both sides.
@main
struct EchoServer {
    static func main() async throws {
        guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
            print("usage: echo-server PORT")
            exit(2)
        }
        let server = try await RPCServer.bind(
            port: port, router: ServiceRouter(services: [EchoService().definition]), limits: limits,
            security: try security())
        print("ready")
        fflush(nil)
        await server.run()
    }

    private static func security() throws -> TransportSecurity {
        guard let variable = getenv("TLS_DIR") else { return .plaintext }
        let folder = String(cString: variable)
        let files = TLSFiles(
            certificate: "\(folder)/server.pem", key: "\(folder)/server.key", roots: "\(folder)/ca.pem")
        return .mutualTLS(try TLSCredentials(files: files) { Int64(time(nil)) })
    }

    /// Room for ten thousand idle connections, all from one address.
    private static var limits: WireLimits {
        var limits = WireLimits()
        limits.connectionCountMax = 20_000
        limits.connectionPerAddressCountMax = 20_000
        return limits
    }
}
