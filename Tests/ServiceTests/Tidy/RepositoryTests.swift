import Testing

@Suite("The repository")
struct RepositoryTests {
    @Test(
        "the top level holds nothing but what belongs there",
        .enabled(if: SourceTree.tracked != nil, "there is no repository here to ask which files are kept"))
    func topLevel() {
        let kept: Set<String> = ["Package.swift", "README.md", "Sources", "Tests", "proto", "deploy"]
        let tracked = SourceTree.tracked ?? []
        #expect(tracked.count > 300)
        let tops = Set(tracked.map { String($0.prefix { $0 != "/" }) })
        for top in tops.subtracting(kept).sorted() where !top.hasPrefix(".") {
            Issue.record("\(top) stands at the top level; move it into Sources, Tests, proto or deploy")
        }
    }

    @Test("no file knows a machine's folders or a package registry")
    func places() {
        let folders = #/(?:^|[\s"'=:(,`])\/(?:work|root|home|Users)\//#
        let hosts =
            #/registry\.[a-z0-9-]+\.[a-z]{2,}|registry-1\.|\bpypi\.org|\bcrates\.io|npmjs\.|\bdocker\.io|artifactory|proxy\.golang|deb\.debian\.org/#
        // Every match of either has one of these in it; a file without them needs no closer look.
        let marks = [
            "/work/", "/root/", "/home/", "/Users/", "registry", "pypi", "crates", "npmjs", "docker",
            "artifactory", "proxy.golang", "deb.debian",
        ]
        let top = ["Package.swift", "README.md", ".gitignore", ".swift-format", ".ci/run"]
        let paths = ["Sources", "Tests", "proto", "deploy"].flatMap(SourceTree.paths(under:)) + top
        // The expressions above stand in this very file.
        let texts = paths.filter { !$0.hasSuffix("Tidy/RepositoryTests.swift") && !$0.hasSuffix(".gz") }
        #expect(texts.count > 400)
        for path in texts {
            guard let text = SourceTree.text(path), marks.contains(where: text.contains) else { continue }
            for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let found = line.firstMatch(of: folders)?.0 ?? line.firstMatch(of: hosts)?.0
                guard let found else { continue }
                expectNone(
                    [Offence(path, index + 1, "names \(String(found).trimmedBlanks)")],
                    remedy: "take the place from an option or from the environment")
            }
        }
    }

    @Test(
        "every bundled file is named in the README beside it",
        arguments: ["Sources/RegulatedYear/Resources"])
    func bundled(folder: String) {
        let readme = SourceTree.text(folder + "/README.md") ?? ""
        let paths = SourceTree.paths(under: folder).filter { $0 != folder + "/README.md" }
        let names = paths.map { String($0.dropFirst(folder.count + 1)) }
        expectNone(
            zip(paths, names).filter { !readme.contains("`\($0.1.split(separator: "/").last ?? "")`") }.map {
                Offence($0.0, 1, "README.md of \(folder) does not name it")
            },
            remedy: "say there, in backquotes, what it is and where it comes from")
        let files = readme.matches(of: #/`([\w.-]+\.(?:json|csv|csv\.gz|ndjson|txt|hex|bin))`/#).map(\.1)
        for file in files where !names.contains(where: { $0 == file || $0.hasSuffix("/\(file)") }) {
            Issue.record("\(folder)/README.md names \(file), which is not there; take the name out")
        }
    }
}
