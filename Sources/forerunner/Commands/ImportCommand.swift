import ArgumentParser
import Contracts
import Foundation
import RankingService
import Regulation
import Wire

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import declared standards.",
        subcommands: [ImportStandardsCommand.self, ImportWatchCommand.self])
}

/// Where deliveries go, and as what.
struct DeliveryOptions: ParsableArguments {
    @Option(help: "Import profile that maps the file's columns.")
    var profile: String

    @Option(help: "Cut-off day of the snapshot, YYYY-MM-DD.")
    var cutoff: String?

    @Flag(help: "The file has changes only: what it does not have stays as it was.")
    var incremental = false

    @Option(help: "Series of deliveries that the file belongs to; the profile's name by default.")
    var series: String?

    @Option(help: "HOST:PORT of the gateway.")
    var to = "127.0.0.1:7400"

    @Option(help: "Token of the work agency; FORERUNNER_TOKEN by default.")
    var token: String?

    func upload(
        _ file: String, cutoff: String, isIncremental: Bool, _ security: ClientSecurity,
        _ language: Language
    ) throws(Failure) -> SnapshotUpload {
        SnapshotUpload(
            path: file, cutoff: cutoff, profile: try InputFiles.profileMessage(profile),
            kind: isIncremental ? .incremental : .full, series: series ?? "",
            token: token ?? ProcessInfo.processInfo.environment["FORERUNNER_TOKEN"], language: language,
            security: security)
    }
}

struct ImportStandardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standards",
        abstract: "Import a file of declared standards as a snapshot.",
        discussion: """
            CSV, NDJSON, or either packed with gzip, mapped by a profile; ImportProfiles.md explains the
            format. Every row is taken or rejected with file, row, line, column and reason: counts add up.
            With --dry-run nothing is sent and the result is only shown. Otherwise the file goes to the
            ranking service through the gateway, in parts; sent again after an interruption it goes on where
            it stopped. The snapshot is what stands after the file: all of it, or with --incremental what
            stood before in the same series and was not changed by it.

            Example: forerunner import standards bulbs.csv --profile light-bulbs.json --dry-run
            """)

    @Argument(help: "File of declared standards.")
    var file: String

    @OptionGroup var delivery: DeliveryOptions

    @Flag(name: .customLong("dry-run"), help: "Only check and count; send nothing.")
    var dryRun = false

    @Option(help: "Write the rejected rows to this file, one a line, tab separated.")
    var rejected: String?

    @OptionGroup var security: ClientSecurityOptions

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            if dryRun { return try check(language) }
            guard let cutoff = delivery.cutoff, CivilDate(cutoff) != nil else {
                throw Failure(.badInput, "--cutoff is needed to send a snapshot; write YYYY-MM-DD")
            }
            let address = try HostPort(delivery.to, default: 7400)
            let upload = try delivery.upload(
                file, cutoff: cutoff, isIncremental: delivery.incremental, try security.load(), language)
            let snapshot = try await upload.send(to: address)
            Console.tell(SnapshotWords.line(snapshot, language))
            Console.result(snapshot.jsonText(pretty: true))
            do throws(Failure) {
                var report = try RejectedReport(rejected)
                try await upload.rejectedRows(of: snapshot, to: address) { report.add($0) }
                try report.finish()
            } catch {
                // The snapshot is there all the same.
                let remedy = "rejected rows: `forerunner call RankingService/ListRejectedRows` has them later"
                guard rejected == nil else { throw Failure(error.ending, "\(error)\n\(remedy)") }
                Console.complain("\(error)\n\(remedy)")
            }
        }
    }

    private func check(_ language: Language) throws(Failure) {
        let outcome = try InputFiles.standards(
            file, profilePath: delivery.profile,
            cutoff: delivery.cutoff.flatMap { CivilDate($0) }, language)
        var report = try RejectedReport(rejected)
        report.add(outcome.rejectedRows.map { $0.message(inChinese: language == .zh) })
        try report.finish()
        Console.result(Self.summary(outcome.summary, language))
    }

    static func summary(_ counts: ImportCounts, _ language: Language) -> String {
        let categories = counts.categories.map { "\($0.category) \($0.accepted)" }.joined(separator: ", ")
        let synthetic =
            counts.hasSyntheticCodes
            ? language.pick(zh: "；信用代码为合成示例", en: "; credit codes are synthetic") : ""
        return language.pick(
            zh: "\(counts.file)：共\(counts.total)条，接收\(counts.accepted)条，退回\(counts.rejected)条；"
                + "修整字段\(counts.mendedFields)个，重复型号\(counts.repeatedModels)条，企业\(counts.enterprises)家"
                + "（\(categories)）\(synthetic)",
            en:
                "\(counts.file): \(counts.total) rows, \(counts.accepted) accepted, "
                + "\(counts.rejected) rejected; \(counts.mendedFields) fields mended, "
                + "\(counts.repeatedModels) repeated models, "
                + "\(counts.enterprises) enterprises (\(categories))\(synthetic)")
    }
}
