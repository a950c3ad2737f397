package import Contracts
import Synchronization

/// How far a load is, for whoever asks.
package final class LoadWatch: Sendable {
    private struct State {
        var stage = RankingAPI.ImportStage.waiting
        var reader: RegisterReader?
    }

    private let state = Mutex(State())

    package init() {}

    func enter(_ stage: RankingAPI.ImportStage, _ reader: RegisterReader? = nil) {
        state.withLock { state in
            state.stage = stage
            if let reader { state.reader = reader }
        }
    }

    package var progress: (stage: RankingAPI.ImportStage, bytes: Int, rows: Int) {
        let (stage, reader) = state.withLock { ($0.stage, $0.reader) }
        let position = reader?.position ?? (bytes: 0, rows: 0)
        return (stage, position.bytes, position.rows)
    }
}
