import Credentials
import Foundation
import Testing
import Transparency

@Suite("Checking titles offline")
struct TitleVerificationTests {
    private let stage = CredentialStage()

    private func outcome(_ verdict: TitleVerdict, _ subject: TitleVerdict.Subject) -> TitleVerdict.Outcome? {
        verdict.checks.first { $0.subject == subject }?.outcome
    }

    @Test("a title with a fresh list and a proof is valid, in both forms")
    func valid() throws {
        let title = try stage.title()
        let list = try stage.list(ended: [94_566, 94_568]).text
        for text in [title.text, title.token, title.text + "\n"] {
            let verdict = stage.verdict(text, list, try stage.proof(of: title.digest))
            #expect(verdict.conclusion == .valid, "\(verdict.checks)")
            #expect(verdict.checks.map(\.subject) == TitleVerdict.Subject.allCases)
            #expect(verdict.claims == stage.claims)
        }
    }

    @Test("a forged or odd title or list is never valid", arguments: ForgedToken.all)
    func forged(_ forged: ForgedToken) throws {
        switch forged.kind {
        case .title:
            let verdict = stage.verdict(forged.token, try stage.list().text)
            #expect(verdict.conclusion == .invalid)
        case .list:
            let verdict = stage.verdict(try stage.title().text, forged.token)
            #expect(verdict.conclusion == (forged.name == "with the title ended" ? .invalid : .unverified))
        }
    }

    @Test("titles one after another are judged by their own list and proof, as each of them alone")
    func oneAfterAnother() throws {
        let title = try stage.title()
        let index = stage.claims.status.index
        let (list, ended) = (try stage.list(), try stage.list(ended: [index]))
        let (proof, bare) = (
            try stage.proof(of: title.digest), try stage.proof(of: title.digest, witnessed: false)
        )
        let foreign = try stage.list(signer: CredentialStage.titleSigner)
        var verification = TitleVerification(trust: stage.trust, at: stage.now)
        let rows: [(StatusListToken, LogProof, TitleVerdict.Conclusion)] = [
            (list, proof, .valid), (list, proof, .valid), (ended, proof, .invalid), (list, bare, .invalid),
            (foreign, proof, .unverified), (list, proof, .valid),
        ]
        for (list, proof, conclusion) in rows {
            let verdict = verification.verifyNext(
                title: title.text, status: list.text + "\n", proof: proof.encoded)
            #expect(verdict.conclusion == conclusion, "\(verdict.checks)")
            #expect(verdict == stage.verdict(title.text, list.text, proof))
        }
    }

    @Test("without a status list a title is unverified")
    func withoutList() throws {
        #expect(stage.verdict(try stage.title().text, nil).conclusion == .unverified)
    }

    @Test("what an old list says to have ended stays ended, what it says to hold does not")
    func staleList() throws {
        let index = stage.claims.status.index
        let old = stage.now - 100_000
        let title = try stage.title().text
        #expect(stage.verdict(title, try stage.list(ended: [index], at: old).text).conclusion == .invalid)
        #expect(stage.verdict(title, try stage.list(at: old).text).conclusion == .unverified)
    }

