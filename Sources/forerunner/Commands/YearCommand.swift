import ArgumentParser
import Contracts
import Foundation
import Ledger
import RegulatedYear
import Regulation
import Wire

struct YearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "year",
        abstract: "Play a whole regulated year on real product data, through four processes.",
        discussion: """
            Starts scheme, ranking, compliance and gateway as processes of their own on a simulated clock, and
            takes three lamp categories of a public-domain registry from the key field's publication to a
            cancelled title and the next ranking without the barred enterprise. Each step is printed with its
            article. Institutions are invented; credit codes are synthetic.

            A process that dies is started again and the year goes on. A year that was interrupted goes on
            when it is run again on the same folder.
            """)

    @Option(help: "Folder for stores, clock, configuration and logs.")
    var data = "data/year"

    @Flag(name: .customLong("keep-serving"), help: "Keep the site up afterwards, until Ctrl-C.")
    var keepServing = false

    @Option(name: .customLong("port-base"), help: "Port of the gateway; the services take the next three.")
    var portBase = 7400

    @Option(name: .customLong("web-port"), help: "Port of the site.")
    var webPort = 8080

    @Option(
        name: .customLong("only"),
        help: ArgumentHelp(
            "Take only this bundled scheme through the year; may be repeated.", visibility: .hidden))
    var only: [String] = []

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            let folder = try YearFolder(path: data)
            let clock = try folder.clock()
            let deployment = try folder.deployment(portBase: portBase, webPort: webPort)
            let children = ChildProcesses(
                logFolder: folder.logPath,
                arguments: { role in
                    [
                        "serve", role.rawValue, "--data", folder.path, "--config", folder.configurationPath,
                        "--clock", folder.clockPath, "--with-parent",
                        "\(ProcessInfo.processInfo.processIdentifier)",
                    ]
                },
                onRestart: { role in
                    Console.tell(
                        language.pick(
                            zh: "    （\(role.rawValue) 进程终止，重新启动）",
                            en: "    (\(role.rawValue) died; started again)"))
                })
            let stage = LiveStage(
                deployment: deployment, clock: clock, children: children, language: language)
            do {
                for role in HostedRole.allCases { try children.start(role) }
                try await stage.awaitProcesses()
                let outcome = try await RegulatedYear(
                    stage: stage, schemeNames: only.isEmpty ? BundledData.lampSchemes : only
                ).run()
                let interruption = keepServing ? await Interruption.listening() : nil
                try await conclude(outcome, folder, deployment, language)
                await interruption?.wait()
                await stage.close()
                await children.stop()
            } catch {
                await stage.close()
                await children.stop()
                if let failure = children.failure { throw failure }
                throw (error as? Failure) ?? Failure(.no, "\(error)")
            }
        }
    }

    private func conclude(
        _ outcome: YearOutcome, _ folder: YearFolder, _ deployment: DeploymentFile, _ language: Language
    ) async throws {
        for store in try Stores(folder: folder.path).present() {
            let report: AuditReport
            do {
                report = try LedgerAudit.run(path: store.path, projector: store.projector)
            } catch {
                throw Failure(ledger: error)
            }
            guard report.isSound else {
                throw Failure(
                    .damaged, "\(store.path): \(report.problems.map(\.description).joined(separator: "; "))")
            }
            Console.result(
                language.pick(
                    zh: "记录核对  \(store.role.rawValue)：\(report.eventCount)个事件，散列链与投影一致",
                    en: "audit     \(store.role.rawValue): \(report.eventCount) events, "
                        + "chain and projections agree"))
        }
        let site = "http://\(try deployment.webAddress())"
        Console.result("")
        Console.result(
            language.pick(zh: "称号已取消：", en: "cancelled title: ") + "\(site)/titles/\(outcome.cancelledTitle)")
        Console.result(
            language.pick(zh: "最新排行榜：", en: "latest ranking:  ") + "\(site)/lists/\(outcome.nextList)")
        if keepServing {
            Console.result(
                language.pick(zh: "网站 \(site) （Ctrl-C 结束）", en: "site      \(site)  (Ctrl-C ends it)"))
        }
    }
}
