import Foundation

/// The Debian packages that the Go programs are built from: the compiler, and the Go implementations of
/// ttrpc, signed notes and transparent logs.
enum GoPackages {
    static let names = [
        "golang-go", "golang-github-containerd-ttrpc-dev", "golang-google-grpc-dev",
        "golang-github-gogo-protobuf-dev", "golang-golang-x-mod-dev",
    ]

    static let missing = names.filter { name in
        let status = output(of: ["dpkg-query", "-W", "-f=${Status}", name])
        return !(status?.contains("install ok installed") ?? false)
    }

    /// What to do about it, in plain words.
    static var complaint: String {
        "the Go programs cannot be built: apt-get install \(missing.joined(separator: " ")) "
            + "(deploy/dev/install check does it)"
    }

    /// Where nobody looks at what was skipped, missing packages are a failure.
    static let areNeeded =
        missing.isEmpty || !(ProcessInfo.processInfo.environment["CI"] ?? "").isEmpty

    /// The folder above `src`, in which Debian's packages of Go sources lie.
    static func sourceFolder() throws -> String {
        guard missing.isEmpty else { throw PeerError(complaint) }
        let list = output(of: ["dpkg", "-L", "golang-github-containerd-ttrpc-dev"]) ?? ""
        let end = "/src/github.com/containerd/ttrpc"
        guard let folder = list.split(separator: "\n").first(where: { $0.hasSuffix(end) }) else {
            throw PeerError("golang-github-containerd-ttrpc-dev has no folder \(end)")
        }
        return String(folder.dropLast(end.count))
    }

    /// What a short command prints; nil when there is no such command or it fails.
    private static func output(of arguments: [String]) -> String? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil, let data = try? output.fileHandleForReading.readToEnd() else {
            return nil
        }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}

/// The Go peer could not be built, or has ended.
struct PeerError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
