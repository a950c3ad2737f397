import Foundation
import Testing

@testable import Regulation

@Suite("The book of rules")
struct RuleBookTests {
    static let sources = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../Sources/Regulation").standardizedFileURL
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    static let folders = [
        "1-Principles", "2-Duties", "3.1-Schemes", "3.2-Results", "Annexes", "3.2-Rankings/Gates",
    ]

    static func texts(in folder: URL) throws -> [String: String] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let swift = files.filter { $0.pathExtension == "swift" }
        return try Dictionary(
            uniqueKeysWithValues: swift.map {
                ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
            })
    }

    @Test("every rule in the sources is listed")
    func complete() throws {
        let declaration = #/package struct (\w+): Rule \{/#
        var rules: Set<String> = []
        for folder in Self.folders {
            for text in try Self.texts(in: Self.sources.appending(path: folder)).values {
                rules.formUnion(text.matches(of: declaration).map { String($0.1) })
            }
        }
        #expect(rules.count > 50)
        #expect(rules.subtracting(RuleBook.entries.map(\.rule)) == [])
    }

    @Test("every entry has a file of its name and is listed once")
    func files() throws {
        var names: Set<String> = []
        for folder in Self.folders {
            names.formUnion(try Self.texts(in: Self.sources.appending(path: folder)).keys)
        }
        let holders = [
            "CommitteeCompositionRule": "ExpertRepresentation",
            "SchemeObjectionRule": "SchemeObjectionSettlement",
        ]
        for entry in RuleBook.entries {
            #expect(names.contains((holders[entry.rule] ?? entry.rule) + ".swift"), "\(entry.rule)")
        }
        #expect(Set(RuleBook.entries.map(\.rule)).count == RuleBook.entries.count)
    }

    @Test("entries stand in the order of the regulation")
    func order() {
        let sections = RuleBook.entries.map { entry in
            entry.citation.section.prefix { $0 != "(" }.split { $0 == "." || $0 == "-" }.map(String.init)
        }
        for (earlier, later) in zip(sections, sections.dropFirst()) {
            #expect(!later.lexicographicallyPrecedes(earlier), "\(earlier) before \(later)")
        }
    }

    @Test("summaries are in both languages and end as sentences")
    func summaries() {
        for entry in RuleBook.entries {
            #expect(entry.summaryZH.hasSuffix("。") && entry.summaryEN.hasSuffix("."), "\(entry.rule)")
        }
    }

    @Test("every finding code of the rules occurs in a test")
    func codes() throws {
        let literal = #/(?:code: |add\(\s*)"([A-Z][A-Z_]+)"/#
        var codes: Set<String> = []
        for folder in Self.folders.dropLast() {
            for text in try Self.texts(in: Self.sources.appending(path: folder)).values {
                codes.formUnion(text.matches(of: literal).map { String($0.1) })
            }
        }
        var tested = ""
        for folder in ["Principles", "Duties", "Schemes", "Results", "Annexes"] {
            tested += try Self.texts(in: Self.tests.appending(path: folder)).values.joined()
        }
        #expect(codes.count > 100)
        #expect(codes.filter { !tested.contains("\"\($0)\"") }.sorted() == [])
    }
}
