import Foundation
import Glibc

/// Builds Go programs from Debian's packages: no modules, no network, no C compiler.
enum GoBuild {
    /// What was built and is removed, with the compiler's cache, when the tests end.
    private static let scratch: String = {
        atexit { try? FileManager.default.removeItem(atPath: GoBuild.scratch) }
        return NSTemporaryDirectory() + "forerunner-go-" + UUID().uuidString
    }()

    /// Builds the program in a folder beside this file, and gives its path.
    static func program(_ name: String) async throws -> String {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/" + name
        let debian = try GoPackages.sourceFolder()
        let folder = scratch + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

        let complaints = folder + "/complaints"
        _ = FileManager.default.createFile(atPath: complaints, contents: nil)
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.currentDirectoryURL = URL(fileURLWithPath: sources)
        compiler.arguments = ["go", "build", "-o", folder + "/program", "."]
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
            throw PeerError("\(name) does not compile: \(text ?? "")")
        }
        return folder + "/program"
    }
}
