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

    public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        let attempt = Attempt(
            base: base, now: timeAndChance.now, service: service, method: method, payload: payload,
            options: options, deadline: Deadline(timeAndChance.now().advanced(by: options.timeout)))
        let repeatability = judge(service, method, options.metadata)
        var sequence = RetrySequence(
            policy: policy, repeatability: repeatability, deadline: attempt.deadline)
        while true {
            let (outcome, hedgeCount) = await tried(attempt, repeatability, after: sequence.attemptCount)
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

    /// Opening a stream is not repeated: what arrived before a failure is only its reader's to judge. An
    /// opening that never left this side is, by the channel below.
    public func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        try await base.stream(
            service: service, method: method, shape: shape, request: request, options: options)
    }

    public func close() async { await base.close() }

    private func pause(_ wait: Duration) async throws(RPCStatus) {
        guard wait > .zero else { return }
        do { try await timeAndChance.sleep(wait) } catch { throw .cancelled }
    }

    /// One attempt, the first one of a read with a hedge beside it if so wished; and how many hedges ran.
    private func tried(
        _ attempt: Attempt, _ repeatability: Repeatability, after attemptCount: Int
    ) async -> (Result<[UInt8], RPCStatus>, hedgeCount: Int) {
        guard let hedging, attemptCount == 0, repeatability == .always else {
            return (await attempt.run(after: attemptCount), 0)
        }
        return await hedged(attempt, after: hedging.delay)
    }
}

extension RetryingChannel {
    /// One request, to be sent as often as need be.
    private struct Attempt: Sendable {
        let base: any RPCChannel
        let now: @Sendable () -> MonotonicInstant
        let service: String
        let method: String
        let payload: [UInt8]
        let options: CallOptions
        let deadline: Deadline

        func run(after attemptCount: Int) async -> Result<[UInt8], RPCStatus> {
            var options = options
            if attemptCount > 0 {
                options.timeout = deadline.remaining(at: now())
                options.metadata[RetryingChannel.previousAttemptsKey] = String(attemptCount)
            }
            do throws(RPCStatus) {
                return .success(
                    try await base.unary(
                        service: service, method: method, payload: payload, options: options))
            } catch {
                return .failure(error)
            }
        }
    }

    private enum Event: Sendable {
        case ended(Result<[UInt8], RPCStatus>)
        case delayOver
        case delayCancelled
    }

    private func hedged(
        _ attempt: Attempt, after delay: Duration
    ) async -> (Result<[UInt8], RPCStatus>, hedgeCount: Int) {
        let sleep = timeAndChance.sleep
        return await withTaskGroup { group in
            group.addTask { Event.ended(await attempt.run(after: 0)) }
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
    private func isFinal(_ outcome: Result<[UInt8], RPCStatus>) -> Bool {
        switch outcome {
        case .success: true
        case .failure(let status): !policy.mayPass(status)
        }
    }
}
