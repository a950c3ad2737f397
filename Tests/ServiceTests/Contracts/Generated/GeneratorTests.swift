import Contracts
import Foundation
import Testing
import Wire

/// Against the tools of Debian's protobuf packages, where they are installed.
@Suite("Generated code and protoc", .enabled(if: ProtocTools.areInstalled))
struct GeneratorTests {
    @Test("generated code belongs to the present proto files and generator")
    func generatedCodeIsFresh() throws {
        let result = try ProtocTools.run(
            "/bin/bash", [ProtocTools.root + "/deploy/dev/generate", "--check-quick"], input: Data())
        #expect(result.status == 0, "\(result.text)")
    }

    @Test(
        "protoc reads what we write, and we read what it writes",
        arguments: [
            ("forerunner/ranking.proto", "forerunner.ranking.v1.RankingList"),
            ("forerunner/evaluation.proto", "forerunner.evaluation.v1.EvaluationScheme"),
            ("forerunner/scheme.proto", "forerunner.scheme.v1.Application"),
            ("forerunner/node.proto", "forerunner.node.v1.DescribeResponse"),
            ("forerunner/feed.proto", "forerunner.feed.v1.WatchResponse"),
        ])
    func protocAgrees(_ file: String, _ name: String) throws {
        let type = try #require(MessageRegistry.types[name])
        let ours = try MessageSamples.serialized(type.descriptor)
        let decoded = try ProtocTools.protoc("--decode=\(name)", file, input: Data(ours))
        #expect(decoded.status == 0, "\(decoded.text)")
        let encoded = try ProtocTools.protoc("--encode=\(name)", file, input: decoded.output)
        #expect(encoded.status == 0, "\(encoded.text)")
        #expect(try type.init(serialized: Array(encoded.output)).serialized() == ours)
    }
}

private enum ProtocTools {
    static let root = String(
        #filePath.prefix(upTo: #filePath.range(of: "/Tests/")?.lowerBound ?? #filePath.endIndex))
    static let areInstalled = ["/usr/bin/protoc", "/usr/bin/protoc-gen-c"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Result {
        let status: Int32
        let output: Data
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    static func protoc(_ mode: String, _ file: String, input: Data) throws -> Result {
        try run("/usr/bin/protoc", ["-I", root + "/proto", "-I", "/usr/include", mode, file], input: input)
    }

    static func run(_ program: String, _ arguments: [String], input: Data) throws -> Result {
        let process = Process()
        let standardInput = Pipe()
        let standardOutput = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: output)
    }
}
