import ArgumentParser
import Authority
import Contracts
import Foundation
import Ledger
import PublicLog
import Transparency
import Wire

struct LedgerBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy every store in a folder with its public log, while the processes serve or not.",
        discussion: """
            A store that is served is copied by its own process, in DATA/backups/NAME, while it goes on taking
            commands; that needs the deployment's configuration file, whose platform key the process believes.
            A store that no process serves is copied by this command to the same place.

            The private keys are not copied: keep them elsewhere. Nor is the mark of what was published, which
            must never be brought back.

            Example: forerunner ledger backup --data data --config deployment.json --name 2026-11-27
            """)

    @Option(help: "Folder of the stores.")
    var data: String

    @Option(help: "Name of the backup: letters, digits, dots and hyphens.")
    var name: String

    @OptionGroup var security: ClientSecurityOptions

    func run() async throws {
        try await endingWith {
            for store in try Stores(folder: data).present() {
                let told =
                    Ledger.isServed(store.path)
                    ? try await ask(store.role) : try await copy(store)
                Console.result("\(store.role.rawValue)\tok\t\(told)")
            }
        }
    }

    /// The process of the role makes the copy.
    private func ask(_ role: HostedRole) async throws(Failure) -> String {
        guard let config = security.config else {
            throw Failure(.badInput, "the \(role.rawValue) store is served; name the deployment's --config")
        }
        let deployment = try DeploymentFile(path: config)
        let (platformKey, name) = (deployment.deployment.platformKey, name)
        let made = try await RemoteCall.with(try deployment.address(of: role), try security.load()) {
            channel throws(RPCStatus) in
            let sister = SisterChannel(channel, platformKey: platformKey)
            return try await MaintenanceClient(sister).backUp(
                .init(name: name), options: CallOptions(timeout: .seconds(600)))
        }
        return "event \(made.position)\t\(made.byteCount) bytes\t\(made.path)"
    }

    private func copy(_ store: Stores.Store) async throws(Failure) -> String {
        let role = store.role.rawValue
        let paths = LogPaths(dataFolder: data, role: role)
        do throws(LogError) {
            guard let key = try LogKeyFile.read(paths.key)?.key else {
                throw LogError(.unusable, "\(paths.key) is missing; the log cannot be checked without it")
            }
            let backup = RecordBackup(folder: "\(data)/backups/\(name)", role: role)
            let (_, receipt) = try await backup.make(log: LogFolder(paths.folder), key: key) { path in
                try Ledger.backUp(idle: store.path, to: path)
            }
            return "event \(receipt.head.position)\t\(receipt.byteCount) bytes\t\(backup.storePath)"
        } catch {
            throw Failure(log: error)
        }
    }
}