    @Test("a title holds from its first moment, and no longer at its last")
    func moments() throws {
        let title = try stage.title().text
        for (moment, passes) in [
            (stage.claims.notBefore - 1, false), (stage.claims.notBefore, true),
            (stage.claims.expires - 1, true), (stage.claims.expires, false),
        ] {
            let found = outcome(stage.verdict(title, nil, at: moment), .time)
            if case .passed? = found { #expect(passes) } else { #expect(!passes) }
        }
    }

    @Test("a proof of another entry, of another log, without witnesses or without the entry fails")
    func proofs() throws {
        let title = try stage.title()
        let list = try stage.list().text
        let stranger = try #require(LogSigner(name: stage.log.key.name, seed: Array(repeating: 8, count: 32)))
        let good = try stage.proof(of: title.digest)
        let bad = [
            try stage.proof(of: Array(repeating: 0, count: 32)),
            try stage.proof(of: title.digest, by: stranger),
            try stage.proof(of: title.digest, witnessed: false),
            LogProof(index: good.index, hashes: good.hashes, note: good.note),
            LogProof(extra: good.extra, index: LeafIndex(0), hashes: good.hashes, note: good.note),
            LogProof(extra: good.extra, index: good.index, hashes: good.hashes.reversed(), note: good.note),
        ]
        #expect(stage.verdict(title.text, list, good).conclusion == .valid)
        for proof in bad { #expect(stage.verdict(title.text, list, proof).conclusion == .invalid) }
        let garbage = TitleVerification(trust: stage.trust, at: stage.now)
            .verify(title: title.text, status: list, proof: [1, 2, 3])
        #expect(garbage.conclusion == .invalid)
    }

    @Test("pinned keys are read as they were written; a key for two purposes is refused")
    func trust() throws {
        let trust = stage.trust
        #expect(try TitleTrust(CanonicalJSON(trust.json.encoded)) == trust)
        let shared = TitleTrust(
            issuer: trust.issuer, titleKeys: trust.titleKeys, statusKeys: trust.titleKeys, log: trust.log,
            witnesses: [], witnessCountMin: 0)
        #expect(throws: CredentialFlaw.self) { try TitleTrust(shared.json) }
        for name in ["issuer", "titles", "statuslists", "log", "witnesses", "witnesses_needed"] {
            var members = try #require(trust.json.asObject)
            members[name] = nil
            let without = CanonicalJSON.object(members)
            #expect(throws: CredentialFlaw.self, "\(name)") { try TitleTrust(without) }
        }
    }

    @Test("an older key still vouches for what it signed")
    func rotation() throws {
        let trust = stage.trust
        let rotated = TitleTrust(
            issuer: trust.issuer,
            titleKeys: TokenKeys(trust.titleKeys.keys + [CredentialStage.signer(5).key]),
            statusKeys: trust.statusKeys, log: trust.log, witnesses: [], witnessCountMin: 0)
        let old = try stage.title()
        let new = try #require(try TitleCredential.issue(stage.claims, by: CredentialStage.signer(5)))
        for title in [old, new] {
            let verdict = TitleVerification(trust: rotated, at: stage.now)
                .verify(title: title.text, status: try stage.list().text, proof: nil)
            #expect(verdict.conclusion == .valid)
        }
    }
}

@Suite("Formats of credentials")
struct CredentialFormatTests {
    @Test("a key's thumbprint is that of RFC 8037")
    func thumbprint() throws {
        let bytes = try #require(Base64.bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", .url))
        #expect(TokenKey(publicKey: bytes)?.id == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test("bits of a status list stand as the draft's example has them")
    func statusBits() throws {
        let expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
        var list = StatusList(entryCount: 16)
        for (index, bit) in expected.enumerated() where bit == 1 { list.end(index) }
        #expect(list.bytes == [0xB9, 0xA3])
        #expect((0..<16).map { list.isEnded($0) == true ? 1 : 0 } == expected)
        #expect(list.isEnded(16) == nil)
        #expect(list.isEnded(-1) == nil)
    }

    @Test("a list of a million titles is small")
    func size() throws {
        let stage = CredentialStage()
        // One in thirty ended: more than in any year of such a programme.
        let ended = (0..<33_000).map { _ in Int.random(in: 0..<StatusList.entryCountMax) }
        #expect(try stage.list(ended: ended).text.utf8.count < 200_000)
    }

    @Test(
        "base64 has one spelling",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("\u{3FF}?>", "z78_Pg"),
        ])
    func base64(_ plain: String, _ text: String) {
        #expect(Base64.text(Array(plain.utf8), .url) == text)
        #expect(Base64.bytes(text, .url) == Array(plain.utf8))
        let padded =
            text.replacingOccurrences(of: "_", with: "/")
            + String(repeating: "=", count: (4 - text.count % 4) % 4)
        #expect(Base64.text(Array(plain.utf8)) == padded)
        #expect(Base64.bytes(padded) == Array(plain.utf8))
    }

    @Test(
        "other spellings are refused",
        arguments: ["Zg=", "Zh", "Zm9", "Z", "Zm9v\n", "Zm 9v", "Zm+v", "Zm9v===="])
    func otherSpellings(_ text: String) {
        #expect(Base64.bytes(text, .url) == nil)
    }
}
