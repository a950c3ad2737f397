import Foundation
import Wire

/// Python's protobuf in a process of its own: it is asked one message at a time.
final class PythonPeer {
    /// What Python makes of a message.
    enum Answer: Equatable {
        /// Canonical bytes, and Python's JSON.
        case message(binary: [UInt8], json: String)
        case refused(String)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A python3 that has google.protobuf, or nil; Debian's own goes first.
    static let interpreter: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let candidates = ["/usr/bin/python3"] + path.split(separator: ":").map { "\($0)/python3" }
        return candidates.first { candidate in
            FileManager.default.isExecutableFile(atPath: candidate)
                && (try? run(candidate, ["-c", "import google.protobuf.json_format"])) == 0
        }
    }()

    static let protoc: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/protoc" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var received = Data()
    private let folder: URL
    /// The descriptors of proto/test as protoc writes them.
    let descriptorSet: [UInt8]

    init() throws {
        guard let interpreter = Self.interpreter, let protoc = Self.protoc else {
            throw Failure(description: "python3-protobuf or protobuf-compiler is missing")
        }
        folder = FileManager.default.temporaryDirectory.appending(path: "json-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let set = folder.appending(path: "kinds.pb")
        let here = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let root = here.appending(path: "../../../..").standardizedFileURL
        let status = try Self.run(
            protoc,
            [
                "-I", root.appending(path: "proto").path, "-I", "/usr/include", "--include_imports",
                "--descriptor_set_out=\(set.path)", "test/kinds.proto",
            ])
        guard status == 0 else { throw Failure(description: "protoc ended with \(status)") }
        descriptorSet = [UInt8](try Data(contentsOf: set))
        process.executableURL = URL(filePath: interpreter)
        process.arguments = [here.appending(path: "json_peer.py").path, set.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// Ends Python and takes its folder away.
    func close() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    func parse(json: String, as message: MessageDescriptor) throws -> Answer {
        try ask { writer in
            writer.name("message")
            writer.text(message.fullName)
            writer.name("json")
            writer.text(json)
        }
    }

    func parse(binary: [UInt8], as message: MessageDescriptor) throws -> Answer {
        try ask { writer in
            writer.name("message")
            writer.text(message.fullName)
            writer.name("binary")
            writer.text(Base64.encode(binary))
        }
    }

    private func ask(_ members: (inout JSONWriter) -> Void) throws -> Answer {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        try input.fileHandleForWriting.write(contentsOf: Data((writer.text + "\n").utf8))
        let reply = try JSONReader.read(try line())
        if case .text(let error) = reply["error"]?.value { return .refused(error) }
        guard case .text(let base64) = reply["binary"]?.value, case .text(let json) = reply["json"]?.value,
            let binary = Base64.decode(base64)
        else { throw Failure(description: "an answer in another form") }
        return .message(binary: binary, json: json)
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[..<end]
                received = Data(received[received.index(after: end)...])
                return String(decoding: line, as: UTF8.self)
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure(description: "python ended without an answer") }
            received.append(more)
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
