import ArgumentParser
import Credentials
import Foundation
import Transparency

struct TitleVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a title that was handed out, offline.",
        discussion: """
            FILE is a title's credential. Beside it are looked for the status list (same name, .statuslist)
            and the proof that the title is in the public log (.tlog-proof); `forerunner title fetch` brings
            all three. The keys come from a file that was fetched once and kept, never from the title.

            Prints each check, and how old what it rests on is. Exit code 0 when the title is valid, 1 when it
            is not, or when not enough is known: a title whose status list is missing or has run out is shown
            as unverified.

            Example: forerunner title verify TITLE-8Q2M6ZK3TD.sdjwt --trust trust.json
            """)

    @Argument(help: "The title's credential.")
    var file: String

    @Option(help: "Keys to be trusted, as /trust.json of the site gave them.")
    var trust: String

    @Option(help: "Status list; otherwise the file beside the title.")
    var status: String?

    @Option(help: "Proof of the log; otherwise the file beside the title.")
    var proof: String?

    @Option(help: "Moment to check for, in seconds since 1970; otherwise now.")
    var at: Int64?

    @Option(help: "table or json.")
    var format = OutputFormat.table

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        try await endingWith {
            let trust = try TrustFile.read(self.trust)
            let base = (file as NSString).deletingPathExtension
            let verification = TitleVerification(
                trust: trust, at: at ?? Int64(Date().timeIntervalSince1970))
            let verdict = verification.verify(
                title: try InputFiles.text(file, "credential"),
                status: try beside(status, base + ".statuslist"),
                proof: try beside(proof, base + ".tlog-proof").map { Array($0.utf8) })
            switch format {
            case .table: TitleReport(verdict, lang.language).tell()
            case .json: Console.result(String(decoding: TitleReport.json(verdict).encoded, as: UTF8.self))
            }
            guard verdict.conclusion == .valid else {
                throw Failure(
                    .no,
                    verdict.conclusion == .invalid
                        ? lang.language.pick(zh: "称号无效", en: "the title is not valid")
                        : lang.language.pick(zh: "称号未能核实", en: "the title could not be verified"))
            }
        }
    }

    /// A file that was named must be there; one beside the title may be missing.
    private func beside(_ named: String?, _ usual: String) throws(Failure) -> String? {
        if let named { return try InputFiles.text(named, "file") }
        return FileManager.default.fileExists(atPath: usual) ? try InputFiles.text(usual, "file") : nil
    }
}

/// Pinned keys on disk.
enum TrustFile {
    static func read(_ path: String) throws(Failure) -> TitleTrust {
        let text = try InputFiles.text(path, "trust file")
        let json: CanonicalJSON
        do throws(JSONFlaw) {
            json = try CanonicalJSON(Array(text.utf8))
        } catch {
            throw Failure(.badInput, "\(path) is no JSON: \(error)")
        }
        do throws(CredentialFlaw) {
            return try TitleTrust(json)
        } catch {
            throw Failure(.badInput, "\(path) is no file of trusted keys: \(error)")
        }
    }
}
