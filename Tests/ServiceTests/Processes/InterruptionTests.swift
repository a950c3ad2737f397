import Glibc
import Testing

@testable import forerunner

extension ProcessTests {
    @Suite("Being told to end", .timeLimit(.minutes(2)))
    struct InterruptionTests {
        /// Once in a process: the system's signals are the process's own.
        @Test("a signal that comes before anybody waits is kept")
        func kept() async {
            let interruption = await Interruption.listening()
            kill(getpid(), SIGTERM)
            await interruption.wait()
        }
    }
}
