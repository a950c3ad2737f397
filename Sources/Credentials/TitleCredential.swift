import Crypto
import Transparency

/// A title as it is handed out: an SD-JWT VC without disclosures, `<token>~`, whose token alone is a plain
/// JSON web token. One signature, two standards.
package struct TitleCredential: Sendable {
    package static let type = "dc+sd-jwt"
    /// Largest token that is issued. Most have one kilobyte; a title of a thousand models has some dozens.
    package static let byteCountMax = 1 << 16

    /// The token without the tilde.
    package let token: String
    /// SHA-256 of the token, by which the log knows it.
    package let digest: [UInt8]
    package let claims: TitleClaims
    /// The key that signed.
    package let key: TokenKey

    /// Signs claims. Nil when the token would be too large.
    package static func issue(_ claims: TitleClaims, by signer: TokenSigner) throws -> TitleCredential? {
        let token = try CompactJWS.signed(claims.json, type: type, by: signer)
        guard token.utf8.count <= byteCountMax else { return nil }
        return TitleCredential(token: token, claims: claims, key: signer.key)
    }

    private init(token: String, claims: TitleClaims, key: TokenKey) {
        self.token = token
        digest = Self.digest(of: Array(token.utf8))
        self.claims = claims
        self.key = key
    }

    /// Reads a title that `issuer` has signed with one of its keys, in either form, with or without a
    /// newline.
    ///
    /// Says nothing of the present: see `checkTime` and the status list.
    package init(
        _ text: some StringProtocol, from issuer: String, keys: TokenKeys
    ) throws(CredentialFlaw) {
        var bytes = Array(text.utf8)[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        // Disclosures, and a key binding behind the last tilde, are not part of a title.
        if bytes.last == UInt8(ascii: "~") { bytes.removeLast() }
        guard !bytes.contains(UInt8(ascii: "~")) else { throw .malformed("it has disclosures") }
        let token = try CompactJWS(Array(bytes))
        key = try token.verify(type: Self.type, keys: keys)
        claims = try TitleClaims(token.payload)
        guard claims.issuer == issuer else { throw .issuer(expected: issuer, found: claims.issuer) }
        self.token = token.text
        digest = Self.digest(of: token.bytes)
    }

    /// What is handed out.
    package var text: String { token + "~" }

    private static func digest(of token: [UInt8]) -> [UInt8] {
        SHA256.hash(data: token).withUnsafeBytes { Array($0) }
    }

    /// Whether the title holds at a moment in seconds since 1970, its status aside (RFC 7519: from nbf on,
    /// and before exp).
    package func checkTime(_ now: Int64) throws(CredentialFlaw) {
        guard now >= claims.notBefore else { throw .notYet(claims.notBefore) }
        guard now < claims.expires else { throw .over(claims.expires) }
    }
}
