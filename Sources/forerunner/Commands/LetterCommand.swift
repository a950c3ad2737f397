import ArgumentParser
import Contracts
import RankingService
import Wire

struct LetterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letter",
        abstract: "Write the letter that submits a result, in the form of Annex 2-1 or 2-2.",
        discussion: """
            ID is a ranking list (Annex 2-1) or a list of forerunners (Annex 2-2). The letter is for its
            agency and the work agency, so a token is needed.

            html is a page to print on A4, with room for the seal; csv has the annex's columns (RFC 4180,
            UTF-8); json is the letter as data. The letter's digest is recomputed from its rows.

            Example: forerunner letter LIST-4X0GV6R4WB --format html > letter.html
            """)

    @Argument(help: "Id of a ranking list or of a list of forerunners.")
    var id: String

    @Option(help: "json, csv or html.")
    var format = LetterFormat.json

    @Option(help: "Token to present; FORERUNNER_TOKEN by default.")
    var token: String?

    @OptionGroup var gateway: GatewayOptions

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            let language = lang.language
            let (id, options) = (id, ClientToken.options(token))
            let read = try await gateway.call { channel throws(RPCStatus) in
                try await AssembledLetter.read { (offset: Int) async throws(RPCStatus) in
                    try await RankingServiceClient(channel).getLetter(
                        .init(
                            subjectId: id, page: .init(offset: UInt32(offset), limit: Self.rowCountOfPage)),
                        options: options)
                }
            }
            let letter: AssembledLetter
            switch read {
            case .success(let whole): letter = whole
            case .failure(.changed):
                throw Failure(
                    .no, language.pick(zh: "读取期间榜单有变动，请重试", en: "the list changed meanwhile; try again"))
            case .failure(.digestDiffers):
                throw Failure(
                    .no,
                    language.pick(
                        zh: "各行与函件摘要不符，不能使用", en: "the rows do not give the letter's digest; do not use it"))
            }
            switch format {
            case .json: Console.result(letter.letter.jsonText(pretty: true))
            case .csv: Console.result(letter.letter.csv, terminator: "")
            case .html: Console.result(LetterPage(letter).html, terminator: "")
            }
            Console.tell(Self.words(letter, language))
        }
    }

    /// The most that a page may have.
    private static let rowCountOfPage: UInt32 = 1000

    private static func words(_ letter: AssembledLetter, _ language: Language) -> String {
        let count = letter.letter.rows.count
        return switch letter.standing {
        case .notSubmitted: language.pick(zh: "共\(count)项，尚未提交", en: "\(count) rows; not submitted yet")
        case .asSubmitted: language.pick(zh: "共\(count)项，与提交时一致", en: "\(count) rows, as submitted")
        case .changedSince:
            language.pick(
                zh: "共\(count)项；提交后有变动（如企业撤回同意）",
                en: "\(count) rows; changed since the submission, as when a consent is withdrawn")
        }
    }
}

/// How a letter is written.
enum LetterFormat: String, CaseIterable, ExpressibleByArgument {
    case json, csv, html
}
