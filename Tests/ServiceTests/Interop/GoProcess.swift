import Foundation
import Glibc
import Synchronization

/// The running Go program: commands out, answers in, told apart by number.
final class GoProcess: Sendable {
    private struct State {
        var last = 0
        var waiting: [Int: CheckedContinuation<GoAnswer, any Error>] = [:]
        /// Bytes after the last whole line.
        var rest = Data()
        var hasEnded = false
    }

    private let state = Mutex(State())
    /// A lock of its own: a full pipe must not keep answers from being read.
    private let input: Mutex<FileHandle>

    init(_ path: String) throws {
        // Writing to a program that has died is an error to be thrown, not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        let process = Process()
        let (commands, answers) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.standardInput = commands
        process.standardOutput = answers
        let errors = path + ".errors"
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: errors)
        input = Mutex(commands.fileHandleForWriting)
        answers.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
                ended((try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
            } else {
                received(data)
            }
        }
        try process.run()
    }

    func ask(_ command: GoCommand) async throws -> GoAnswer {
        try await withCheckedThrowingContinuation { continuation in
            var command = command
            let number = state.withLock { state -> Int? in
                guard !state.hasEnded else { return nil }
                state.last += 1
                state.waiting[state.last] = continuation
                return state.last
            }
            guard let number else {
                return continuation.resume(throwing: PeerError("the Go peer has ended"))
            }
            command.id = number
            do {
                let line = try JSONEncoder().encode(command) + Data("\n".utf8)
                try input.withLock { try $0.write(contentsOf: line) }
            } catch {
                state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(throwing: error)
            }
        }
    }

    private func received(_ data: Data) {
        let lines = state.withLock { state -> [Data] in
            state.rest += data
            guard data.contains(UInt8(ascii: "\n")) else { return [] }
            var parts = state.rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            state.rest = Data(parts.removeLast())
            return parts.map { Data($0) }
        }
        for line in lines {
            guard let answer = try? JSONDecoder().decode(GoAnswer.self, from: line) else { continue }
            state.withLock { $0.waiting.removeValue(forKey: answer.id) }?.resume(returning: answer)
        }
    }

    private func ended(_ errors: String) {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting {
            continuation.resume(throwing: PeerError("the Go peer has ended: \(errors)"))
        }
    }
}
