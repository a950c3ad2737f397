import Foundation

/// What each target may import, as Package.swift lists it.
struct PackageTable {
    /// Target to the modules it lists: our own targets and the products of other packages.
    let modules: [String: Set<String>]

    /// Modules that come with the toolchain and the system; no target lists them.
    static let platform: Set<String> = [
        "Foundation", "FoundationEssentials", "FoundationNetworking", "Synchronization", "Dispatch", "Glibc",
        "Darwin",
    ]

    init(manifest: String) {
        let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        let product = #/\.product\(name: "(\w+)", package: "[^"]+"\)/#
        var constants: [String: String] = [:]
        for constant in text.matches(of: #/let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/#) {
            constants[String(constant.1)] = String(constant.2)
        }
        var modules: [String: Set<String>] = [:]
        let opening = #/\.(?:target|executableTarget|testTarget|systemLibrary)\(\s*name: "([\w-]+)"/#
        for target in text.matches(of: opening) {
            let body = Self.bracketed(text[target.range.lowerBound...], "(", ")")
            var listed: Set<String> = []
            if let start = body.firstRange(of: "dependencies:") {
                let list = Self.bracketed(body[start.upperBound...], "[", "]")
                listed.formUnion(list.matches(of: product).map { String($0.1) })
                let own = list.replacing(product, with: "")
                listed.formUnion(own.matches(of: #/"([\w-]+)"/#).map { String($0.1) })
                let bare = own.replacing(#/"[^"]*"/#, with: "")
                listed.formUnion(bare.matches(of: #/\w+/#).map { constants[String($0.0)] ?? String($0.0) })
            }
            modules[String(target.1)] = listed
        }
        self.modules = modules
    }

    /// From the first opening bracket to the one that closes it.
    private static func bracketed(_ text: Substring, _ open: Character, _ close: Character) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close {
                depth -= 1
                if depth == 0 { return text[...index] }
            }
        }
        return text
    }
}

/// One import in a source file.
struct ImportLine {
    let file: SourceFile
    let line: Int
    let module: String

    static func all(in file: SourceFile) -> [ImportLine] {
        let form =
            #/^(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)\s+)*import\s+(?:(?:struct|class|enum|func|protocol|typealias|let|var)\s+)?(\w+)/#
        let lines = file.isGenerated ? file.lines : file.parts.code
        return lines.enumerated().compactMap { index, line in
            guard line.contains("import "), let match = line.trimmedBlanks.firstMatch(of: form) else {
                return nil
            }
            return ImportLine(file: file, line: index + 1, module: String(match.1))
        }
    }
}

extension StringProtocol {
    /// Without the blanks at either end.
    var trimmedBlanks: String { trimmingCharacters(in: .whitespaces) }
}
