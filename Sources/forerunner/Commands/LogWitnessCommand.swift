import ArgumentParser
import Foundation
import Logging
import PublicLog
import Transparency
import Wire
import Witness

struct LogWitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Run a witness: sign checkpoints of logs that only ever add to what it saw before.",
        discussion: """
            Takes "add-checkpoint" requests (C2SP tlog-witness) of the logs whose keys are given, and signs a
            checkpoint only when the log proves that it adds to the last one that was signed. What was seen is
            kept in --data, with the witness's key, which is made at the first start and printed at each.

            Example: forerunner log witness --name witness.example/w1 --data witness \\
                         --log titles.example/log+619252af+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c
            """)

    @Option(help: "The witness's name at the first start: an address without scheme.")
    var name: String?

    @Option(help: "Folder of the witness's key and store.")
    var data: String

    @Option(help: "HOST:PORT to listen on.")
    var listen = "127.0.0.1:7500"

    @Option(help: "Public key of a log to be witnessed; may be repeated.")
    var log: [String] = []

    func run() async throws {
        try await endingWith {
            let address = try HostPort(listen, default: 7500)
            let logs = try log.map { text throws(Failure) in try LogVerifyCommand.key(text, "--log") }
            guard !logs.isEmpty else {
                throw Failure(.badInput, "--log is missing; name a log to be witnessed")
            }
            guard logs.allSatisfy({ $0.kind == .ed25519 }) else {
                throw Failure(.badInput, "--log: this is a witness's key; give the log's")
            }
            let files = WitnessFiles(folder: data)
            let signer = try files.signer(named: name)
            let store: WitnessStore
            do {
                store = try WitnessStore(files.storePath)
            } catch {
                throw Failure(.badInput, "\(error)")
            }
            let desk = WitnessDesk(witness: .init(logs: logs), signer: signer, store: store) {
                UInt64(max(0, Date().timeIntervalSince1970))
            }
            try await serve(desk, at: address, signer)
        }
    }

    private func serve(
        _ desk: WitnessDesk, at address: HostPort, _ signer: WitnessSigner
    ) async throws(Failure) {
        let interruption = await Interruption.listening()
        var logger = Logger(label: "witness", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .notice
        let server = WitnessServer(desk: desk, logger: logger)
        let failure = await withTaskGroup(of: Failure?.self) { group in
            group.addTask {
                do {
                    try await server.run(host: address.host, port: address.port) { port in
                        Console.result("\(signer.key)")
                        Console.tell("ready witness \(HostPort(host: address.host, port: port))")
                    }
                    return nil
                } catch is CancellationError {
                    return nil
                } catch {
                    return Failure(.badInput, "cannot listen on \(address): \(error)")
                }
            }
            group.addTask {
                await interruption.wait()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let failure { throw failure }
        Console.tell("ended in good order")
    }
}

/// The files of a witness.
private struct WitnessFiles {
    let folder: String

    var keyPath: String { folder + "/witness.key" }
    var storePath: String { folder + "/seen.sqlite" }

    /// The key that is there, or a new one. A store without its key is refused: the witness would sign again
    /// in another name what it had signed before.
    func signer(named name: String?) throws(Failure) -> WitnessSigner {
        if let text = FileManager.default.contents(atPath: keyPath).map({
            String(decoding: $0, as: UTF8.self)
        }) {
            guard let signer = WitnessSigner(text.trimmingCharacters(in: .newlines)) else {
                throw Failure(.badInput, "\(keyPath) is no key of a witness; put back the one that was there")
            }
            guard name == nil || name == signer.key.name.text else {
                throw Failure(
                    .badInput, "the witness in \(folder) is named \(signer.key.name); leave --name out")
            }
            return signer
        }
        guard !FileManager.default.fileExists(atPath: storePath) else {
            throw Failure(.badInput, "\(keyPath) is missing; put back the key that belongs to \(storePath)")
        }
        guard let name = name.flatMap({ NoteKeyName($0) }) else {
            throw Failure(
                .badInput, "--name is missing, or has a space or a plus sign; give the witness a name")
        }
        guard let signer = WitnessSigner(name: name, seed: SecretSeed.drawn()) else {
            preconditionFailure("a seed has 32 bytes")
        }
        try SecretFile.makeFolder(folder)
        try SecretFile.write([(keyPath, signer.secretText + "\n")])
        return signer
    }
}
