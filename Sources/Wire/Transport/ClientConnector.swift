import NIOCore
import NIOPosix

/// Keeps a client's connection: opens it when a call needs it, again after it was lost, and holds calls that
/// wait.
///
/// Lives on one event loop.
final class ClientConnector {
    private enum State {
        /// No connection; the next call opens one, not before `notBefore`. Leaves to: resting, connecting,
        /// closed.
        case idle
        /// Calls wait for `notBefore`. Leaves to: connecting, closed.
        case resting(Scheduled<Void>)
        /// Leaves to: connected, idle, closed.
        case connecting
        /// Leaves to: idle, connecting, closed.
        case connected(ClientConnectionHandler)
        /// Final.
        case closed
    }

    private let host: String
    private let port: Int
    private let limits: WireLimits
    private let security: TransportSecurity
    private let expecting: ExpectedServer
    private let eventLoop: any EventLoop

    private var state = State.idle
    private var backoff: Backoff
    private var notBefore: MonotonicInstant?
    /// Calls without a connection or a place on it, oldest first. Answered ones are passed over.
    private var queue: [ClientCall] = []
    private var timer = LoopTimer()
    /// Connections that take no new calls and still have some.
    private var retiring: [ObjectIdentifier: ClientConnectionHandler] = [:]

    init(
        host: String, port: Int, limits: WireLimits, security: TransportSecurity, expecting: ExpectedServer,
        eventLoop: any EventLoop
    ) {
        self.host = host
        self.port = port
        self.limits = limits
        self.security = security
        self.expecting = expecting
        self.eventLoop = eventLoop
        backoff = Backoff(limits: limits)
    }

    private var peer: String { "\(host):\(port)" }

    // MARK: Calls

    func submit(_ call: ClientCall, at now: MonotonicInstant = .now) {
        switch state {
        case .closed:
            call.answer(.failure(closedStatus))
        case .connected(let connection) where queue.isEmpty && connection.send(call, at: now):
            break
        case .idle, .resting, .connecting, .connected:
            guard queue.count < limits.clientQueueCountMax else {
                let text = "\(queue.count) calls wait for \(peer) already"
                return call.answer(.failure(RPCStatus(code: .resourceExhausted, message: text).unsent))
            }
            queue.append(call)
            armTimer(for: call)
            advance()
        }
    }

    func abandon(_ call: ClientCall) {
        queue.removeAll { $0 === call }
        if case .connected(let connection) = state { connection.abandon(call) }
        for connection in retiring.values { connection.abandon(call) }
    }

    func close() {
        let former = state
        state = .closed
        timer.cancel()
        failQueue(closedStatus)
        switch former {
        case .resting(let scheduled): scheduled.cancel()
        case .connected(let connection): connection.close()
        case .idle, .connecting, .closed: break
        }
        for connection in retiring.values { connection.close() }
    }

    /// Brings waiting calls nearer to being sent.
    private func advance() {
        guard !queue.isEmpty else { return }
        switch state {
        case .connected(let connection): pump(connection)
        case .idle: restOrConnect()
        case .resting, .connecting, .closed: break
        }
    }

    private func pump(_ connection: ClientConnectionHandler) {
        var sent = 0
        while sent < queue.count, connection.send(queue[sent]) { sent += 1 }
        queue.removeFirst(sent)
        if connection.isSpent { retire(connection) }
    }

    private var closedStatus: RPCStatus {
        RPCStatus(code: .unavailable, message: "the channel to \(peer) was closed").unsent
    }

    /// What waits has not been sent.
    private func failQueue(_ status: RPCStatus) {
        let failed = queue
        queue = []
        for call in failed { call.answer(.failure(status.unsent)) }
    }

    // MARK: Time

    private func armTimer(for call: ClientCall) {
        let connector = NIOLoopBound(self, eventLoop: eventLoop)
        timer.arm(at: call.deadline.instant, on: eventLoop) {
            connector.value.timer.fired()
            connector.value.expire()
        }
    }

    private func expire() {
        let now = MonotonicInstant.now
        var rest: [ClientCall] = []
        for call in queue where !call.isAnswered {
            if call.deadline.instant <= now {
                call.answer(.failure(RPCStatus.deadlineExceeded.unsent))
            } else {
                rest.append(call)
            }
        }
        queue = rest
        if let next = queue.min(by: { $0.deadline < $1.deadline }) { armTimer(for: next) }
    }

    // MARK: Connection

    private func restOrConnect() {
        guard let notBefore, notBefore > .now else { return connect() }
        let connector = NIOLoopBound(self, eventLoop: eventLoop)
        state = .resting(
            eventLoop.scheduleTask(deadline: notBefore.nioDeadline) { connector.value.rested() })
    }

    private func rested() {
        guard case .resting = state else { return }
        state = .idle
        notBefore = nil
        if !queue.isEmpty { connect() }
    }

    private func connect() {
        state = .connecting
        let connector = NIOLoopBound(self, eventLoop: eventLoop)
        let (limits, peer, eventLoop) = (limits, peer, eventLoop)
        let (host, security, expecting) = (host, security, expecting)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(.nanoseconds(limits.connectTime.nanosecondsClamped))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(
                .writeBufferWaterMark,
                value: .init(low: limits.outboundLowByteCount, high: limits.outboundHighByteCount)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try security.secure(client: channel, host: host, expecting: expecting, limits: limits)
                    try channel.pipeline.syncOperations.addHandler(
                        ClientConnectionHandler(limits: limits, peer: peer, eventLoop: eventLoop))
                }
            }
            .connect(host: host, port: port)
            .flatMap { channel in TransportSecurity.ready(channel).map { channel } }
            .flatMapThrowing { channel in
                try NIOLoopBound(
                    channel.pipeline.syncOperations.handler(type: ClientConnectionHandler.self),
                    eventLoop: eventLoop)
            }
            .whenComplete { result in
                switch result {
                case .success(let connection): connector.value.connected(connection.value)
                case .failure(let error): connector.value.failed(error)
                }
            }
    }

    private func connected(_ connection: ClientConnectionHandler) {
        guard case .connecting = state, connection.isOpen else {
            connection.close()
            if case .connecting = state { failed(ChannelError.alreadyClosed) }
            return
        }
        state = .connected(connection)
        // Not weak, which makes every later use of an object slower: a connection holds us until it is gone,
        // and then drops all three.
        connection.onRoom = { self.advance() }
        connection.onRetire = { [unowned connection] in self.retire(connection) }
        connection.onClose = { [unowned connection] in self.lost(connection) }
        advance()
    }

    private func failed(_ error: any Error) {
        guard case .connecting = state else { return }
        state = .idle
        rest()
        failQueue(RPCStatus(code: .unavailable, message: "\(peer) cannot be reached: \(error)"))
    }

    private func lost(_ connection: ClientConnectionHandler) {
        retiring[ObjectIdentifier(connection)] = nil
        guard case .connected(let current) = state, current === connection else { return }
        state = .idle
        if connection.isProven {
            backoff.succeeded()
            notBefore = nil
        } else {
            rest()
        }
        advance()
    }

    /// Spent, or the server is ending in order: calls under way stay, later ones get another connection.
    private func retire(_ connection: ClientConnectionHandler) {
        guard case .connected(let current) = state, current === connection else { return }
        state = .idle
        retiring[ObjectIdentifier(connection)] = connection
        connection.retire()
        advance()
    }

    private func rest() {
        notBefore = MonotonicInstant.now.advanced(by: backoff.failed(chance: .random(in: 0...1)))
    }
}
