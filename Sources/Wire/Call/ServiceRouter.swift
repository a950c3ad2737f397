/// Routes to a fixed set of services, through interceptors of which the first is the outermost.
///
/// Of two services of one name the later counts.
public struct ServiceRouter: RequestRouter {
    private let services: [String: [String: MethodHandler]]

    public init(services: [ServiceDefinition], interceptors: [any ServerInterceptor] = []) {
        var table: [String: [String: MethodHandler]] = [:]
        for service in services {
            table[service.name] = service.handlers.mapValues { handler in
                interceptors.reversed().reduce(handler) { $0.guarded(by: $1) }
            }
        }
        self.services = table
    }

    /// UNIMPLEMENTED with the reference server's words when the service or the method is unknown.
    public func route(service: String, method: String) throws(RPCStatus) -> MethodHandler {
        guard let handlers = services[service] else {
            throw RPCStatus(code: .unimplemented, message: "service \(service)")
        }
        guard let handler = handlers[method] else {
            throw RPCStatus(code: .unimplemented, message: "method \(method)")
        }
        return handler
    }
}
