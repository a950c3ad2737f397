package import Contracts
package import Ledger
package import Regulation
package import Wire

/// What a process says of itself: role, kind of time, where its record stands, and which methods it answers.
package struct NodeDesk: NodeProtocol {
    private let role: String
    private let edition: RuleEdition
    private let time: any TimeSource
    private let ledger: Ledger?
    private let sources: [String]

    package init(
        role: String, edition: RuleEdition = .trial2018, time: any TimeSource, ledger: Ledger?,
        sources: [String] = []
    ) {
        self.role = role
        self.edition = edition
        self.time = time
        self.ledger = ledger
        self.sources = sources
    }

    package func status(
        _ request: NodeAPI.StatusRequest, _ call: CallContext
    ) async throws(RPCStatus) -> NodeAPI.StatusResponse {
        do {
            var status = NodeAPI.StatusResponse(
                role: role, ruleEdition: edition.name, nowUtcUs: try time.now().utcMicroseconds)
            switch time.kind {
            case .real: status.timeKind = .real
            case .simulated(let clockID):
                status.timeKind = .simulated
                status.clockId = clockID
            }
            guard let ledger else { return status }
            let head = try await ledger.head()
            status.lastPosition = head.position
            status.chain = head.chain
            for source in sources {
                status.cursors.append(
                    NodeAPI.Cursor(source: source, position: try await ledger.cursor(source)))
            }
            return status
        } catch let error as TimeUnavailable {
            throw RPCStatus(code: .unavailable, message: error.description)
        } catch {
            throw RPCStatus(code: .unavailable, message: "the record could not be read; try again later")
        }
    }

    package func describe(
        _ request: NodeAPI.DescribeRequest, _ call: CallContext
    ) async throws(RPCStatus) -> NodeAPI.DescribeResponse {
        ServiceCatalogue.description
    }
}

/// Health as the standard protocol asks: the board says what is served, as long as the record takes commands.
package struct HealthDesk: HealthProtocol {
    /// A watcher learns of a change within this time.
    private static let lookInterval = Duration.milliseconds(500)

    /// To be drained before the process ends.
    package let board: HealthBoard
    private let isServing: @Sendable () -> Bool

    package init(services: [String], isServing: @escaping @Sendable () -> Bool) {
        board = HealthBoard(services: services)
        self.isServing = isServing
    }

    package func check(
        _ request: HealthAPI.HealthCheckRequest, _ call: CallContext
    ) async throws(RPCStatus) -> HealthAPI.HealthCheckResponse {
        let status = status(of: request.service)
        if status == .serviceUnknown {
            throw RPCStatus(code: .notFound, message: "unknown service \(request.service)")
        }
        return HealthAPI.HealthCheckResponse(status: status)
    }

    package func watch(
        _ request: HealthAPI.HealthCheckRequest,
        _ responses: MessageWriter<HealthAPI.HealthCheckResponse>, _ call: CallContext
    ) async throws(RPCStatus) {
        try await call.watching { () async throws(RPCStatus) in
            var told: HealthAPI.HealthCheckResponse.ServingStatus?
            while !Task.isCancelled {
                let status = status(of: request.service)
                if status != told { try await responses.send(.init(status: status)) }
                told = status
                try? await Task.sleep(for: Self.lookInterval)
            }
        }
    }

    private func status(of service: String) -> HealthAPI.HealthCheckResponse.ServingStatus {
        guard let status = board.status(of: service) else { return .serviceUnknown }
        return status == .serving && !isServing() ? .notServing : .init(rawValue: status.rawValue)
    }
}
