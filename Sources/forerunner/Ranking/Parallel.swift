import Dispatch
import Synchronization

/// Work on many things at once, on every core; the results stand in the order of the things.
enum Parallel {
    /// Things a core takes at a time: enough to make handing them out cheap, few enough to keep all cores
    /// busy.
    private static let pieceCount = 1024

    /// Blocks the calling thread until all is done; throws the first failure in the order of the things.
    static func map<Thing: Sendable, Result: Sendable>(
        _ things: [Thing], _ body: @Sendable ([Thing]) throws -> [Result]
    ) throws -> [Result] {
        let starts = Array(stride(from: 0, to: things.count, by: pieceCount))
        let pieces = Mutex([Swift.Result<[Result], any Error>?](repeating: nil, count: starts.count))
        DispatchQueue.concurrentPerform(iterations: starts.count) { index in
            let piece = Array(things[starts[index]..<min(starts[index] + pieceCount, things.count)])
            let result = Swift.Result { try body(piece) }
            pieces.withLock { $0[index] = result }
        }
        return try pieces.withLock { $0 }.flatMap { try $0?.get() ?? [] }
    }
}
