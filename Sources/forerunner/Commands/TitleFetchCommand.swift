import ArgumentParser
import Credentials
import Foundation
import PublicLog
import Transparency

struct TitleFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Bring what a title is checked with: credential, status list, proof.",
        discussion: """
            Writes ID.sdjwt, ID.statuslist and ID.tlog-proof into a folder. The files prove themselves: they
            are checked with `forerunner title verify` and the keys that were fetched once from the site's
            /trust.json, over a connection or by a way that is trusted.

            Example: forerunner title fetch TITLE-8Q2M6ZK3TD --from https://forerunner.example --to titles
            """)

    @Argument(help: "Title id.")
    var id: String

    @Option(help: "Address of the site.")
    var from: String

    @Option(help: "Folder for the files.")
    var to = "."

    func run() async throws {
        try await endingWith {
            let site = try LogAddress(from)
            guard !id.isEmpty, !id.contains("/"), id != ".", id != ".." else {
                throw Failure(.badInput, "“\(id)” is no title id")
            }
            let credential = try await Self.file("titles/\(id)/credential", of: site)
            try write(credential, ".sdjwt")
            try write(try await Self.file(try Self.statusPath(credential, site), of: site), ".statuslist")
            try write(try await Self.file("titles/\(id)/proof", of: site), ".tlog-proof")
        }
    }

    private func write(_ bytes: [UInt8], _ suffix: String) throws(Failure) {
        let path = "\(to)/\(id)\(suffix)"
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(.badInput, "\(path) cannot be written; check the folder and its permissions")
        }
        Console.tell(path)
    }

    private static func file(_ path: String, of site: LogAddress) async throws(Failure) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(LogError) {
            bytes = try await site.file(path)
        } catch {
            throw Failure(.unreachable, error.message)
        }
        guard let bytes else { throw Failure(.no, "\(site.url) has no \(path)") }
        return bytes
    }

    /// Where the title says that its status stands, as a path of this site.
    private static func statusPath(_ credential: [UInt8], _ site: LogAddress) throws(Failure) -> String {
        let text = String(decoding: credential, as: UTF8.self)
        let token = try? CompactJWS(text.hasSuffix("~") ? text.dropLast() : text[...])
        guard let uri = token?.payload["status"]?["status_list"]?["uri"]?.asText,
            let number = uri.split(separator: "/").last.flatMap({ UInt32($0) })
        else { throw Failure(.no, "what \(site.url) gave is no credential of a title") }
        return "statuslists/\(number)"
    }
}

struct TitleRotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Add a new key for titles or status lists; the process signs with it from its next start.",
        discussion: """
            Older keys stay published, so that what they have signed is still believed. Checkers that pinned
            the keys must fetch them again before the next start.
            """)

    @Option(help: "Folder of the stores.")
    var data: String

    @Option(help: "titles or statuslists.")
    var purpose: TokenKeyFile.Purpose

    func run() async throws {
        try await endingWith {
            let key = try TokenKeyFile(dataFolder: data, purpose: purpose).rotate()
            Console.result("\(purpose.rawValue)\t\(key.id)")
        }
    }
}

extension TokenKeyFile.Purpose: ExpressibleByArgument {}
