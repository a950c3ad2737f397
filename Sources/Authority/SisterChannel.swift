import Contracts
package import Wire

/// A channel on which this process speaks to a sister process as a process of the platform.
package struct SisterChannel: RPCChannel {
    private let channel: any RPCChannel
    private let platformKey: String

    package init(_ channel: any RPCChannel, platformKey: String) {
        self.channel = channel
        self.platformKey = platformKey
    }

    nonisolated(nonsending) package func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        try await channel.unary(
            service: service, method: method, payload: payload, options: vouched(options))
    }

    package func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        try await channel.stream(
            service: service, method: method, shape: shape, request: request, options: vouched(options))
    }

    private func vouched(_ options: CallOptions) -> CallOptions {
        var options = options
        options.metadata = Actor(role: .service).vouched(in: options.metadata, platformKey: platformKey)
        return options
    }
}
