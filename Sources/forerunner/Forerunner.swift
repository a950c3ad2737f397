import ArgumentParser

/// The one program: every role and every client command.
@main
struct Forerunner: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forerunner",
        abstract:
            "Rankings, forerunner titles and their public record under the "
            + "Enterprise Standard Forerunner programme.",
        discussion: """
            Exit codes: 0 done; 1 the answer is no; 2 usage or bad input; 3 a service could not be reached;
            4 the record may be damaged. Results go to standard output, words for people to standard error.
            """,
        subcommands: [
            ServeCommand.self, YearCommand.self, RankCommand.self, ExplainCommand.self, StudyCommand.self,
            StatisticsCommand.self, ImportCommand.self, CallCommand.self, DescribeCommand.self,
            TitleCommand.self, LedgerCommand.self, CalendarCommand.self, CheckCommand.self, PkiCommand.self,
            LogCommand.self, LetterCommand.self, CompareCommand.self, PublicationCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            // Usage errors end with 2 here, whatever the platform's own number is; help and version with 0.
            if exitCode(for: error) == .success { exit(withError: error) }
            Console.tell(fullMessage(for: error))
            exit(withError: ExitCode(Ending.badInput.rawValue))
        }
    }
}
