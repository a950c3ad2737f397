import Logging
import Synchronization

/// What a server logs, kept with its level and handed out as it comes.
final class LogPages: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let message: String
    }

    private let lines: AsyncStream<Line>
    private let arriving: AsyncStream<Line>.Continuation

    init() { (lines, arriving) = AsyncStream.makeStream(of: Line.self) }

    var logger: Logger {
        let arriving = arriving
        return Logger(label: "test") { _ in Handler(arriving: arriving) }
    }

    /// Waits for the next line that has the words in it.
    func next(with words: String) async -> Line? {
        for await line in lines where line.message.contains(words) { return line }
        return nil
    }

    private struct Handler: LogHandler {
        let arriving: AsyncStream<Line>.Continuation
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            arriving.yield(Line(level: event.level, message: "\(event.message)"))
        }
    }
}
