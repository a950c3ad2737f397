import Synchronization

/// Repeats what failed in passing, within one deadline, a policy and a budget.
///
/// A call is repeated when its method allows it, or when its request provably never left this side.
public final class RetryingChannel: ClosableChannel {
    /// Metadata of a repeat: how many attempts came before it.
    public static let previousAttemptsKey = "grpc-previous-rpc-attempts"

    /// What the access rules say of a method; Wire knows no methods.
    public typealias Judge =
        @Sendable (_ service: String, _ method: String, _ metadata: Metadata) -> Repeatability

    private let base: any ClosableChannel
    private let policy: RetryPolicy
    private let hedging: HedgingPolicy?
    private let timeAndChance: TimeAndChance
    private let judge: Judge
    private let budget: Mutex<RetryBudget>

    public init(
        _ base: any ClosableChannel, policy: RetryPolicy = RetryPolicy(), hedging: HedgingPolicy? = nil,
        limits: WireLimits = WireLimits(), timeAndChance: TimeAndChance, judge: @escaping Judge
    ) {
        self.base = base
        self.policy = policy
        self.hedging = hedging
        self.timeAndChance = timeAndChance
        self.judge = judge
        budget = Mutex(RetryBudget(limits: limits))
    }

    nonisolated(nonsending) public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let attempt = attempt(options) { [base] (options) async throws(RPCStatus) -> [UInt8] in
            try await base.unary(service: service, method: method, payload: payload, options: options)
        }
        return try await repeated(attempt, judge(service, method, options.metadata), hedging)
    }

    /// Only the opening is repeated: once a stream is open, what came over it cannot be taken back.
    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        let attempt = attempt(options) { [base] (options) async throws(RPCStatus) -> RPCStream in
            try await base.stream(
                service: service, method: method, shape: shape, request: request, options: options)
        }
        return try await repeated(attempt, judge(service, method, options.metadata), nil)
    }

    private func repeated<Answer: Sendable>(
        _ attempt: Attempt<Answer>, _ repeatability: Repeatability, _ hedging: HedgingPolicy?
    ) async throws(RPCStatus) -> Answer {
        var sequence = RetrySequence(
            policy: policy, repeatability: repeatability, deadline: attempt.deadline)
        while true {
            let outcome: Result<Answer, RPCStatus>
            var hedgeCount = 0
            if let hedging, sequence.attemptCount == 0, repeatability == .always {
                (outcome, hedgeCount) = await hedged(attempt, after: hedging.delay)
            } else {
                outcome = await attempt.run(after: sequence.attemptCount)
            }
            switch outcome {
            case .success(let answer):
                budget.withLock { $0.succeeded() }
                return answer
            case .failure(let status):
                let (now, chance) = (timeAndChance.now(), timeAndChance.chance)
                let step = budget.withLock {
                    sequence.failed(status, besides: hedgeCount, at: now, chance: chance, budget: &$0)
                }
                guard case .repeats(let wait) = step else { throw status }
                try await pause(wait)
            }
        }
    }

    public func close() async { await base.close() }

    private func pause(_ wait: Duration) async throws(RPCStatus) {
        guard wait > .zero else { return }
        do { try await timeAndChance.sleep(wait) } catch { throw .cancelled }
    }

    private func attempt<Answer: Sendable>(
        _ options: CallOptions, _ call: @escaping Attempt<Answer>.Call
    ) -> Attempt<Answer> {
        Attempt(
            call: call, now: timeAndChance.now, options: options,
            deadline: Deadline(timeAndChance.now().advanced(by: options.timeout)))
    }
}

extension RetryingChannel {
    /// One request, to be sent as often as need be.
    private struct Attempt<Answer: Sendable>: Sendable {
        typealias Call = @Sendable (CallOptions) async throws(RPCStatus) -> Answer

        let call: Call
        let now: @Sendable () -> MonotonicInstant
        let options: CallOptions
        let deadline: Deadline

        func run(after attemptCount: Int) async -> Result<Answer, RPCStatus> {
            var options = options
            if attemptCount > 0 {
                options.timeout = deadline.remaining(at: now())
                options.metadata[RetryingChannel.previousAttemptsKey] = String(attemptCount)
            }
            do throws(RPCStatus) {
                return .success(try await call(options))
            } catch {
                return .failure(error)
            }
        }
    }

    private enum Event<Answer: Sendable>: Sendable {
        case ended(Result<Answer, RPCStatus>)
        case delayOver
        case delayCancelled
    }

    private func hedged<Answer: Sendable>(
        _ attempt: Attempt<Answer>, after delay: Duration
    ) async -> (Result<Answer, RPCStatus>, hedgeCount: Int) {
        let sleep = timeAndChance.sleep
        return await withTaskGroup(of: Event<Answer>.self) { group in
            group.addTask { .ended(await attempt.run(after: 0)) }
            group.addTask {
                do {
                    try await sleep(delay)
                    return .delayOver
                } catch {
                    return .delayCancelled
                }
            }
            defer { group.cancelAll() }
            var runningCount = 1
            var hedgeCount = 0
            while let event = await group.next() {
                switch event {
                case .ended(let outcome):
                    runningCount -= 1
                    if runningCount == 0 || isFinal(outcome) { return (outcome, hedgeCount) }
                case .delayOver where budget.withLock({ $0.spend() }):
                    runningCount += 1
                    hedgeCount += 1
                    group.addTask { .ended(await attempt.run(after: 1)) }
                case .delayOver, .delayCancelled: break
                }
            }
            return (.failure(.cancelled), hedgeCount)
        }
    }

    /// An answer, or a failure that the other attempt would only find again.
    private func isFinal<Answer>(_ outcome: Result<Answer, RPCStatus>) -> Bool {
        switch outcome {
        case .success: true
        case .failure(let status): !policy.mayPass(status)
        }
    }
}
