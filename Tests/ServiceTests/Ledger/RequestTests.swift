import Ledger
import Testing

@Suite("Requests sent again")
struct RequestTests {
    @Test("a request sent again gets its first answer, whatever it expects now")
    func repeated() async throws {
        let ledger = try TemporaryStore().open()
        let first = try await ledger.append(.word("one", expected: ["book/1": 0]))
        let second = try await ledger.append(.word("one", expected: ["book/1": 0]))
        #expect(first == .appended(first.events, answer: Array("recorded at 1".utf8)))
        #expect(second == .repeated(answer: Array("recorded at 1".utf8)))
        #expect(try await ledger.lastPosition() == 1)
    }

    @Test("a request id used for another content is refused")
    func reused() async throws {
        let ledger = try TemporaryStore().open()
        _ = try await ledger.append(.words(["one"], requestID: "r", digest: [1]))
        #expect(try await ledger.append(.words(["two"], requestID: "r", digest: [2])) == .requestReused)
        var other = Append.words(["two"], requestID: "r", digest: [2])
        other.requester = "somebody else"
        #expect(try await ledger.append(other).events.count == 1)
    }

    @Test("two thousand requests, a third of them sent again, also after reopening, take effect once each")
    func exactlyOnce() async throws {
        let store = try TemporaryStore()
        var answers: [Int: [UInt8]] = [:]
        for round in 0..<4 {
            let ledger = try store.open()
            let range = round * 500..<(round + 1) * 500
            // New ones, a resend within the group, and resends from before the reopening.
            let indices =
                Array(range) + range.filter { $0 % 3 == 0 } + (0..<range.lowerBound).filter { $0 % 7 == 0 }
            let given = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
                for index in indices {
                    group.addTask {
                        switch try await ledger.append(.word("w\(index)", on: "book/\(index % 5)")) {
                        case .appended(_, let answer), .repeated(let answer): return (index, answer)
                        case .conflict, .requestReused: return (index, [])
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (index, answer) in given {
                #expect(!answer.isEmpty)
                #expect(answers[index, default: answer] == answer)
                answers[index] = answer
            }
            if round % 2 == 0 { ledger.close() }
        }
        #expect(Set(answers.values).count == 2000)
        let report = try store.audit()
        #expect(report.isSound, "\(report.problems)")
        #expect(report.eventCount == 2000)
        #expect(report.requestCount == 2000)
    }
}
