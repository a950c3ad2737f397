import Foundation

/// The built program, run as a person or a script would.
enum Program {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The program lies beside the test runner; FORERUNNER_PROGRAM names another one.
    static var path: String {
        if let other = ProcessInfo.processInfo.environment["FORERUNNER_PROGRAM"] { return other }
        let runner = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("forerunner")
            .path
    }

    /// Runs it to its end; `input` is written to its standard input.
    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Outcome {
        let folder = try Scratch.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (inPath, outPath, errPath) = (folder + "/in", folder + "/out", folder + "/err")
        try input.write(toFile: inPath, atomically: true, encoding: .utf8)
        for file in [outPath, errPath] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle(forReadingAtPath: inPath)
        process.standardOutput = FileHandle(forWritingAtPath: outPath)
        process.standardError = FileHandle(forWritingAtPath: errPath)
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        func text(_ file: String) -> String {
            FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        return Outcome(status: process.terminationStatus, output: text(outPath), errors: text(errPath))
    }

    /// Starts it and leaves it running; its words go to the file named.
    static func start(
        _ arguments: [String], log: String, environment: [String: String] = [:]
    ) throws -> Process {
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // One handle, one offset: two would write over one another.
        let words = FileHandle(forWritingAtPath: log)
        // The child has its own; a process object keeps this one open even when it is gone.
        defer { try? words?.close() }
        process.standardOutput = words
        process.standardError = words
        try process.run()
        return process
    }
}
