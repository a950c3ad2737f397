import Wire

/// A connection of the Go client to a server of ours.
struct GoClient {
    private let peer: Int

    init(port: Int) async throws {
        let answer = try await GoPeer.shared.ask(GoCommand(do: "dial", address: "127.0.0.1:\(port)"))
        guard let peer = answer.peer else { throw PeerError(answer.error ?? "dial was not answered") }
        self.peer = peer
    }

    /// One call; without a timeout unless there is one.
    func call(
        _ method: String, _ message: Envelope.Request = Envelope.Request(), service: String = "test.Echo",
        timeout: Duration = .zero, metadata: [String: [String]] = [:]
    ) async throws -> GoAnswer {
        try await GoPeer.shared.ask(
            GoCommand(
                do: "call", peer: peer, service: service, method: method, message: GoMessage(message),
                timeoutNano: timeout.nanosecondsClamped, metadata: metadata))
    }

    /// So many calls at the same time; how many were answered with their own payload.
    func calls(_ method: String, count: Int) async throws -> Int {
        let command = GoCommand(do: "calls", peer: peer, service: "test.Echo", method: method, count: count)
        return try await GoPeer.shared.ask(command).count ?? 0
    }

    func health(of service: String = "") async throws -> GoAnswer {
        try await GoPeer.shared.ask(GoCommand(do: "health", peer: peer, service: service))
    }

    func hangUp() async throws {
        _ = try await GoPeer.shared.ask(GoCommand(do: "hang up", peer: peer))
    }
}

/// A Go server with the services of Go/server.go, for a client of ours.
struct GoServer {
    let port: Int
    private let peer: Int

    init() async throws {
        let answer = try await GoPeer.shared.ask(GoCommand(do: "listen"))
        guard let peer = answer.peer, let port = answer.port else {
            throw PeerError(answer.error ?? "listen was not answered")
        }
        (self.peer, self.port) = (peer, port)
    }

    /// Waits until so many more calls of Hold have begun.
    func awaitStarted(_ count: Int = 1) async throws { try await tell("await started", count) }

    /// Waits until the contexts of so many more calls of Hold have ended before they were released.
    func awaitEnded(_ count: Int = 1) async throws { try await tell("await ended", count) }

    /// Lets calls of Hold go on, waiting ones and later ones.
    func release() async throws { try await tell("release") }

    /// Ends in order: returns when no call runs any more.
    func shutDown() async throws { try await tell("shut down") }

    /// Closes its connections as they are; it goes on listening.
    func drop() async throws { try await tell("drop") }

    /// Stops listening, and closes the connections on which no call runs.
    func close() async throws { try await tell("close") }

    /// Ids of all frames received, in the order of their arrival, connection by connection.
    func streamIDs() async throws -> [UInt32] { try await tell("stream ids").streamIDs ?? [] }

    @discardableResult
    private func tell(_ what: String, _ count: Int = 0) async throws -> GoAnswer {
        let answer = try await GoPeer.shared.ask(GoCommand(do: what, peer: peer, count: count))
        if let error = answer.error { throw PeerError("\(what): \(error)") }
        return answer
    }
}
