import Foundation

/// Programs that check a log without any of our code: one in Go, one in Python.
enum LogMonitors {
    /// What a monitor found in a log.
    struct Found: Decodable, Equatable {
        let size: UInt64
        /// In base64.
        let root: String
        let acts: [String: Int]
    }

    /// A monitor's word that something does not agree.
    struct Disagreement: Error, CustomStringConvertible {
        let description: String
    }

    /// Debian's python3 with the cryptography package, or nil.
    static let python: String? = {
        let path = "/usr/bin/python3"
        let probe = ["-c", "import cryptography.hazmat.primitives.asymmetric.ed25519"]
        return (try? ForeignProgram.run(path, probe))?.status == 0 ? path : nil
    }()

    private static let goProgram = Task { try await GoBuild.program("GoMonitor") }

    static func go(_ folder: String, key: String, older: [String] = []) async throws -> Found {
        try read(ForeignProgram.run(try await goProgram.value, [folder, key] + older))
    }

    static func python(_ folder: String, key: String, witnesses: [String] = []) throws -> Found {
        let script =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
            + "/Python/log_monitor.py"
        return try read(ForeignProgram.run(python ?? "python3", [script, folder, key] + witnesses))
    }

    private static func read(_ outcome: ForeignProgram.Outcome) throws -> Found {
        guard outcome.status == 0 else { throw Disagreement(description: outcome.errors) }
        return try JSONDecoder().decode(Found.self, from: outcome.output)
    }
}
