import Foundation
import Glibc
import Testing

/// A deployment in a folder of its own: configuration with tokens, perhaps a clock, and four free ports.
struct Deployed: Sendable {
    static let roles = ["scheme", "ranking", "compliance", "gateway"]
    static let workAgencyToken = String(repeating: "w", count: 32)

    let folder: String
    let portBase: Int
    var clockPath: String?

    /// Folder of the stores, when it is not the usual one.
    var dataFolder: String?
    var data: String { dataFolder ?? folder + "/data" }
    var configuration: String { folder + "/deployment.json" }
    var gateway: String { address(of: "gateway") }

    init(clockID: String? = nil) throws {
        folder = try Scratch.folder()
        portBase = try Scratch.freePorts(5)
        if let clockID {
            clockPath = folder + "/clock"
            try "\(clockID)\n2025-06-03T01:00:00.000000Z\n".write(
                toFile: folder + "/clock", atomically: true, encoding: .utf8)
        }
        try """
        { "addresses": { "scheme": "\(address(of: "scheme"))", "ranking": "\(address(of: "ranking"))",
            "compliance": "\(address(of: "compliance"))", "gateway": "\(address(of: "gateway"))",
            "web": "127.0.0.1:\(portBase + 4)" },
          "platformKey": "\(String(repeating: "k", count: 32))",
          "tokens": [ { "token": "\(Self.workAgencyToken)", "role": "ROLE_WORK_AGENCY",
            "institution": { "creditCode": "91440400192548256N", "name": "工作机构（演示）" } } ] }
        """.write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    func address(of role: String) -> String {
        "127.0.0.1:\(portBase + (Self.roles.firstIndex(of: role) ?? 0))"
    }

    func arguments(_ role: String) -> [String] {
        ["serve", role, "--data", data, "--config", configuration]
            + (clockPath.map { ["--clock", $0] } ?? [])
            // A slow test machine may need long for what is running at the end.
            + ["--drain-seconds", "100"] + Servant.endsWithTheTests
    }

    /// Starts a role and waits until it says that it is ready.
    func start(_ role: String, environment: [String: String] = [:]) async throws -> Servant {
        try await Servant.ready(
            role, arguments(role), log: folder + "/\(role)-\(UUID().uuidString).log", environment: environment
        )
    }

    /// Ends what a failed test may have left running, and removes the folder.
    func remove() {
        for pid in ProcessTable.find(["--data", data]) { kill(pid, SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// One process at work.
struct Servant {
    let role: String
    let process: Process
    let log: String

    /// Arguments that make a process end when this one does.
    static var endsWithTheTests: [String] { ["--with-parent", "\(getpid())"] }

    var words: String {
        FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    static func ready(
        _ role: String, _ arguments: [String], log: String, environment: [String: String] = [:]
    ) async throws -> Servant {
        let process = try Program.start(arguments, log: log, environment: environment)
        let servant = Servant(role: role, process: process, log: log)
        try await eventually("\(role) is ready; it said: \(servant.words)") {
            guard servant.process.isRunning else { throw Missed("\(role) ended: \(servant.words)") }
            return servant.words.contains("ready \(role)")
        }
        return servant
    }

    /// Sends the signal, waits for the end and gives the exit code.
    @discardableResult
    func end(_ signal: Int32 = SIGTERM) async throws -> Int32 {
        kill(process.processIdentifier, signal)
        try await eventually("\(role) ends after signal \(signal)") { !process.isRunning }
        return process.terminationStatus
    }
}

/// Answers of `forerunner call` as JSON.
enum Asked {
    static func json(_ method: String, _ request: String = "{}", at address: String) async throws -> [String:
        Any]
    {
        let outcome = try await Program.run(["call", method, request, "--to", address])
        guard outcome.status == 0 else { throw Missed("\(method): \(outcome.status) \(outcome.errors)") }
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(object as? [String: Any])
    }

    /// Whether the gateway finds all three authorities serving.
    static func areAllServing(at gateway: String) async throws -> Bool {
        let backends = try await json("Gateway/Overview", at: gateway)["backends"] as? [[String: Any]]
        let serving = (backends ?? []).filter { $0["serving"] as? Bool == true }
        return Set(serving.compactMap { $0["role"] as? String }) == ["scheme", "ranking", "compliance"]
    }
}
