import Credentials
import Crypto
import Foundation
import PublicLog
import Testing
import Transparency

/// An issuer with known keys, a title, its status list and its proof, all of the present moment, as foreign
/// libraries ask the clock themselves.
struct CredentialStage {
    static let issuer = "https://titles.example"
    static let titleSigner = signer(3)
    static let statusSigner = signer(4)
    static let listURI = "\(issuer)/statuslists/0"

    let now = Int64(Date().timeIntervalSince1970)
    let log = NoteStage().log

    static func signer(_ byte: UInt8) -> TokenSigner {
        guard let signer = TokenSigner(seed: Array(repeating: byte, count: 32)) else {
            preconditionFailure("a seed has 32 bytes")
        }
        return signer
    }

    var trust: TitleTrust {
        TitleTrust(
            issuer: Self.issuer, titleKeys: TokenKeys([Self.titleSigner.key]),
            statusKeys: TokenKeys([Self.statusSigner.key]), log: log.key,
            witnesses: [NoteStage().witness.key],
            witnessCountMin: 1)
    }

    var claims: TitleClaims {
        TitleClaims(
            issuer: Self.issuer, titleID: "TITLE-8Q2M6ZK3TD",
            enterprise: .init(creditCode: "91440400192548256N", name: "示例照明有限公司"),
            agency: .init(creditCode: "91310104D5L3DGRG16", name: "照明电器检测评估中心"), product: "球泡灯",
            standard: "Q/ESL 2327079—2018", models: ["19.5PAR30HO/940FL40/277V", "A19 \"暖\""],
            validFrom: "2026-01-01", validUntil: "2026-12-31", issuedAt: now - 100, notBefore: now - 50,
            expires: now + 86_400, status: .init(uri: Self.listURI, index: 94_567))
    }

    func title(_ change: (inout TitleClaims) -> Void = { _ in }) throws -> TitleCredential {
        var claims = claims
        change(&claims)
        return try #require(try TitleCredential.issue(claims, by: Self.titleSigner))
    }

    func list(
        ended: [Int] = [], uri: String = Self.listURI, at moment: Int64? = nil,
        signer: TokenSigner = statusSigner
    ) throws -> StatusListToken {
        var list = StatusList()
        for index in ended { list.end(index) }
        return try StatusListToken.issue(
            list, uri: uri, at: moment ?? now - 10, validFor: 3600, timeToLive: 300, by: signer)
    }

    /// A proof that an entry with a digest is in the log, between two others, with a witness's signature.
    func proof(of digest: [UInt8], by log: LogSigner? = nil, witnessed: Bool = true) throws -> LogProof {
        let log = log ?? self.log
        let number = try #require(SafeInteger(2))
        let act = PublicAct(
            service: "compliance", act: "credential-issued", subject: "title/x", position: number,
            moment: number,
            edition: "trial-2018", facts: ["credential_sha256": .text(HexText.text(digest))])
        let tree = MerkleTree([MerkleHash.leaf([1]), .leaf(act.entry), .leaf([3])])
        var note = try Checkpoint(origin: log.key.name, size: tree.size, root: tree.root).signed(by: log)
        if witnessed { note.add(try NoteStage().witness.sign(note, at: UInt64(now))) }
        let hashes = try #require(tree.inclusionProof(of: LeafIndex(1), in: tree.size))
        return LogProof(extra: act.entry, index: LeafIndex(1), hashes: hashes, note: note)
    }

    func verdict(_ title: String, _ status: String?, _ proof: LogProof? = nil, at moment: Int64? = nil)
        -> TitleVerdict
    {
        TitleVerification(trust: trust, at: moment ?? now)
            .verify(title: title, status: status, proof: proof?.encoded)
    }
}

/// Tokens that our own code does not make.
enum OddToken {
    /// Signs whatever header and payload, both given as JSON text.
    static func signed(_ header: String, _ payload: String, by seed: UInt8 = 3) throws -> String {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Array(repeating: seed, count: 32))
        let message = Base64.text(Array(header.utf8), .url) + "." + Base64.text(Array(payload.utf8), .url)
        return message + "." + Base64.text(Array(try key.signature(for: Array(message.utf8))), .url)
    }

    /// The parts of a token, as text.
    static func parts(_ token: String) throws -> (header: String, payload: String, signature: String) {
        let parts = token.split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        func text(_ part: String) throws -> String {
            String(decoding: try #require(Base64.bytes(part, .url)), as: UTF8.self)
        }
        return (try text(parts[0]), try text(parts[1]), parts[2])
    }
}
