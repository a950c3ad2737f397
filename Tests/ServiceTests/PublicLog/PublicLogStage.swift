import Foundation
import Ledger
import Logging
import PublicLog
import Testing
import Transparency

/// A record and its log in a folder of their own. Events named "secret" are not for the public.
final class PublicLogStage {
    static let origin = "test.example/log/scheme"

    let store: TemporaryStore
    var ledger: Ledger
    var paths: LogPaths { LogPaths(dataFolder: store.folder, role: "scheme") }
    var folder: LogFolder { LogFolder(paths.folder) }

    init() throws {
        store = try TemporaryStore()
        ledger = try store.open()
    }

    static let acts: LogPublisher.Acts = { event in
        guard event.type != "secret" else { return nil }
        let (position, moment) = (
            try #require(SafeInteger(event.position)), try #require(SafeInteger(event.moment))
        )
        return PublicAct(
            service: "scheme", act: event.type, subject: event.stream, position: position, moment: moment,
            edition: event.ruleEdition, facts: ["word": .text(String(decoding: event.payload, as: UTF8.self))]
        )
    }

    func openWriter(seed: UInt8 = 9) async throws(LogError) -> LogWriter {
        guard let origin = NoteKeyName(Self.origin) else { preconditionFailure("a name") }
        let birth = LogOpening.Birth(origin: origin) { Array(repeating: seed, count: 32) }
        return try await LogOpening.open(paths, of: ledger, birth: birth)
    }

    /// Publishes with a fresh writer until the body returns.
    func publishing(
        witnesses: [any WitnessCaller] = [], _ body: (LogPublisher) async throws -> Void
    ) async throws {
        let publisher = LogPublisher(
            ledger: ledger, writer: try await openWriter(), acts: Self.acts, witnesses: witnesses,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let running = Task { await publisher.run() }
        defer { running.cancel() }
        try await body(publisher)
        running.cancel()
        await running.value
    }

    /// Records words, each one event and one request.
    func record(_ words: some Sequence<String>, type: String = "added") async throws {
        for word in words { _ = try await ledger.append(.word(word, type: type)) }
    }

    func record(count: Int, from first: Int = 0) async throws {
        let words = (first..<first + count).map { "word \($0)" }
        for start in stride(from: 0, to: count, by: 500) {
            let some = Array(words[start..<min(start + 500, count)])
            _ = try await ledger.append(.words(some, requestID: "words from \(first + start)"))
        }
    }

    /// The checkpoint that is up, signed by the log's key.
    func checkpoint() throws -> Checkpoint? {
        guard let key = try LogKeyFile.read(paths.key)?.key, let bytes = try folder.checkpoint() else {
            return nil
        }
        return try Checkpoint(bytes, signedBy: key)
    }

    func eventually(size: UInt64, _ publisher: LogPublisher) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try checkpoint()?.size != TreeSize(size) {
            if let failure = publisher.failure { throw failure }
            try #require(ContinuousClock.now < end, "the log is not at \(size)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func verify(witnesses: [NoteKey] = []) throws -> LogVerification {
        let key = try #require(try LogKeyFile.read(paths.key)).key
        return try LogVerification.run(folder, signedBy: key, witnesses: witnesses)
    }

    func restart() throws {
        ledger.close()
        ledger = try store.open(create: false)
    }
}

/// What throws a `LogError`, and its code.
func logErrorCode(_ body: () async throws -> Void) async -> LogError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? LogError)?.code
    }
}
