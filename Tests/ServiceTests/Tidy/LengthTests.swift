import Testing

/// A ratchet: the limits hold for every hand-written file but the listed ones, and a listed one that has
/// become shorter than the limit must be taken off.
@Suite("Lengths")
struct LengthTests {
    static let fileLineCountMax = 400
    static let columnCountMax = 110
    static let functionLineCountMax = 60

    /// Path to the reason why the file may be longer. To be kept empty.
    static let longFiles: [String: String] = [:]
    /// "path name" to the reason why the function may be longer. To be kept empty.
    static let longFunctions: [String: String] = [
        "Tests/ServiceTests/RegulatedYear/InProcessPlatform.swift init": "puts three authorities together"
    ]

    @Test("a file has at most 400 lines")
    func files() {
        let long = SourceTree.handWritten.filter { $0.lines.count - 1 > Self.fileLineCountMax }
        expectNone(
            long.filter { Self.longFiles[$0.path] == nil }.map {
                Offence($0.path, Self.fileLineCountMax + 1, "the file has \($0.lines.count - 1) lines")
            },
            remedy: "part it by role or by phase")
        for path in Set(Self.longFiles.keys).subtracting(long.map(\.path)).sorted() {
            Issue.record("\(path) is short enough; take it off the list of long files")
        }
    }

    @Test("a line has at most 110 columns")
    func lines() {
        expectNone(
            SourceTree.handWritten.flatMap { file in
                file.lines.enumerated().filter {
                    $0.element.utf8.count > Self.columnCountMax && $0.element.count > Self.columnCountMax
                        && !Self.isRegularExpression(file, $0.offset)
                }.map { Offence(file.path, $0.offset + 1, "the line has \($0.element.count) columns") }
            },
            remedy: "run the formatter, wrap the comment or part the literal")
    }

    @Test("a function has at most 60 lines")
    func functions() {
        var long: [String: Offence] = [:]
        var count = 0
        for file in SourceTree.handWritten {
            let spans = FunctionSpan.all(in: file.parts.code)
            count += spans.count
            for span in spans where span.lineCount > Self.functionLineCountMax {
                long["\(file.path) \(span.name)"] = Offence(
                    file.path, span.line, "\(span.name) has \(span.lineCount) lines")
            }
        }
        #expect(count > 1000, "too few functions are found: the count is broken")
        expectNone(
            long.filter { Self.longFunctions[$0.key] == nil }.values.sorted { $0.path < $1.path },
            remedy: "give its steps names of their own")
        for name in Set(Self.longFunctions.keys).subtracting(long.keys).sorted() {
            Issue.record("\(name) is short enough; take it off the list of long functions")
        }
    }

    @Test("braces are counted past comments, literals and requirements of protocols")
    func counting() {
        let text = """
            protocol Desk { 
                func requirement(_ value: Int)
                    -> String
            }
            struct Counter {
                func first(_ text: String = "{") -> String {
                    // } is not counted
                    let closure = { (value: Int) in value }
                    return "\\(closure(1)) } {"
                }
                init() {}
            }
            """
        let spans = FunctionSpan.all(in: SwiftText(text).code)
        #expect(spans.map(\.name) == ["first", "init"])
        #expect(spans.map(\.lineCount) == [5, 1])
    }

    /// A regular expression cannot be parted; it fills its line alone.
    private static func isRegularExpression(_ file: SourceFile, _ index: Int) -> Bool {
        let line = file.lines[index].trimmedBlanks
        return line.hasPrefix("#/") && line.hasSuffix("/#")
    }
}
