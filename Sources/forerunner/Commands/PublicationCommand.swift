import ArgumentParser
import Contracts
import Crypto
import Foundation
import Transparency
import Wire

struct PublicationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publication", abstract: "What agencies published of their results elsewhere.",
        subcommands: [PublicationCheckCommand.self])
}

struct PublicationCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a fetched file is what the agency recorded as its own publication.",
        discussion: """
            LIST is a published ranking list or list of forerunners; FILE is what was fetched from the
            agency's site. Its SHA-256 and length are compared with those on record.

            Exit code 0 when a recorded publication has this content, 1 when none has.

            Example: forerunner publication check LIST-4X0GV6R4WB page.html
            """)

    @Argument(help: "Id of a ranking list or of a list of forerunners.")
    var list: String

    @Argument(help: "The fetched file.")
    var file: String

    @OptionGroup var gateway: GatewayOptions

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            let language = lang.language
            let content = try ContentDigest(path: file)
            let list = list
            let recorded = try await gateway.call { channel throws(RPCStatus) in
                try await Self.publications(of: list, RankingServiceClient(channel))
            }
            let same = recorded.filter { $0.sha256 == content.sha256 && $0.byteCount == content.byteCount }
            for publication in same {
                Console.result("ok\t\(publication.publishedOn)\t\(publication.url)")
            }
            guard same.isEmpty else { return }
            for publication in recorded {
                Console.tell(
                    "\(publication.publishedOn)\t\(publication.byteCount)\t"
                        + "\(HexText.text(publication.sha256))\t\(publication.url)")
            }
            let found = "\(content.byteCount)\t\(HexText.text(content.sha256))"
            throw Failure(
                .no,
                recorded.isEmpty
                    ? language.pick(
                        zh: "“\(list)”没有登记评估机构在其他渠道的发布",
                        en: "no publication of \(list) elsewhere is on record")
                    : language.pick(
                        zh: "文件与登记的内容都不一致：\(found)", en: "the file is none of those on record: \(found)"))
        }
    }

    private static func publications(
        of id: String, _ client: RankingServiceClient
    ) async throws(RPCStatus) -> [RankingAPI.OwnPublication] {
        do {
            return try await client.getRankingList(
                .init(id: id, page: .init(limit: 1)), options: CallOptions()
            ).list?.ownPublications ?? []
        } catch {
            guard error.code == .notFound else { throw error }
            return try await client.getForerunnerList(.init(id: id), options: CallOptions()).ownPublications
        }
    }
}

/// SHA-256 and length of a file, read in parts.
struct ContentDigest {
    let sha256: [UInt8]
    let byteCount: UInt64

    private static let partByteCount = 1 << 20

    init(path: String) throws(Failure) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Failure(.badInput, "\(path) cannot be read; is it there?")
        }
        defer { try? file.close() }
        var hasher = SHA256()
        var count: UInt64 = 0
        do {
            while let part = try file.read(upToCount: Self.partByteCount), !part.isEmpty {
                hasher.update(data: part)
                count += UInt64(part.count)
            }
        } catch {
            throw Failure(.badInput, "\(path) cannot be read: \(error.localizedDescription)")
        }
        sha256 = Array(hasher.finalize())
        byteCount = count
    }
}
