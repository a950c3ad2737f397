import ArgumentParser
import Contracts
import Wire

struct TitleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "title", abstract: "Look up and check forerunner titles.",
        subcommands: [
            TitleCheckCommand.self, TitleVerifyCommand.self, TitleFetchCommand.self,
            TitleRotateKeyCommand.self,
        ])
}

struct TitleCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a title is valid today.",
        discussion: """
            QUERY is a title id, a credit code, an enterprise's name, a standard number or a model.
            Exit code 0 when at least one valid title was found, 1 when none is.

            Example: forerunner title check TITLE-8Q2M6ZK3TD
            """)

    @Argument(help: "Title id, credit code, name, standard number or model.")
    var query: String

    @Option(help: "table or json.")
    var format = OutputFormat.table

    @OptionGroup var gateway: GatewayOptions

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            let (query, language) = (query, lang.language)
            let found = try await gateway.call { channel throws(RPCStatus) in
                try await ComplianceServiceClient(channel).findTitles(
                    .init(query: query, page: .init(limit: 100)), options: CallOptions())
            }
            switch format {
            case .json: Console.result(found.jsonText(pretty: true))
            case .table:
                for title in found.titles { Console.result(Self.line(title, language)) }
            }
            guard found.titles.contains(where: { $0.state == .valid }) else {
                throw Failure(
                    .no,
                    found.titles.isEmpty
                        ? language.pick(zh: "没有找到称号“\(query)”", en: "no title was found for “\(query)”")
                        : language.pick(zh: "没有有效的称号", en: "none of these titles is valid"))
            }
        }
    }

    private static func line(_ title: ComplianceAPI.Title, _ language: Language) -> String {
        let forerunner = title.forerunner ?? .init()
        let state =
            switch title.state {
            case .valid: language.pick(zh: "有效", en: "valid")
            case .cancellationDemanded:
                language.pick(zh: "已要求取消", en: "cancellation demanded")
            case .cancelled: language.pick(zh: "已取消", en: "cancelled") + " \(title.cancelledOn)"
            case .expired: language.pick(zh: "已到期", en: "expired")
            case .unspecified, .unrecognized: "?"
            }
        let flag = title.holderBarred ? language.pick(zh: "（企业受限）", en: " (holder barred)") : ""
        return [
            title.id, state + flag, "\(title.validFrom)…\(title.validUntil)",
            forerunner.enterprise?.name ?? "",
            forerunner.enterprise?.creditCode ?? "", forerunner.standardNumber,
            forerunner.models.joined(separator: ", "),
        ].joined(separator: "\t")
    }
}

/// How a result is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json
}
