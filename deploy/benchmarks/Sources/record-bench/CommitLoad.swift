import Ledger

/// Commands that wait for the record, so many at a time: each caller's next one follows the outcome.
///
/// Callers run on the writer's thread, as commands do that are decided there; `apart` on threads of their
/// own, as the others do.
enum CommitLoad {
    static func run(_ path: String, callers: Int, seconds: Double, apart: Bool) async throws {
        let ledger = try BenchRecord.open(path, create: true)
        var measurement = Measurement()
        let end = ContinuousClock.now + .seconds(seconds)
        try await withThrowingTaskGroup(of: Measurement.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    if apart { return try await commands(of: caller, ledger, until: end) }
                    return try await ledger.atWriter { try await commands(of: caller, ledger, until: end) }
                }
            }
            for try await part in group { measurement.add(part) }
        }
        measurement.tell()
        ledger.close()
    }

    private static func commands(
        of caller: Int, _ ledger: Ledger, until end: ContinuousClock.Instant
    ) async throws -> Measurement {
        var measurement = Measurement()
        var commands = BenchCommands(caller: caller)
        var sent = ContinuousClock.now
        while sent < end {
            let outcome = try await ledger.append(commands.next())
            guard case .appended = outcome else { throw WrongOutcome(outcome: outcome) }
            let told = ContinuousClock.now
            measurement.add(from: sent, to: told)
            sent = told
        }
        return measurement
    }
}

struct WrongOutcome: Error {
    let outcome: AppendOutcome
}
