import Testing

@Suite("Citations of the regulation")
struct CitationTests {
    /// The regulation's own numbering.
    static let sections: Set<String> = Set(
        [
            "1", "2.1.1", "2.1.2", "2.1.3", "2.2", "3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.2.1", "3.2.2",
            "3.2.3", "3.2.4", "3.2.5", "3.2.6", "4", "5.1", "5.2", "5.3", "A1", "A2-1", "A2-2",
        ] + (1...7).map { "3.2.6(\($0))" })

    static let ruleFolders = [
        "1-Principles", "2-Duties", "3.1-Schemes", "3.2-Rankings", "3.2-Results", "Annexes",
    ]

    static let law = SourceTree.product.filter { $0.target == "Regulation" }
    static let ruleFiles = law.filter { file in
        ruleFolders.contains { file.path.hasPrefix("Sources/Regulation/\($0)/") }
    }

    /// Sections cited in code, by line; one that ends in an interpolation is cut off there.
    private static func citations(in file: SourceFile) -> [(line: Int, section: String)] {
        zip(file.parts.code, file.lines).enumerated().flatMap { index, line in
            line.0.contains("Citation(\"")
                ? line.1.matches(of: #/Citation\("([^"\\]*)/#).map { (index + 1, String($0.1)) } : []
        }
    }

    @Test("the folders of rules are all looked into")
    func folders() {
        for folder in Self.ruleFolders {
            #expect(Self.ruleFiles.contains { $0.path.contains("/\(folder)/") }, "\(folder) is empty")
        }
        let present = Set(Self.law.map { $0.path.split(separator: "/")[2] })
        let numbered = present.filter { $0.first?.isNumber == true }.map(String.init)
        #expect(
            Set(numbered).subtracting(Self.ruleFolders) == [], "list the new folder of rules in this test")
    }

    @Test("every rule cites its section, and its doc comment names the section")
    func rules() {
        var ruleCount = 0
        let declaration = #/^(?:package )?struct (\w+): (?:\w+, )*Rule\b/#
        for file in Self.ruleFiles {
            for (index, line) in file.parts.code.enumerated() {
                guard let name = line.firstMatch(of: declaration)?.1 else { continue }
                ruleCount += 1
                guard let section = Self.section(of: file, below: index) else {
                    expectNone(
                        [Offence(file.path, index + 1, "\(name) has no citation")],
                        remedy: "add static let citation = Citation(…, term: …)")
                    continue
                }
                let comment = Self.docComment(above: index, in: file)
                if !comment.contains("Regulation \(section)") {
                    expectNone(
                        [
                            Offence(
                                file.path, index + 1, "the doc comment of \(name) does not name its section")
                        ],
                        remedy: "say the duty in a sentence, then “Regulation \(section) (…)”")
                }
            }
        }
        #expect(ruleCount > 50, "too few rules are found: the search is broken")
    }

    @Test("whatever cites a section names it in a comment too")
    func cited() {
        expectNone(
            Self.ruleFiles.flatMap { file -> [Offence] in
                let comments = file.parts.comments.joined(separator: "\n")
                return Self.citations(in: file).filter { !comments.contains($0.section.trimmedParenthesis) }
                    .map {
                        Offence(
                            file.path, $0.line, "\($0.section) is cited and no comment of the file names it")
                    }
            },
            remedy: "name the section in the doc comment of the type that cites it")
    }

    @Test("every cited section exists in the regulation")
    func existing() {
        var citedCount = 0
        for file in SourceTree.product {
            var found = Self.citations(in: file)
            citedCount += found.count
            for (index, comment) in file.parts.comments.enumerated() where comment.contains("Regulation ") {
                let named = comment.matches(of: #/\bRegulation (A?[0-9](?:[0-9.\-]*[0-9])?(?:\([0-9]+\))?)/#)
                found += named.map { (index + 1, String($0.1)) }
            }
            expectNone(
                found.filter { !Self.exists($0.section) }.map {
                    Offence(file.path, $0.line, "the regulation has no section \($0.section)")
                },
                remedy: "cite by the regulation's own numbering")
        }
        #expect(citedCount > 50, "too few citations are found: the search is broken")
    }

    @Test("every reading that the law refers to is written down")
    func readings() {
        let text = SourceTree.text("Sources/Regulation/Regulation.docc/Readings.md") ?? ""
        let written = Set(text.matches(of: #/(?m)^(?:\|\s*|- )(R[0-9]+)(?:\s*\||:)/#).map { String($0.1) })
        #expect(written.count > 20, "too few readings are found: the search is broken")
        expectNone(
            Self.law.flatMap { file in
                file.offences(file.parts.comments, #/\bR[0-9]+\b/#) { $0 }.filter {
                    !written.contains($0.what)
                }
            },
            remedy: "write the reading into Readings.md with its reason")
    }

    /// The section that a type's citation names below its declaration, or the type that it takes it from.
    private static func section(of file: SourceFile, below index: Int) -> String? {
        let borrowed = file.parts.code[index...].lazy.compactMap {
            $0.firstMatch(of: #/static let citation = (\w+)\.citation/#)?.1
        }.first
        if let lender = borrowed, let source = ruleFiles.first(where: { $0.name == "\(lender).swift" }) {
            return citations(in: source).first?.section
        }
        return citations(in: file).first { $0.line > index }?.section
    }

    private static func exists(_ section: String) -> Bool {
        sections.contains(section) || section.hasSuffix("(") && sections.contains { $0.hasPrefix(section) }
    }

    private static func docComment(above index: Int, in file: SourceFile) -> String {
        let above = file.lines[..<index].reversed().prefix { $0.hasPrefix("///") || $0.hasPrefix("@") }
        return above.reversed().map { $0.drop { $0 == "/" || $0 == " " } }.joined(separator: " ")
    }
}

extension String {
    /// Without the parenthesis that an interpolated number would follow.
    fileprivate var trimmedParenthesis: Substring { hasSuffix("(") ? dropLast() : self[...] }
}
