import Foundation

/// The library that lets calls of a process fail, compiled from the file beside this one.
enum FaultLibrary {
    private static let scratch: String = {
        atexit { try? FileManager.default.removeItem(atPath: FaultLibrary.scratch) }
        return NSTemporaryDirectory() + "forerunner-faults-" + UUID().uuidString
    }()

    /// Its path. The compiler is the one that comes with Swift and builds the project's own C.
    static func path() throws -> String { try compiled.get() }

    private static let compiled = Result<String, any Error> {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/failing_calls.c"
        let library = scratch + "/failing_calls.so"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"]
        let outcome = try ForeignProgram.run(
            "/usr/bin/env", ["clang"] + flags + ["-o", library, source])
        guard outcome.status == 0 else {
            throw Missed("failing_calls.c does not compile (clang comes with Swift): \(outcome.errors)")
        }
        return library
    }
}
