import ArgumentParser
import Foundation
import Ledger
import PublicLog
import Transparency

struct LogAdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Begin the mark of what was published anew, after it was lost with its machine.",
        discussion: """
            Needs the log's key, its files and its record, and the last checkpoint that the public has seen,
            as a mirror or a witness kept it: never the one that came with the backup, unless nobody has seen
            a later one. The log then goes on from there, and cannot be taken back behind it.
            """)

    @Option(help: "Folder of the stores.")
    var data: String

    @Option(help: "scheme, ranking or compliance.")
    var role: String

    @Option(help: "File of the checkpoint.")
    var checkpoint: String

    func run() async throws {
        try await endingWith {
            guard let role = HostedRole(rawValue: role), let projector = Stores.projector(of: role) else {
                throw Failure(.badInput, "“\(self.role)” keeps no log; give scheme, ranking or compliance")
            }
            let bytes = try InputFiles.bytes(checkpoint, "checkpoint")
            let ledger: Ledger
            do throws(LedgerError) {
                let path = Stores(folder: data).path(of: role)
                ledger = try Ledger.open(
                    at: path, mark: try Ledger.mark(of: path), projector: projector, create: false)
            } catch {
                throw Failure(ledger: error)
            }
            defer { ledger.close() }
            do throws(LogError) {
                let paths = LogPaths(dataFolder: data, role: role.rawValue)
                let adopted = try await LogAdoption.adopt(
                    bytes, at: paths, of: ledger, acts: LogHosting.acts(of: role))
                Console.result("\(role.rawValue)\tok\t\(adopted.size) entries")
            } catch {
                throw Failure(log: error)
            }
        }
    }
}
