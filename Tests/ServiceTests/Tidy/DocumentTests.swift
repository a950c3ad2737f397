import Testing

/// Pages name commands; the program must have them.
@Suite("Documents and the program")
struct DocumentTests {
    /// Command to its subcommands, as the sources declare them; "" is the program itself.
    static let commands: [String: Set<String>] = {
        var names: [String: String] = [:]
        var children: [String: [String]] = [:]
        for file in SourceTree.product where file.path.hasPrefix("Sources/forerunner/") {
            let text = file.lines.joined(separator: "\n")
            let declaration = #/struct (\w+): (?:Async)?ParsableCommand \{/#
            let starts = text.matches(of: declaration)
            for (index, start) in starts.enumerated() {
                let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : text.endIndex
                let body = text[start.range.upperBound..<end]
                guard let name = body.firstMatch(of: #/commandName: "([\w-]+)"/#)?.1 else { continue }
                names[String(start.1)] = String(name)
                let list = body.firstMatch(of: #/subcommands: \[([^\]]*)\]/#)?.1 ?? ""
                children[String(start.1)] = list.matches(of: #/(\w+)\.self/#).map { String($0.1) }
            }
        }
        var commands: [String: Set<String>] = [:]
        for (type, name) in names {
            commands[name == "forerunner" ? "" : name] = Set(
                children[type, default: []].compactMap { names[$0] })
        }
        return commands
    }()

    static let pages =
        ["README.md", "deploy/README.md"]
        + SourceTree.paths(under: "Sources").filter { $0.hasSuffix(".md") }

    @Test("the commands are read from the sources")
    func readable() {
        #expect(Self.commands[""]?.isSuperset(of: ["serve", "year", "rank", "ledger"]) == true)
        #expect(Self.commands["ledger"] == ["audit", "backup", "rebuild", "restore"])
    }

    @Test(
        "every command that the README names exists",
        .enabled(if: SourceTree.text("README.md") != nil, "there is no README.md yet"))
    func readme() {
        let named = Self.invocations(in: SourceTree.text("README.md") ?? "")
        #expect(!named.isEmpty, "README.md names no command of the program")
    }

    @Test("every command that a page names exists", arguments: pages)
    func commands(page: String) {
        let built: Set<String> = ["help", "--help", "--version"]
        for call in Self.invocations(in: SourceTree.text(page) ?? "") {
            let children = Self.commands[call.command] ?? []
            let known = Self.commands[""]?.contains(call.command) == true || built.contains(call.command)
            let isWhole = children.isEmpty || call.subcommand.map(children.contains) ?? true
            guard !known || !isWhole else { continue }
            expectNone(
                [
                    Offence(
                        page, call.line, "forerunner \(call.command) \(call.subcommand ?? "") does not exist")
                ],
                remedy: "write the command as `forerunner help` has it")
        }
    }

    private struct Invocation {
        let line: Int
        let command: String
        let subcommand: String?
    }

    /// Calls of the program in indented lines, fenced lines and backquotes.
    private static func invocations(in text: String) -> [Invocation] {
        var isFenced = false
        let call =
            #/(?:^\s*|\$ |run |&& |\| )(?:[\w.\/]*\/)?forerunner ([a-z][a-z-]*|--\w+)(?: ([a-z][a-z-]*))?/#
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
            index, line in
            if line.trimmedBlanks.hasPrefix("```") { isFenced.toggle() }
            let spans =
                isFenced || line.hasPrefix("    ")
                ? [String(line)] : line.matches(of: #/`([^`]+)`/#).map { String($0.1) }
            return spans.flatMap { span in
                span.matches(of: call).map { match in
                    Invocation(
                        line: index + 1, command: String(match.1), subcommand: match.2.map(String.init))
                }
            }
        }
    }
}
