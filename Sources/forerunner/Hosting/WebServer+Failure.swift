import Gateway
import Logging
import Wire

extension WebServer {
    /// Starts the site; a port that cannot be had is bad input.
    static func start(_ site: Site, at address: HostPort, logger: Logger) async throws(Failure) -> WebServer {
        do {
            return try await start(site, host: address.host, port: address.port, logger: logger)
        } catch {
            throw Failure(
                .badInput,
                "the site cannot listen on \(address): \(error); stop the process that does "
                    + "(ss -ltnp shows it) or choose another port")
        }
    }
}
