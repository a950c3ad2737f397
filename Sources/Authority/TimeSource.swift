package import Ledger
package import Regulation
import Synchronization

/// Where a process learns the moment of a command.
///
/// The only live sources are in the executable; everything else is handed a moment.
package protocol TimeSource: Sendable {
    /// Real time, or the simulated clock shared by the processes of a demonstration.
    var kind: TimeKind { get }
    /// The present moment. Throws when a simulated clock cannot be read: then nothing is decided.
    func now() throws(TimeUnavailable) -> Instant
}

/// The moment could not be learnt; the text says what to do.
package struct TimeUnavailable: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// A clock that stands where it was set: for a year in one process.
package final class StandingClock: TimeSource {
    private let instant: Mutex<Instant>
    package let kind: TimeKind

    package init(_ instant: Instant, kind: TimeKind = .simulated(clockID: "standing")) {
        self.instant = Mutex(instant)
        self.kind = kind
    }

    package func now() -> Instant { instant.withLock { $0 } }

    package func set(_ moment: Instant) { instant.withLock { $0 = moment } }
}
