import Synchronization

/// Answers as they were last worked out from something that never changes. Working them out anew for
/// everybody, or for every page, would let strangers keep the machine busy.
///
/// The key has to name everything the answer depends on. The oldest answer gives way to a new one.
package final class AnswerCache<Answer: Sendable>: Sendable {
    private struct Answers {
        var byKey: [String: Answer] = [:]
        var order: [String] = []
    }

    private let countMax: Int
    private let answers = Mutex(Answers())

    package init(countMax: Int) {
        self.countMax = countMax
    }

    package func answer(_ key: String) -> Answer? { answers.withLock { $0.byKey[key] } }

    package func keep(_ answer: Answer, as key: String) {
        answers.withLock { answers in
            if answers.byKey.updateValue(answer, forKey: key) == nil { answers.order.append(key) }
            guard answers.order.count > countMax else { return }
            answers.byKey[answers.order.removeFirst()] = nil
        }
    }
}
