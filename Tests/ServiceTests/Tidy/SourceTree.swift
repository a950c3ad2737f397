import Foundation
import Testing

/// The files of the project as they lie on disk, read once for all checks.
enum SourceTree {
    /// Top folder of the project, found from this file and not through links.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of ours, generated ones too.
    static let swift: [SourceFile] = ["Sources", "Tests", "proto/generator/Sources"]
        .flatMap(paths(under:)).filter { $0.hasSuffix(".swift") }.map(SourceFile.init)

    static let handWritten = swift.filter { !$0.isGenerated }

    /// Hand-written files of the product: no tests.
    static let product = handWritten.filter { !$0.path.hasPrefix("Tests/") }

    /// Paths of all files under a folder, relative to `root`, in order; without hidden ones and build
    /// products.
    static func paths(under folder: String) -> [String] {
        let walk = FileManager.default.enumerator(
            at: root.appending(path: folder), includingPropertiesForKeys: [.isRegularFileKey],
            options: [.skipsHiddenFiles])
        let files = (walk?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
        return files.map { String($0.path.dropFirst(root.path.count + 1)) }.sorted()
    }

    /// Text of a file, or nil when there is none or it is no text.
    static func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Paths that the version control keeps; nil where it does not answer for this folder.
    static let tracked: [String]? = {
        guard FileManager.default.fileExists(atPath: root.appending(path: ".git").path) else { return nil }
        let git = Process()
        let output = Pipe()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-C", root.path, "ls-files", "-z"]
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil, let data = try? output.fileHandleForReading.readToEnd() else {
            return nil
        }
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }()
}

/// A Swift file: its path relative to the top folder, its lines, and what they are made of.
struct SourceFile: Sendable {
    let path: String
    let lines: [String]
    let parts: SwiftText

    var name: String { String(path.split(separator: "/").last ?? "") }
    var isGenerated: Bool { path.contains("/Generated/") }
    /// Name of the target the file belongs to: the folder under Sources.
    var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    init(_ path: String) {
        self.init(path: path, text: SourceTree.text(path) ?? "")
    }

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        parts = path.contains("/Generated/") ? SwiftText("") : SwiftText(text)
    }

    /// An offence at each line that the expression matches; lines are one part of this file.
    func offences(
        _ lines: [String], _ expression: Regex<Substring>, _ what: (String) -> String
    ) -> [Offence] {
        lines.enumerated().flatMap { index, line in
            line.isEmpty
                ? [] : line.matches(of: expression).map { Offence(path, index + 1, what(String($0.0))) }
        }
    }
}

/// A place that breaks a rule of the house, and what is wrong there.
struct Offence: Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let what: String

    init(_ path: String, _ line: Int, _ what: String) {
        self.path = path
        self.line = line
        self.what = what
    }

    var description: String { "\(path):\(line): \(what)" }
}

/// Records each offence at its own place, with what to do about it.
func expectNone(_ offences: [Offence], remedy: String) {
    for offence in offences {
        let place = SourceLocation(
            fileID: "ServiceTests/\(offence.path)", filePath: SourceTree.root.path + "/" + offence.path,
            line: offence.line, column: 1)
        Issue.record("\(offence); \(remedy)", sourceLocation: place)
    }
}
