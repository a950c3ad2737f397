import ArgumentParser
import Foundation
import PublicLog
import Transparency

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Verify and witness public logs.",
        subcommands: [
            LogVerifyCommand.self, LogKeyCommand.self, LogWitnessCommand.self, LogAdoptCommand.self,
        ])
}

struct LogKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Print the public keys of the logs in a folder.",
        discussion: """
            One line a log: role and key. Hand the keys out by a way of their own: whoever verifies a log must
            know its key from somewhere else than the log.
            """)

    @Option(help: "Folder of the stores.")
    var data: String

    func run() async throws {
        try await endingWith {
            for log in try LogsOnDisk(folder: data).present() { Console.result("\(log.role)\t\(log.key)") }
        }
    }
}

/// The logs that lie in a data folder.
struct LogsOnDisk {
    struct Log {
        let role: String
        let paths: LogPaths
        let key: NoteKey
    }

    let folder: String

    /// Those whose key is there; a folder with none is bad input.
    func present() throws(Failure) -> [Log] {
        var logs: [Log] = []
        for role in HostedRole.allCases {
            let paths = LogPaths(dataFolder: folder, role: role.rawValue)
            do throws(LogError) {
                guard let signer = try LogKeyFile.read(paths.key) else { continue }
                logs.append(Log(role: role.rawValue, paths: paths, key: signer.key))
            } catch {
                throw Failure(log: error)
            }
        }
        guard !logs.isEmpty else {
            throw Failure(
                .badInput, "there is no log in \(folder); --data names the folder of scheme.log and its kind")
        }
        return logs
    }
}
