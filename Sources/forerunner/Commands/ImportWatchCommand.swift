import ArgumentParser
import Contracts
import Foundation
import Regulation
import Wire

struct ImportWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Import every file that is delivered into a folder.",
        discussion: """
            Looks into the folder again and again for CSV and NDJSON files, packed or not, whose size has not
            changed since the look before, and imports them in the order of their names. The cut-off is the
            last day in a file's name (standards-2025-09-30.csv.gz), or --cutoff; a name with ".incremental."
            in it has changes only. A file that became a snapshot goes to done/ with its snapshot and its
            rejected rows, one that cannot become one goes to failed/ with the reason. While the service is
            away files stay and are tried again. Hidden files and other kinds are left alone: write under
            another name and rename.

            Example: forerunner import watch /srv/deliveries --profile registry.json
            """)

    @Argument(help: "Folder of deliveries.")
    var folder: String

    @OptionGroup var delivery: DeliveryOptions

    @Option(help: "Seconds between two looks.")
    var interval: Int = 5

    @Flag(help: "End when nothing is waiting any more; exit code 1 if a file failed.")
    var once = false

    @OptionGroup var security: ClientSecurityOptions

    @OptionGroup var lang: LanguageOption

    func validate() throws {
        guard (1...3600).contains(interval) else { throw ValidationError("--interval is 1 to 3600 seconds") }
    }

    func run() async throws {
        try await endingWith {
            if let cutoff = delivery.cutoff, CivilDate(cutoff) == nil {
                throw Failure(.badInput, "--cutoff: write YYYY-MM-DD")
            }
            _ = try InputFiles.profile(delivery.profile, lang.language)
            let deliveries = try DeliveryFolder(path: folder)
            var seen: Set<DeliveryFolder.Delivery> = []
            var failedCount = 0
            while true {
                let waiting = try deliveries.waiting()
                for file in waiting where seen.contains(file) {
                    failedCount += try await take(file, deliveries) ? 0 : 1
                }
                if once, waiting.isEmpty { break }
                seen = Set(waiting)
                try? await Task.sleep(for: .seconds(interval))
            }
            if failedCount > 0 { throw Failure(.no, "\(failedCount) files failed; see \(folder)/failed") }
        }
    }

    /// False when the file failed for good. Throws what is no fault of the file: a token that is not taken,
    /// and with `once` a service that is away.
    private func take(
        _ file: DeliveryFolder.Delivery, _ deliveries: DeliveryFolder
    ) async throws(Failure) -> Bool {
        let name = DeliveryName(file.name)
        guard let cutoff = name?.cutoff?.description ?? delivery.cutoff else {
            try fail(
                file, deliveries, "the name has no day, as in standards-2025-09-30.csv; or give --cutoff")
            return false
        }
        let upload = try delivery.upload(
            "\(folder)/\(file.name)", cutoff: cutoff,
            isIncremental: delivery.incremental || name?.isIncremental == true, try security.load(),
            lang.language)
        let address = try HostPort(delivery.to, default: 7400)
        do throws(Failure) {
            let snapshot = try await upload.send(to: address)
            var report = try RejectedReport(deliveries.reportPath(file))
            try await upload.rejectedRows(of: snapshot, to: address) { report.add($0) }
            try report.finish()
            try deliveries.finish(file, snapshot)
            Console.tell(SnapshotWords.line(snapshot, lang.language))
            Console.result("\(file.name)\tok\t\(snapshot.id)")
            return true
        } catch {
            switch error.ending {
            case .badInput:
                try fail(file, deliveries, error.description)
                return false
            case .unreachable where !once:
                // It stays, and is tried again.
                Console.complain("\(file.name): \(error.description)")
                return true
            case .unreachable, .no, .done, .damaged:
                throw error
            }
        }
    }

    private func fail(
        _ file: DeliveryFolder.Delivery, _ deliveries: DeliveryFolder, _ reason: String
    ) throws(Failure) {
        try deliveries.fail(file, reason)
        Console.complain("\(file.name): \(reason)")
        Console.result("\(file.name)\tfailed")
    }
}
