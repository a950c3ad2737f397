import Dispatch
import Foundation

/// SIGINT and SIGTERM as something to wait for.
///
/// To be made before the process says that it is ready: a signal that comes from then on is kept until
/// somebody waits.
struct Interruption: @unchecked Sendable {
    private let signals: AsyncStream<Void>
    /// Made for use from any thread, though their type does not say so.
    private let sources: [any DispatchSourceSignal]

    /// Returns when signals are caught.
    static func listening() async -> Interruption {
        let (signals, caught) = AsyncStream.makeStream(of: Void.self)
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM] {
            // The library takes an ignored signal over; ignoring it afterwards would throw it away.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { caught.yield(()) }
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
            sources.append(source)
        }
        return Interruption(signals: signals, sources: sources)
    }

    /// Returns when the person or the system asks the process to end, or has asked already.
    func wait() async {
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}
