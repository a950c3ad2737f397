import Foundation
import Glibc
import Synchronization

/// The Go program in the folder beside this file: built and started once, then told what to do line by line.
///
/// It ends when its standard input does, and so with this process at the latest.
actor GoPeer {
    static let shared = GoPeer()
    private static let scratch = Mutex("")

    private var process: Task<GoProcess, any Error>?

    /// Sends the command and waits for the answer to it; any number may be under way.
    nonisolated func ask(_ command: GoCommand) async throws -> GoAnswer {
        try await running().ask(command)
    }

    private func running() async throws -> GoProcess {
        if let process { return try await process.value }
        let process = Task { try await GoProcess(Self.build()) }
        self.process = process
        return try await process.value
    }

    /// The program's path. The compiler's cache is removed with it when the tests end.
    private static func build() async throws -> String {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Go"
        let debian = try GoPackages.sourceFolder()
        let folder = NSTemporaryDirectory() + "forerunner-go-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        scratch.withLock { $0 = folder }
        atexit { try? FileManager.default.removeItem(atPath: GoPeer.scratch.withLock { $0 }) }

        let complaints = folder + "/complaints"
        _ = FileManager.default.createFile(atPath: complaints, contents: nil)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.currentDirectoryURL = URL(fileURLWithPath: sources)
        compiler.arguments = ["go", "build", "-o", folder + "/peer", "."]
        // Everything from Debian's packages: no modules, no network, no C compiler.
        compiler.environment = ProcessInfo.processInfo.environment.merging([
            "GO111MODULE": "off", "GOPATH": folder + "/own:" + debian, "GOCACHE": folder + "/cache",
            "GOPROXY": "off", "GOFLAGS": "", "CGO_ENABLED": "0",
        ]) { $1 }
        compiler.standardInput = FileHandle.nullDevice
        compiler.standardOutput = FileHandle(forWritingAtPath: complaints)
        compiler.standardError = compiler.standardOutput
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            compiler.terminationHandler = { _ in ended.resume() }
            do {
                try compiler.run()
            } catch {
                compiler.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        guard compiler.terminationStatus == 0 else {
            let text = try? String(contentsOfFile: complaints, encoding: .utf8)
            throw PeerError("the Go peer does not compile: \(text ?? "")")
        }
        return folder + "/peer"
    }
}
