import Foundation

/// A program of somebody else's, run to its end.
enum ForeignProgram {
    struct Outcome {
        let status: Int32
        let output: Data
        let errors: String
    }

    /// Gives `input` on standard input from a file, so that no pipe fills.
    static func run(_ program: String, _ arguments: [String], input: Data? = nil) throws -> Outcome {
        let process = Process()
        let folder = NSTemporaryDirectory() + "foreign-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = ["input", "output", "errors"].map { URL(fileURLWithPath: "\(folder)/\($0)") }
        for file in files { try Data().write(to: file) }
        try input?.write(to: files[0])
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try Data(contentsOf: files[1]),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}
