import Wire

/// Calls a handler through interceptors, as a server does.
struct InterceptorStage {
    let interceptors: [any ServerInterceptor]

    init(_ interceptors: any ServerInterceptor...) { self.interceptors = interceptors }

    func channel(_ handler: @escaping UnaryHandler) -> InProcessChannel {
        InProcessChannel(
            router: ServiceRouter(
                services: [ServiceDefinition(name: "test.Echo", handlers: ["Get": handler])],
                interceptors: interceptors))
    }
}
