import Transparency

/// A status list as it is published: signed, with the moments between which it may be relied on.
package struct StatusListToken: Sendable {
    package static let type = "statuslist+jwt"

    package let text: String
    /// The list's address, which the titles name.
    package let uri: String
    /// Seconds since 1970: made, and no longer to be relied on.
    package let issuedAt: Int64
    package let expires: Int64
    /// Seconds after which a newer one should be fetched.
    package let timeToLive: Int64
    package let list: StatusList

    /// Signs a list.
    package static func issue(
        _ list: StatusList, uri: String, at now: Int64, validFor seconds: Int64, timeToLive: Int64,
        by signer: TokenSigner
    ) throws -> StatusListToken {
        guard let issuedAt = SafeInteger(now), let expires = SafeInteger(now + seconds),
            let ttl = SafeInteger(timeToLive), let bits = SafeInteger(1),
            let packed = Zlib.deflated(list.bytes)
        else { throw CredentialFlaw.claim("the list or its moments cannot be written") }
        let text = try CompactJWS.signed(
            .object([
                "sub": .text(uri), "iat": .number(issuedAt), "exp": .number(expires), "ttl": .number(ttl),
                "status_list": .object(["bits": .number(bits), "lst": .text(Base64.text(packed, .url))]),
            ]), type: type, by: signer)
        return StatusListToken(
            text: text, uri: uri, issuedAt: now, expires: now + seconds, timeToLive: timeToLive, list: list)
    }

    private init(
        text: String, uri: String, issuedAt: Int64, expires: Int64, timeToLive: Int64, list: StatusList
    ) {
        self.text = text
        self.uri = uri
        self.issuedAt = issuedAt
        self.expires = expires
        self.timeToLive = timeToLive
        self.list = list
    }

    /// Reads a list that one of the keys has signed.
    package init(_ text: some StringProtocol, keys: TokenKeys) throws(CredentialFlaw) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let token = try CompactJWS(line)
        _ = try token.verify(type: Self.type, keys: keys)
        let claims = token.payload
        guard let uri = claims["sub"]?.asText, !uri.isEmpty else { throw .claim("sub is missing") }
        guard let issuedAt = claims["iat"]?.asNumber else { throw .claim("iat is missing") }
        guard let expires = claims["exp"]?.asNumber else { throw .claim("exp is missing") }
        guard claims["status_list"]?["bits"]?.asNumber == 1 else { throw .claim("bits is not 1") }
        guard let packed = claims["status_list"]?["lst"]?.asText.flatMap({ Base64.bytes($0, .url) }),
            let bytes = Zlib.inflated(packed, byteCountMax: StatusList.entryCountMax / 8),
            let list = StatusList(bytes: bytes)
        else { throw .claim("lst is no compressed list") }
        self.text = token.text
        self.uri = uri
        self.issuedAt = issuedAt
        self.expires = expires
        timeToLive = claims["ttl"]?.asNumber ?? 0
        self.list = list
    }

    /// Whether the list may be relied on at a moment in seconds since 1970.
    package func checkTime(_ now: Int64) throws(CredentialFlaw) {
        guard now >= issuedAt else { throw .notYet(issuedAt) }
        guard now < expires else { throw .over(expires) }
    }
}
