/// Routes to a fixed set of services, through interceptors of which the first is the outermost.
///
/// Of two services of one name the later counts.
public struct ServiceRouter: RequestRouter {
    private let services: [String: [String: UnaryHandler]]

    public init(services: [ServiceDefinition], interceptors: [any ServerInterceptor] = []) {
        var table: [String: [String: UnaryHandler]] = [:]
        for service in services {
            table[service.name] = service.handlers.mapValues { handler in
                interceptors.reversed().reduce(handler, Self.guarded)
            }
        }
        self.services = table
    }

    /// UNIMPLEMENTED with the reference server's words when the service or the method is unknown.
    public func route(service: String, method: String) throws(RPCStatus) -> UnaryHandler {
        guard let handlers = services[service] else {
            throw RPCStatus(code: .unimplemented, message: "service \(service)")
        }
        guard let handler = handlers[method] else {
            throw RPCStatus(code: .unimplemented, message: "method \(method)")
        }
        return handler
    }

    private static func guarded(
        _ handler: @escaping UnaryHandler, by interceptor: any ServerInterceptor
    ) -> UnaryHandler {
        { (payload: [UInt8], call: CallContext) async throws(RPCStatus) -> [UInt8] in
            try await interceptor.intercept(payload, call, handler)
        }
    }
}
