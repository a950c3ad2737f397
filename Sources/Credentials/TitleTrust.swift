package import Transparency

/// What a checker must know from elsewhere than from a title: whose keys sign what. To be fetched once, and
/// kept.
package struct TitleTrust: Sendable, Hashable {
    /// Who issues titles: the site's address.
    package let issuer: String
    /// Three purposes, three kinds of keys: none signs for another.
    package let titleKeys: TokenKeys
    package let statusKeys: TokenKeys
    package let log: NoteKey
    package let witnesses: [NoteKey]
    /// How many of the witnesses must have signed a checkpoint.
    package let witnessCountMin: Int

    package init(
        issuer: String, titleKeys: TokenKeys, statusKeys: TokenKeys, log: NoteKey, witnesses: [NoteKey],
        witnessCountMin: Int
    ) {
        self.issuer = issuer
        self.titleKeys = titleKeys
        self.statusKeys = statusKeys
        self.log = log
        self.witnesses = witnesses
        self.witnessCountMin = witnessCountMin
    }

    package var json: CanonicalJSON {
        .object([
            "issuer": .text(issuer), "titles": titleKeys.json, "statuslists": statusKeys.json,
            "log": .text("\(log)"), "witnesses": .list(witnesses.map { .text("\($0)") }),
            "witnesses_needed": .count(UInt32(clamping: witnessCountMin)),
        ])
    }

    package init(_ json: CanonicalJSON) throws(CredentialFlaw) {
        guard let issuer = json["issuer"]?.asText, !issuer.isEmpty else { throw .claim("issuer is missing") }
        guard let titleKeys = TokenKeys(json["titles"]) else { throw .claim("titles are no keys") }
        guard let statusKeys = TokenKeys(json["statuslists"]) else { throw .claim("statuslists are no keys") }
        guard Set(titleKeys.keys).isDisjoint(with: statusKeys.keys) else {
            throw .claim("a key signs both titles and status lists")
        }
        guard let log = json["log"]?.asText.flatMap({ try? NoteKey($0) }), log.kind == .ed25519 else {
            throw .claim("log is no key of a log")
        }
        guard case .list(let texts)? = json["witnesses"] else { throw .claim("witnesses is missing") }
        let witnesses = texts.compactMap { $0.asText.flatMap { try? NoteKey($0) } }
        guard witnesses.count == texts.count, witnesses.allSatisfy({ $0.kind == .cosignature }) else {
            throw .claim("witnesses are no keys of witnesses")
        }
        guard let needed = json["witnesses_needed"]?.asNumber, (0...Int64(witnesses.count)).contains(needed)
        else { throw .claim("witnesses_needed is no number of them") }
        self.init(
            issuer: issuer, titleKeys: titleKeys, statusKeys: statusKeys, log: log, witnesses: witnesses,
            witnessCountMin: Int(needed))
    }

    /// What SD-JWT VC's key discovery gives at `/.well-known/jwt-vc-issuer`.
    package var issuerMetadata: CanonicalJSON {
        .object(["issuer": .text(issuer), "jwks": titleKeys.json])
    }
}
