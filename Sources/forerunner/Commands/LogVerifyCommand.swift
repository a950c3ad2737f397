import ArgumentParser
import Foundation
import PublicLog
import Transparency

struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a log from its first entry to its checkpoint, trusting nothing but its key.",
        discussion: """
            Reads every entry and every tile, computes the root anew and compares it with the checkpoint that
            the log has signed. Works beside running processes. With --from the files are read over HTTP; with
            --mirror they are kept, and the next run reads only what was added and fails when the log was
            taken back or rewritten meanwhile.

            Exit code 0 when all agree, 4 when something does not.

            Examples: forerunner log verify --data data
                      forerunner log verify --from http://127.0.0.1:8080/log/compliance --key KEY --mirror m
            """)

    @Option(help: "Folder of the stores, whose logs are verified.")
    var data: String?

    @Option(help: "Address of a log.")
    var from: String?

    @Option(help: "The log's public key, as its operator gives it; needed with --from.")
    var key: String?

    @Option(help: "Key of a witness that must have signed as well; may be repeated.")
    var witness: [String] = []

    @Option(help: "Folder that keeps the files read with --from.")
    var mirror: String?

    func run() async throws {
        try await endingWith {
            let witnesses = try witness.map { text throws(Failure) in try Self.key(text, "--witness") }
            switch (data, from) {
            case (let data?, nil):
                for log in try LogsOnDisk(folder: data).present() {
                    try report(log.role, LogFolder(log.paths.folder), log.key, witnesses)
                }
            case (nil, let from?):
                guard let key else { throw Failure(.badInput, "--from needs --key, the log's public key") }
                try await verify(try LogAddress(from), try Self.key(key, "--key"), witnesses)
            default:
                throw Failure(.badInput, "give either --data FOLDER or --from ADDRESS")
            }
        }
    }

    private func verify(
        _ address: LogAddress, _ key: NoteKey, _ witnesses: [NoteKey]
    ) async throws(Failure) {
        let kept = mirror ?? NSTemporaryDirectory() + "log-" + UUID().uuidString
        defer { if mirror == nil { try? FileManager.default.removeItem(atPath: kept) } }
        let folder = LogFolder(kept)
        do throws(LogError) {
            let old = try await LogMirror(folder: folder, key: key) { path throws(LogError) in
                try await address.file(path)
            }.update()
            if let old { Console.tell("adds to the checkpoint of \(old.size) entries seen before") }
        } catch {
            throw Failure(log: error)
        }
        try report(key.name.text, folder, key, witnesses)
    }

    private func report(
        _ name: String, _ folder: LogFolder, _ key: NoteKey, _ witnesses: [NoteKey]
    ) throws(Failure) {
        let found: LogVerification
        do throws(LogError) {
            found = try LogVerification.run(folder, signedBy: key, witnesses: witnesses)
        } catch {
            throw Failure(log: error)
        }
        for witness in witnesses where !found.signers.contains(witness) {
            throw Failure(.damaged, "\(name): witness \(witness.name) has not signed the checkpoint")
        }
        let signers = found.signers.map(\.name.text).joined(separator: ", ")
        Console.result(
            "\(name)\tok\t\(found.checkpoint.size) entries\t\(HexText.text(found.checkpoint.root.bytes))\t"
                + "signed by \(signers)")
        for (act, count) in found.actCounts.sorted(by: { $0.key < $1.key }) {
            Console.tell("    \(act): \(count)")
        }
    }

    static func key(_ text: String, _ option: String) throws(Failure) -> NoteKey {
        do throws(NoteError) {
            return try NoteKey(text)
        } catch {
            throw Failure(.badInput, "\(option): \(error)")
        }
    }
}
