import Synchronization
import Wire

/// Time that passes only when a test says so, or at once when somebody sleeps; and chance that is a list.
final class VirtualTime: Sendable {
    private struct Sleeper {
        let id: Int
        let wake: MonotonicInstant
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var now = MonotonicInstant(nanoseconds: 0)
        var sleepers: [Sleeper] = []
        var idCount = 0
        var slept: [Duration] = []
        var cancelled: Set<Int> = []
        var seed: UInt64
    }

    private let state: Mutex<State>
    private let passesBySleeping: Bool
    /// Each sleep that begins.
    let sleeps: AsyncStream<Duration>
    private let announcing: AsyncStream<Duration>.Continuation

    /// - Parameter passesBySleeping: a sleep returns at once, and time has passed.
    init(passesBySleeping: Bool = true, seed: UInt64 = 1) {
        self.passesBySleeping = passesBySleeping
        state = Mutex(State(seed: seed))
        (sleeps, announcing) = AsyncStream.makeStream(of: Duration.self)
    }

    var timeAndChance: TimeAndChance {
        TimeAndChance(
            now: { self.now }, sleep: { try await self.sleep($0) }, bits: { self.bits() })
    }

    var now: MonotonicInstant { state.withLock { $0.now } }
    var slept: [Duration] { state.withLock { $0.slept } }

    /// Waits until so many sleep.
    func sleepers(_ count: Int) async { await eventually { self.sleeperCount == count } }

    /// How many sleep now.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Reproducible, and good enough to choose by (SplitMix64).
    func bits() -> UInt64 {
        state.withLock { state in
            state.seed &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state.seed
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let woken = state.sleepers.filter { $0.wake <= state.now }
            state.sleepers.removeAll { $0.wake <= state.now }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    /// Waits until somebody sleeps, and lets that time pass.
    func passSleep() async {
        var iterator = sleeps.makeAsyncIterator()
        if let duration = await iterator.next() { advance(by: duration) }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        if passesBySleeping {
            state.withLock { state in
                state.slept.append(duration)
                state.now = state.now.advanced(by: duration)
            }
            return
        }
        let id = state.withLock { state in
            state.idCount += 1
            return state.idCount
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    state.slept.append(duration)
                    state.sleepers.append(
                        Sleeper(id: id, wake: state.now.advanced(by: duration), continuation: continuation))
                    return false
                }
                if isCancelled { return continuation.resume(returning: false) }
                announcing.yield(duration)
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(returning: false)
        }
        if !isOver { throw CancellationError() }
    }
}

/// Waits until it is so; a test's time limit ends the wait.
func eventually(_ isSo: () -> Bool) async {
    while !isSo() {
        if Task.isCancelled { return }
        await Task.yield()
    }
}
