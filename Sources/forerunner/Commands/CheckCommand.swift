import ArgumentParser
import Regulation

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check credit codes and standard numbers.",
        subcommands: [CheckCreditCodeCommand.self, CheckStandardNumberCommand.self])
}

struct CheckCreditCodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credit-code",
        abstract: "Check a unified social credit code (统一社会信用代码, GB 32100).",
        discussion: """
            Prints CODE, a tab, and “ok” or the reason. With “-” reads codes from standard input, one a line.
            Exit code 1 when any code is wrong.
            """)

    @Argument(help: "An 18-character code, or - for standard input.")
    var code: String

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            try checkEach(code) { text in
                do throws(CreditCodeFlaw) {
                    _ = try CreditCode(text)
                    return nil
                } catch {
                    return language.pick(zh: error.messageZH, en: error.messageEN)
                }
            }
        }
    }
}

struct CheckStandardNumberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standard-number",
        abstract:
            "Check the number of a national, industry, local, group, enterprise or international standard.",
        discussion: """
            Prints NUMBER, a tab, and “ok” or the reason. With “-” reads numbers from standard input, one a
            line. Exit code 1 when any number is wrong.
            """)

    @Argument(help: "A standard number as in “GB/T 9756-2018” or “Q/MP102-2021”, or - for standard input.")
    var number: String

    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            try checkEach(number) { text in
                do throws(StandardNumberFlaw) {
                    _ = try StandardNumber(text)
                    return nil
                } catch {
                    return language.pick(zh: error.messageZH, en: error.messageEN)
                }
            }
        }
    }
}

/// Prints each text with “ok” or what is wrong with it; fails with “no” when anything is.
private func checkEach(_ argument: String, _ flaw: (String) -> String?) throws(Failure) {
    var wrongCount = 0
    func check(_ text: String) {
        let reason = flaw(text)
        if reason != nil { wrongCount += 1 }
        Console.result("\(text)\t\(reason ?? "ok")")
    }
    if argument == "-" {
        while let line = readLine() { check(line) }
    } else {
        check(argument)
    }
    if wrongCount > 0 { throw Failure(.no, "\(wrongCount) not valid") }
}
