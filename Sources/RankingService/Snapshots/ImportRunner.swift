import Contracts
import Wire

/// Carries out imports one after another, each once: whoever asks again while one runs waits for the same.
///
/// A caller that gives up leaves its import running, and finds it done when it comes again.
actor ImportRunner {
    typealias Outcome = Result<RankingAPI.FinishImportResponse, RPCStatus>

    private struct Running {
        let task: Task<Outcome, Never>
        let watch: LoadWatch
    }

    private var running: [String: Running] = [:]
    private var last: Task<Outcome, Never>?

    func run(_ id: String, _ work: @escaping @Sendable (LoadWatch) async -> Outcome) async -> Outcome {
        if let running = running[id] { return await running.task.value }
        let watch = LoadWatch()
        let before = last
        let task = Task { () async -> Outcome in
            _ = await before?.value
            return await work(watch)
        }
        running[id] = Running(task: task, watch: watch)
        last = task
        let outcome = await task.value
        running[id] = nil
        return outcome
    }

    /// Nil while nothing is done with an import's bytes.
    func watch(_ id: String) -> LoadWatch? { running[id]?.watch }
}
