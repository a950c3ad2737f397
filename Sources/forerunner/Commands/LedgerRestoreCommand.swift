import ArgumentParser
import Foundation
import Ledger
import PublicLog
import Transparency

struct LedgerRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put the stores and logs of a backup where there are none, after checking all of them.",
        discussion: """
            Each copy is compared with what its backup says of it, and audited: chain, projections, requests
            and bulk rows must agree. A store or log that is there is never overwritten: move it away first.

            A record older than what was published from it is refused when its process starts. Where the mark
            of what was published is lost too, put the log's key back and begin the mark from the last
            checkpoint that the public has seen, with `forerunner log adopt`.
            """)

    @Option(help: "Folder of the backup.")
    var from: String

    @Option(help: "Folder for the stores.")
    var data: String

    func run() async throws {
        try await endingWith {
            var count = 0
            for role in HostedRole.allCases {
                guard let projector = Stores.projector(of: role) else { continue }
                let backup = RecordBackup(folder: from, role: role.rawValue)
                guard let manifest = try manifest(of: backup) else { continue }
                try await restore(backup, manifest, role, projector)
                count += 1
            }
            guard count > 0 else {
                throw Failure(
                    .badInput, "there is no backup in \(from); name the folder of scheme.backup.json")
            }
        }
    }

    private func manifest(of backup: RecordBackup) throws(Failure) -> RecordBackup.Manifest? {
        do throws(LogError) { return try backup.manifest() } catch { throw Failure(log: error) }
    }

    private func restore(
        _ backup: RecordBackup, _ manifest: RecordBackup.Manifest, _ role: HostedRole,
        _ projector: any Projector
    ) async throws(Failure) {
        do {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        } catch {
            throw Failure(.badInput, "the folder \(data) cannot be made; check the path and its permissions")
        }
        let paths = LogPaths(dataFolder: data, role: role.rawValue)
        try await restoreLog(backup, manifest, paths)
        let progress = ProgressLine("restore \(role.rawValue)")
        do throws(LedgerError) {
            let (receipt, report) = try Ledger.restore(
                from: backup.storePath, to: Stores(folder: data).path(of: role),
                expecting: (manifest.digest, manifest.head), projector: projector
            ) { step in progress.show(done: Int(step.done), of: Int(step.total)) }
            progress.finish()
            Console.result(
                "\(role.rawValue)\tok\t\(report.eventCount) events\t"
                    + "chain \(HexText.text(receipt.head.chain))\t"
                    + "\(manifest.logSize) entries\troot \(HexText.text(manifest.logRoot.bytes))")
        } catch {
            progress.finish()
            throw Failure(ledger: error)
        }
    }

    /// The log's files are copied when there are none; those that are there may be newer, and stay.
    private func restoreLog(
        _ backup: RecordBackup, _ manifest: RecordBackup.Manifest, _ paths: LogPaths
    ) async throws(Failure) {
        guard !FileManager.default.fileExists(atPath: paths.folder) else { return }
        let draft = paths.folder + ".restoring"
        do {
            try? FileManager.default.removeItem(atPath: draft)
            try FileManager.default.copyItem(atPath: backup.logFolder.path, toPath: draft)
            let growth = try LogCheck(LogFolder(draft)).replay(to: manifest.logSize)
            guard growth.root == manifest.logRoot else {
                throw LogError(
                    .damaged, "the log in \(from) does not give the root that the backup speaks of")
            }
            try FileManager.default.moveItem(atPath: draft, toPath: paths.folder)
        } catch let error as LogError {
            try? FileManager.default.removeItem(atPath: draft)
            throw Failure(log: error)
        } catch {
            throw Failure(.badInput, "the log of \(from) cannot be copied: \(error.localizedDescription)")
        }
    }
}
