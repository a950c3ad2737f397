import ArgumentParser
import Foundation
import Ledger
import PublicLog
import Transparency

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Audit, back up, restore and rebuild the stores.",
        subcommands: [
            LedgerAuditCommand.self, LedgerBackupCommand.self, LedgerRestoreCommand.self,
            LedgerRebuildCommand.self,
        ])
}

struct LedgerAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check every store in a folder, trusting nothing.",
        discussion: """
            Recomputes the hash chain over all events, replays them into fresh tables and compares these row
            by row with the ones on disk, and recomputes the digests of snapshots and rankings. Works beside
            running processes and changes nothing. Exit code 4 when the record may be damaged.

            With --deep every entry of the public log is compared as well with the event that it was made
            from.
            """)

    @Option(help: "Folder of the stores.")
    var data: String

    @Flag(help: "Compare the public logs with the stores, entry by entry.")
    var deep = false

    func run() async throws {
        try await endingWith {
            var damaged = 0
            for store in try Stores(folder: data).present() {
                let progress = ProgressLine("audit \(store.role.rawValue)")
                let report: AuditReport
                do throws(LedgerError) {
                    report = try LedgerAudit.run(path: store.path, projector: store.projector) { step in
                        progress.show(done: Int(step.done), of: Int(step.total))
                    }
                    progress.finish()
                } catch {
                    progress.finish()
                    throw Failure(ledger: error)
                }
                for problem in report.problems { Console.result("\(store.role.rawValue)\t\(problem)") }
                damaged += report.problemCount
                let rowCount = report.projectionRowCounts.values.reduce(0, +)
                Console.result(
                    "\(store.role.rawValue)\t\(report.isSound ? "ok" : "DAMAGED")\t"
                        + "\(report.eventCount) events\t\(report.requestCount) requests\t"
                        + "\(rowCount) projection rows"
                )
            }
            if damaged > 0 {
                throw Failure(.damaged, "\(damaged) problems; do not use the stores, restore from a backup")
            }
            if deep { try auditLogs() }
        }
    }

    private func auditLogs() throws(Failure) {
        for store in try Stores(folder: data).present() {
            let role = store.role.rawValue
            let paths = LogPaths(dataFolder: data, role: role)
            do throws(LogError) {
                guard let key = try LogKeyFile.read(paths.key)?.key else {
                    throw LogError(.unusable, "\(paths.key) is missing; put back the log's key")
                }
                let size = try LogAudit.run(
                    LogFolder(paths.folder), signedBy: key, record: store.path,
                    acts: LogHosting.acts(of: store.role))
                Console.result("\(role).log\tok\t\(size) entries as their events say")
            } catch {
                throw Failure(log: error)
            }
        }
    }
}

struct LedgerRebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Drop the projections of every store in a folder and replay the events.",
        discussion: "The processes must be stopped. Events are never changed.")

    @Option(help: "Folder of the stores.")
    var data: String

    func run() async throws {
        try await endingWith {
            for store in try Stores(folder: data).present() {
                let progress = ProgressLine("rebuild \(store.role.rawValue)")
                do throws(LedgerError) {
                    let count = try Ledger.rebuild(
                        at: store.path, role: store.role.rawValue, projector: store.projector
                    ) { step in progress.show(done: Int(step.done), of: Int(step.total)) }
                    progress.finish()
                    Console.result("\(store.role.rawValue)\tok\t\(count) events replayed")
                } catch {
                    progress.finish()
                    throw Failure(ledger: error)
                }
            }
        }
    }
}
