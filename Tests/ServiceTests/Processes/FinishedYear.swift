import Foundation
import Glibc
import Synchronization
import Testing

/// One short year that was played with `kill -9` on every process and on the year itself; made once and
/// looked at by several tests, which leave its folder as it is.
actor FinishedYear {
    struct Record: Sendable {
        let folder: String
        let portBase: Int
        /// Exit code of the year that was killed, and of the one that went on.
        let killedBy: Int32
        let status: Int32
        let first: String
        let second: String
        /// Processes of the year that ran when it was killed.
        let orphanCount: Int

        var lines: [Substring] { second.split(separator: "\n") }
    }

    static let shared = FinishedYear()
    private static let leftover = Mutex("")
    private var played: Task<Record, any Error>?

    func record() async throws -> Record {
        if let played { return try await played.value }
        let played = Task { try await Self.play() }
        self.played = played
        return try await played.value
    }

    private static func play() async throws -> Record {
        let scratch = try Scratch.folder()
        leftover.withLock { $0 = scratch }
        atexit { try? FileManager.default.removeItem(atPath: FinishedYear.leftover.withLock { $0 }) }
        let portBase = try Scratch.freePorts(5)
        let folder = scratch + "/year"

        let first = try start(folder, portBase, log: scratch + "/first.log")
        try await first.kill("scheme", of: folder, after: "call opened")
        try await first.kill("gateway", of: folder, after: "panels of 5 conclude")
        try await first.kill("ranking", of: folder, after: "declared standards imported")
        try await first.reach("ranking computed")
        // Counted before the kill: how soon they notice is theirs.
        let orphanCount = ProcessTable.find(["serve"]).filter(ProcessTable.find(["--data", folder]).contains)
            .count
        let killedBy = try await first.end(SIGKILL)
        try await eventually("the children of a killed year end by themselves") {
            ProcessTable.find(["--data", folder]).isEmpty
        }

        let second = try start(folder, portBase, log: scratch + "/second.log")
        try await second.kill("compliance", of: folder, after: "forerunners published")
        try await second.kill("ranking", of: folder, after: "title cancelled")
        try await eventually("the year ends", within: .seconds(300)) { !second.process.isRunning }
        return Record(
            folder: folder, portBase: portBase, killedBy: killedBy, status: second.process.terminationStatus,
            first: first.words, second: second.words, orphanCount: orphanCount)
    }

    private static func start(_ folder: String, _ portBase: Int, log: String) throws -> Servant {
        let arguments = [
            "year", "--data", folder, "--port-base", "\(portBase)", "--web-port", "\(portBase + 4)", "--only",
            "schemes/decorative-lamps.json", "--lang", "en",
        ]
        return Servant(role: "year", process: try Program.start(arguments, log: log), log: log)
    }
}

extension Servant {
    /// Waits until the year has printed a step.
    fileprivate func reach(_ step: String) async throws {
        try await eventually("“\(step)” is printed; so far: \(words)", within: .seconds(240)) {
            if words.contains(step) { return true }
            guard process.isRunning else { throw Missed("the year ended before “\(step)”: \(words)") }
            return false
        }
    }

    /// Kills the process of a role when the year has printed a step, and waits until the year has noticed.
    fileprivate func kill(_ role: String, of folder: String, after step: String) async throws {
        try await reach(step)
        let pid = try #require(ProcessTable.servant(role, on: folder), "\(role) is not running")
        let deaths = deaths(of: role)
        Glibc.kill(pid, SIGKILL)
        try await eventually("the year starts \(role) again; it said: \(words)") {
            deaths < self.deaths(of: role)
        }
    }

    private func deaths(of role: String) -> Int {
        words.split(separator: "\n").filter { $0.contains("(\(role) died; started again)") }.count
    }
}
