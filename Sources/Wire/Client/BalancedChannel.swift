import Synchronization

/// Calls one service at several addresses, each over a few connections.
///
/// A call goes to the better of two healthy addresses, there to the connection with the fewest calls. One
/// whose request never left goes to another address at once; whatever else fails is for the caller, or for
/// `RetryingChannel`, to repeat. While calls come, every address is asked for its health every few seconds.
public final class BalancedChannel: ClosableChannel {
    private struct State {
        var balancer: Balancer
        /// Calls in flight by address and connection.
        var callCounts: [[Int]]
        var isClosed = false
        /// A call began since the last round of checks.
        var isInUse = false
        var checking: Task<Void, Never>?
    }

    private struct Place: Sendable {
        let lease: Balancer.Lease
        let connection: Int
    }

    public let addresses: [HostPort]
    private let connections: [[any ClosableChannel]]
    private let limits: WireLimits
    private let timeAndChance: TimeAndChance
    private let state: Mutex<State>

    /// - Parameters:
    ///   - addresses: from 1 to `WireLimits.endpointCountMax`; who reads them from people checks that.
    ///   - connectionCount: at each address. One carries `WireLimits.clientCallCountMax` calls at once.
    ///   - connect: makes a channel to an address; it need not connect before its first call.
    public init(
        addresses: [HostPort], connectionCount: Int = 1, limits: WireLimits = WireLimits(),
        timeAndChance: TimeAndChance, connect: (HostPort) -> any ClosableChannel
    ) {
        precondition((1...WireLimits.endpointCountMax).contains(addresses.count), "addresses out of bounds")
        precondition(connectionCount > 0, "an address needs a connection")
        self.addresses = addresses
        self.limits = limits
        self.timeAndChance = timeAndChance
        connections = addresses.map { address in (0..<connectionCount).map { _ in connect(address) } }
        let counts = Array(repeating: Array(repeating: 0, count: connectionCount), count: addresses.count)
        state = Mutex(
            State(
                balancer: Balancer(endpointCount: addresses.count, limits: limits), callCounts: counts))
    }

    deinit { state.withLock { $0.checking }?.cancel() }

    nonisolated(nonsending) public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        try await placed(options) { (channel, options, place) async throws(RPCStatus) -> [UInt8] in
            let answer = try await channel.unary(
                service: service, method: method, payload: payload, options: options)
            give(place, back: .answered)
            return answer
        }
    }

    /// A stream counts as a call in flight until nobody holds it. How it ends is told to its reader only.
    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        try await placed(options) { (channel, options, place) async throws(RPCStatus) -> RPCStream in
            let stream = try await channel.stream(
                service: service, method: method, shape: shape, request: request, options: options)
            return stream.keeping(PlaceKeeper { [weak self] in self?.give(place, back: .withdrawn) })
        }
    }

    /// Carries a call out at the places that are chosen for it. The call itself gives back the one where it
    /// succeeds.
    private func placed<Answer: Sendable>(
        _ options: CallOptions,
        _ call: (any RPCChannel, CallOptions, Place) async throws(RPCStatus) -> Answer
    ) async throws(RPCStatus) -> Answer {
        var options = options
        let deadline = timeAndChance.now().advanced(by: options.timeout)
        var avoided: Set<Int> = []
        while true {
            let place = try take(avoiding: avoided)
            do throws(RPCStatus) {
                return try await call(
                    connections[place.lease.endpoint][place.connection], options, place)
            } catch {
                give(place, back: EndpointHealth.Outcome(error))
                avoided.insert(place.lease.endpoint)
                options.timeout = timeAndChance.now().duration(to: deadline)
                let isElsewhere = avoided.count < addresses.count && options.timeout > .zero
                guard error.isUnsent, error.code == .unavailable, isElsewhere else { throw error }
            }
        }
    }

    public func close() async {
        let checking = state.withLock { state in
            state.isClosed = true
            return state.checking
        }
        checking?.cancel()
        await checking?.value
        for connection in connections.joined() { await connection.close() }
    }

    /// Calls in flight and streams that are held, at all addresses.
    package var callCount: Int { state.withLock { $0.balancer.callCount } }

    // MARK: Places

    private func take(avoiding avoided: Set<Int>) throws(RPCStatus) -> Place {
        let (now, bits) = (timeAndChance.now(), timeAndChance.bits())
        let place = state.withLock { state -> Place? in
            guard !state.isClosed else { return nil }
            let lease = state.balancer.pick(at: now, bits: bits, avoiding: avoided)
            let counts = state.callCounts[lease.endpoint]
            // The first of the least busy, so that few connections are opened while there is little to do.
            let connection = counts.indices.min { counts[$0] < counts[$1] } ?? 0
            state.callCounts[lease.endpoint][connection] += 1
            state.isInUse = true
            startChecks(&state)
            return Place(lease: lease, connection: connection)
        }
        guard let place else {
            throw RPCStatus(code: .unavailable, message: "the channel to \(addresses[0]) was closed").unsent
        }
        return place
    }

    private func give(_ place: Place, back outcome: EndpointHealth.Outcome) {
        let now = timeAndChance.now()
        state.withLock { state in
            state.callCounts[place.lease.endpoint][place.connection] -= 1
            state.balancer.ended(place.lease, outcome, at: now)
        }
    }

    // MARK: Checks

    /// Whether the addresses are asked for their health from time to time.
    package var isChecking: Bool { state.withLock { $0.checking != nil } }

    /// One address leaves no choice, so nobody asks how it is.
    private func startChecks(_ state: inout State) {
        guard state.checking == nil, addresses.count > 1 else { return }
        let (sleep, interval) = (timeAndChance.sleep, timeAndChance.varied(limits.healthCheckInterval))
        state.checking = Task { [weak self] in
            repeat {
                do { try await sleep(interval) } catch { return }
            } while await self?.checkAll() == true
        }
    }

    /// False when nobody has called since the last round: the next call starts the checks again.
    private func checkAll() async -> Bool {
        let now = timeAndChance.now()
        let due = state.withLock { state -> [Int]? in
            guard !state.isClosed, state.isInUse || state.balancer.callCount > 0 else {
                state.checking = nil
                return nil
            }
            state.isInUse = false
            return state.balancer.checksDue(at: now)
        }
        guard let due else { return false }
        await withTaskGroup { group in
            for endpoint in due { group.addTask { await self.check(endpoint) } }
        }
        return true
    }

    private func check(_ endpoint: Int) async {
        let finding = await HealthProbe.finding(connections[endpoint][0], timeout: limits.healthCheckTime)
        guard let finding else { return }
        let now = timeAndChance.now()
        state.withLock { $0.balancer.checked(endpoint, finding, at: now) }
    }
}

/// Gives a stream's place back when nobody holds the stream any more.
private final class PlaceKeeper: Sendable {
    private let giveBack: @Sendable () -> Void

    init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

    deinit { giveBack() }
}

extension EndpointHealth.Outcome {
    /// What a failed call tells of the address it went to.
    init(_ status: RPCStatus) {
        switch status.code {
        case .unavailable: self = .failed
        case .deadlineExceeded: self = .silent
        // The first is the caller's doing, the other may be a limit of this side.
        case .cancelled, .resourceExhausted: self = .withdrawn
        case .ok, .unknown, .invalidArgument, .notFound, .alreadyExists, .permissionDenied,
            .failedPrecondition, .aborted, .outOfRange, .unimplemented, .internalError, .dataLoss,
            .unauthenticated:
            self = .answered
        }
    }
}
