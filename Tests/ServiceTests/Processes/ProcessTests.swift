import Foundation
import Testing

/// Tests of whole processes: one after another, for they need the machine's ports and processors.
@Suite("Processes, as an operator sees them", .serialized)
enum ProcessTests {}

/// Something that a test waited for did not come.
struct Missed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Looks again and again until the condition holds. Test machines may be slow: only the lack of an end is a
/// failure, not the time.
func eventually(
    _ what: @autoclosure () -> String, within time: Duration = .seconds(120),
    _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: time)
    while try await !condition() {
        guard clock.now < end else { throw Missed("within \(time): \(what())") }
        try await Task.sleep(for: .milliseconds(50))
    }
}
