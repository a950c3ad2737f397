import Dispatch
import Synchronization

/// Work that is split over the cores.
enum Cores {
    /// Splits `count` things into as many stretches as there are cores to use; answers what each came to, in
    /// their order.
    static func map<Result: Sendable>(
        _ count: Int, onCores cores: Int, _ body: @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        let parts = max(1, min(cores, count))
        guard parts > 1 else { return [body(0..<count)] }
        let results = Mutex([Result?](repeating: nil, count: parts))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let result = body(count * part / parts..<count * (part + 1) / parts)
            results.withLock { $0[part] = result }
        }
        return results.withLock { $0 }.compactMap(\.self)
    }
}
