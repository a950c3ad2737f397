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

    package func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        var options = options
        options.metadata = Actor(role: .service).vouched(in: options.metadata, platformKey: platformKey)
        return try await channel.unary(service: service, method: method, payload: payload, options: options)
    }
}
