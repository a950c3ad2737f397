import Ledger

/// A store's projections dropped and made anew, as `forerunner ledger rebuild` does: chain and rows of every
/// event in one durable transaction.
enum ReplayLoad {
    static func fill(_ path: String, count: Int64) async throws {
        let ledger = try BenchRecord.open(path, create: true)
        var commands = BenchCommands(caller: 0)
        while commands.count < count {
            let outcome = try await ledger.append(commands.next(min(1000, count - commands.count)))
            guard case .appended = outcome else { throw WrongOutcome(outcome: outcome) }
        }
        ledger.close()
    }

    static func run(_ path: String) throws {
        let begin = ContinuousClock.now
        let count = try Ledger.rebuild(at: path, role: "bench", projector: BenchRecord())
        Measurement.tell(count: Int(count), seconds: Measurement.seconds(since: begin))
    }
}
