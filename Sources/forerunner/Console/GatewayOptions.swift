import ArgumentParser
import Wire

/// The gateway that a command asks, and how it is reached.
struct GatewayOptions: ParsableArguments {
    @Option(help: "HOST:PORT of the gateway.")
    var to = "127.0.0.1:7400"

    @OptionGroup var security: ClientSecurityOptions

    /// Opens a channel for as long as `body` runs.
    func call<Answer>(
        _ body: (any RPCChannel) async throws(RPCStatus) -> Answer
    ) async throws(Failure) -> Answer {
        try await RemoteCall.with(try HostPort(to, default: 7400), try security.load(), body)
    }
}
