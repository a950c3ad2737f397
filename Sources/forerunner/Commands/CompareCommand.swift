import ArgumentParser
import Contracts
import Wire

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say what changed from one ranking list to another.",
        discussion: """
            Usually a list and the version it supersedes: which entries entered or left and why, which moved,
            which values and levels changed, and which inputs differ by their digests. What a list does not
            name is not told, unless a token says that the caller may see it.

            Exit code 0 also when nothing changed.

            Example: forerunner compare LIST-4X0GV6R4WB LIST-9QK2M6ZT3D
            """)

    @Argument(help: "Id of the earlier list.")
    var before: String

    @Argument(help: "Id of the later list.")
    var after: String

    @Option(help: "text or json.")
    var format = ComparisonFormat.text

    @Option(help: "Token to present; FORERUNNER_TOKEN by default.")
    var token: String?

    @OptionGroup var gateway: GatewayOptions

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            let (before, after, options) = (before, after, ClientToken.options(token))
            let found = try await gateway.call { channel throws(RPCStatus) in
                try await Self.comparison(of: before, with: after, RankingServiceClient(channel), options)
            }
            switch format {
            case .json: Console.result(found.jsonText(pretty: true))
            case .text: Console.result(ComparisonText(found, lang.language).text, terminator: "")
            }
        }
    }

    /// All pages as one answer.
    private static func comparison(
        of before: String, with after: String, _ client: RankingServiceClient, _ options: CallOptions
    ) async throws(RPCStatus) -> RankingAPI.CompareRankingsResponse {
        func page(_ offset: Int) async throws(RPCStatus) -> RankingAPI.CompareRankingsResponse {
            try await client.compareRankings(
                .init(beforeId: before, afterId: after, page: .init(offset: UInt32(offset), limit: 1000)),
                options: options)
        }
        var whole = try await page(0)
        while whole.changes.count < Int(whole.total) {
            let next = try await page(whole.changes.count)
            guard next.total == whole.total, !next.changes.isEmpty else {
                throw RPCStatus(code: .aborted, message: "the lists changed meanwhile; try again")
            }
            whole.changes += next.changes
        }
        return whole
    }
}

/// How a comparison is written.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}
