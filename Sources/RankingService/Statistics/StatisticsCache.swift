import Contracts
import Synchronization

/// Statistics of published lists as they were last asked for: their inputs never change, and working them
/// out anew for everybody would let strangers keep the machine busy.
final class StatisticsCache: Sendable {
    /// Enough for the lists of some years; the oldest answer gives way.
    private static let countMax = 256

    private struct Answers {
        var byKey: [String: RankingAPI.ListStatistics] = [:]
        var order: [String] = []
    }

    private let answers = Mutex(Answers())

    func answer(_ key: String) -> RankingAPI.ListStatistics? { answers.withLock { $0.byKey[key] } }

    func keep(_ answer: RankingAPI.ListStatistics, as key: String) {
        answers.withLock { answers in
            if answers.byKey.updateValue(answer, forKey: key) == nil { answers.order.append(key) }
            guard answers.order.count > Self.countMax else { return }
            answers.byKey[answers.order.removeFirst()] = nil
        }
    }
}
