import Credentials
import Transparency

/// Titles checked offline on one thread, each with everything that `forerunner title verify` looks at: the
/// title's signature, the status list with its signature, and the proof that the title is in the log, with
/// the signatures of the log and of a witness.
///
/// `all` reads all of it anew for each title. `kept` reads the status list once, as whoever checks many
/// titles does, and the checkpoint that all proofs have in common.
enum TitleLoad {
    private static let now: Int64 = 1_764_000_000
    private static let titleCount = 256
    /// Leaves of the log: a proof has twenty hashes.
    private static let leafCount = 1_000_000

    private struct Case {
        let title: String
        let proof: [UInt8]
    }

    static func run(keeps: Bool, seconds: Double) throws {
        let statusSigner = try StatusListLoad.signer(4)
        let titleSigner = try StatusListLoad.signer(3)
        guard let name = NoteKeyName("titles.example/logs/bench"),
            let log = LogSigner(name: name, seed: Array(repeating: 7, count: 32)),
            let witnessName = NoteKeyName("witness.example"),
            let witness = WitnessSigner(name: witnessName, seed: Array(repeating: 8, count: 32))
        else { throw WrongSize() }
        let trust = TitleTrust(
            issuer: StatusListLoad.issuer, titleKeys: TokenKeys([titleSigner.key]),
            statusKeys: TokenKeys([statusSigner.key]), log: log.key, witnesses: [witness.key],
            witnessCountMin: 1)
        let ended = StatusListLoad.places(10_000).filter { $0 >= titleCount }
        let status = try StatusListLoad.token(ended, at: now - 10, by: statusSigner).text
        let cases = try cases(titleSigner, log, witness)
        var verification = TitleVerification(trust: trust, at: now)
        var measurement = Measurement()
        let end = ContinuousClock.now + .seconds(seconds)
        var begin = ContinuousClock.now
        var place = 0
        while begin < end {
            let each = cases[place % cases.count]
            let verdict =
                keeps
                ? verification.verifyNext(title: each.title, status: status, proof: each.proof)
                : verification.verify(title: each.title, status: status, proof: each.proof)
            guard verdict.conclusion == .valid, verdict.checks.count == 4 else { throw WrongSize() }
            let done = ContinuousClock.now
            measurement.add(from: begin, to: done)
            begin = done
            place += 1
        }
        measurement.tell()
    }

    /// Titles spread over a log, with their proofs.
    private static func cases(
        _ signer: TokenSigner, _ log: LogSigner, _ witness: WitnessSigner
    ) throws -> [Case] {
        var titles: [Int: (TitleCredential, entry: [UInt8])] = [:]
        for number in 0..<titleCount {
            guard let title = try TitleCredential.issue(claims(number), by: signer),
                let position = SafeInteger(Int64(number) + 1), let moment = SafeInteger(now)
            else { throw WrongSize() }
            let act = LogLoad.act(number, position, moment, digest: title.digest)
            titles[number * (leafCount / titleCount)] = (title, act.entry)
        }
        let other = MerkleHash.leaf([])
        let tree = MerkleTree((0..<leafCount).lazy.map { titles[$0].map { .leaf($0.entry) } ?? other })
        var note = try Checkpoint(origin: log.key.name, size: tree.size, root: tree.root).signed(by: log)
        note.add(try witness.sign(note, at: UInt64(now)))
        return try titles.sorted { $0.key < $1.key }.map { place, title in
            let index = LeafIndex(UInt64(place))
            guard let hashes = tree.inclusionProof(of: index, in: tree.size) else { throw WrongSize() }
            let proof = LogProof(extra: title.entry, index: index, hashes: hashes, note: note)
            return Case(title: title.0.text, proof: proof.encoded)
        }
    }

    private static func claims(_ number: Int) -> TitleClaims {
        TitleClaims(
            issuer: StatusListLoad.issuer, titleID: "TITLE-\(number)",
            enterprise: .init(creditCode: "91440400192548256N", name: "示例照明有限公司"),
            agency: .init(creditCode: "91310104D5L3DGRG16", name: "照明电器检测评估中心"), product: "球泡灯",
            standard: "Q/ESL 2327079—2018", models: ["19.5PAR30HO/940FL40/277V", "A19"],
            validFrom: "2025-01-01", validUntil: "2026-12-31", issuedAt: now - 100, notBefore: now - 50,
            expires: now + 86_400, status: .init(uri: StatusListLoad.uri, index: number))
    }
}
