import Credentials
import Foundation
import Testing
import Transparency

/// Our titles and status lists in the hands of other people's libraries.
@Suite("Titles and foreign libraries", .timeLimit(.minutes(2)))
struct TitleCheckerTests {
    /// What the checkers read.
    private struct Given: Encodable {
        struct Case: Encodable {
            let kind: String
            let token: String
        }

        let issuer: String
        let titles: KeySet
        let lists: KeySet
        let title: String
        let list: String
        let cases: [Case]
    }

    private struct KeySet: Encodable {
        struct Key: Encodable {
            let kty = "OKP"
            let crv = "Ed25519"
            let alg = "EdDSA"
            let x: String
            let kid: String
        }

        let keys: [Key]

        init(_ keys: TokenKeys) {
            self.keys = keys.keys.map { Key(x: Base64.text($0.publicKey, .url), kid: $0.id) }
        }
    }

    /// A folder's Python, which deploy/dev/install makes with the two packages, or any that has them.
    static let python: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        return [root + "/.build-python/bin/python3", "/usr/bin/python3"].first { path in
            (try? ForeignProgram.run(path, ["-c", "import jwt, sd_jwt.verifier"]).status) == 0
        }
    }()

    static let node: String? = {
        (try? ForeignProgram.run("/usr/bin/env", ["node", "--version"]).status) == 0 ? "node" : nil
    }()

    /// Good ones first: a checker that refuses everything proves nothing.
    private static func given() throws -> (Data, expected: [Bool], names: [String]) {
        let stage = CredentialStage()
        let title = try stage.title()
        let list = try stage.list(ended: [1, 94_566]).text
        var cases = [
            Given.Case(kind: "title", token: title.text), Given.Case(kind: "title", token: title.token),
            Given.Case(kind: "list", token: list),
        ]
        cases += ForgedToken.all.map { Given.Case(kind: $0.kind.rawValue, token: $0.token) }
        let given = Given(
            issuer: CredentialStage.issuer, titles: KeySet(stage.trust.titleKeys),
            lists: KeySet(stage.trust.statusKeys), title: title.text, list: list, cases: cases)
        return (
            try JSONEncoder().encode(given), [true, true, true] + ForgedToken.all.map { _ in false },
            ["title with tilde", "title", "list"] + ForgedToken.all.map(\.testDescription)
        )
    }

    private static func script(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/" + path
    }

    @Test(
        "PyJWT and sd-jwt accept what is good and refuse what is forged",
        .enabled(if: python != nil, "no python3 with PyJWT and sd-jwt: run deploy/dev/install check"))
    func inPython() throws {
        let (input, expected, names) = try Self.given()
        let outcome = try ForeignProgram.run(
            try #require(Self.python), [Self.script("Python/title_checker.py")], input: input)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let answers = try JSONDecoder().decode([[String: Bool]].self, from: outcome.output)
        try #require(answers.count == expected.count)
        for (index, answer) in answers.enumerated() {
            #expect(answer == ["pyjwt": expected[index], "sd-jwt": expected[index]], "\(names[index])")
        }
    }

    @Test(
        "Node's own cryptography accepts what is good and refuses what is forged",
        .enabled(if: node != nil, "no node: run deploy/dev/install check"))
    func inNode() throws {
        let (input, expected, names) = try Self.given()
        let outcome = try ForeignProgram.run(
            "/usr/bin/env", ["node", Self.script("Node/title_checker.mjs")], input: input)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let answers = try JSONDecoder().decode([Bool].self, from: outcome.output)
        try #require(answers.count == expected.count)
        for (index, answer) in answers.enumerated() {
            #expect(answer == expected[index], "\(names[index])")
        }
    }
}
