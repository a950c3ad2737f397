import Foundation
import Synchronization

/// The processes of a demonstration: one a role, started again when one dies.
///
/// A child that ends by itself with "bad input" or "damaged" will not do better the second time; then the
/// whole demonstration ends with the last words of its log.
final class ChildProcesses: Sendable {
    private struct State {
        var running: [HostedRole: Process] = [:]
        var isStopping = false
        var failure: Failure?
    }

    private let state = Mutex(State())
    private let arguments: @Sendable (HostedRole) -> [String]
    private let logFolder: String
    private let onRestart: @Sendable (HostedRole) -> Void

    init(
        logFolder: String, arguments: @escaping @Sendable (HostedRole) -> [String],
        onRestart: @escaping @Sendable (HostedRole) -> Void
    ) {
        self.logFolder = logFolder
        self.arguments = arguments
        self.onRestart = onRestart
    }

    /// Why the demonstration cannot go on, or nil.
    var failure: Failure? { state.withLock { $0.failure } }

    /// Process ids by role, for whoever wants to kill one.
    var processIDs: [HostedRole: Int32] {
        state.withLock { $0.running.mapValues(\.processIdentifier) }
    }

    func start(_ role: HostedRole) throws {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments(role)
        let log = logFolder + "/\(role.rawValue).log"
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        guard let handle = FileHandle(forWritingAtPath: log) else {
            throw Failure(.badInput, "\(log) cannot be written; check the folder's permissions")
        }
        _ = try handle.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        process.terminationHandler = { [weak self] process in self?.ended(role, process) }
        // Noted before it runs: a child that ends at once must be found here by `ended`.
        let isWanted = state.withLock { state in
            if !state.isStopping { state.running[role] = process }
            return !state.isStopping
        }
        if isWanted { try process.run() }
    }

    /// Asks all to end in good order, waits, and kills those that do not within ten seconds.
    func stop() async {
        let processes = state.withLock { state in
            state.isStopping = true
            return Array(state.running.values)
        }
        for process in processes where process.isRunning { process.terminate() }
        for _ in 0..<100 {
            if processes.allSatisfy({ !$0.isRunning }) { return }
            try? await Task.sleep(for: .milliseconds(100))
        }
        for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    private func ended(_ role: HostedRole, _ process: Process) {
        let isOurs = state.withLock { state in
            guard !state.isStopping, state.running[role] === process else { return false }
            state.running[role] = nil
            return true
        }
        guard isOurs else { return }
        let ending = process.terminationReason == .exit ? Ending(rawValue: process.terminationStatus) : nil
        if ending == .badInput || ending == .damaged {
            let words = lastWords(of: role)
            state.withLock { $0.failure = Failure(ending ?? .badInput, "\(role.rawValue): \(words)") }
            return
        }
        onRestart(role)
        do {
            try start(role)
        } catch {
            state.withLock {
                $0.failure = Failure(.badInput, "\(role.rawValue) could not be started again: \(error)")
            }
        }
    }

    private func lastWords(of role: HostedRole) -> String {
        let log = logFolder + "/\(role.rawValue).log"
        let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = text.split(separator: "\n").last.map(String.init) ?? "it ended; see \(log)"
        return line.hasPrefix("forerunner: ") ? String(line.dropFirst("forerunner: ".count)) : line
    }

    /// The program itself.
    private static func executable() throws -> URL {
        let link = "/proc/self/exe"
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link) {
            return URL(fileURLWithPath: path)
        }
        return URL(fileURLWithPath: CommandLine.arguments[0])
    }
}
