import Crypto
package import Transparency

/// A signed JSON text in three parts with dots between (RFC 7515, compact serialisation), as far as titles
/// and status lists need it: Ed25519 only, whatever a header may ask for.
package struct CompactJWS: Sendable {
    package static let algorithm = "EdDSA"
    /// A title has one or two kilobytes; a status list of a million titles less than two hundred.
    package static let byteCountMax = 1 << 20

    /// The token as it is written: ASCII.
    package let bytes: [UInt8]
    package let header: CanonicalJSON
    package let payload: CanonicalJSON
    private let signature: [UInt8]
    /// How many bytes the first two parts have with the dot between, which are signed.
    private let signedCount: Int

    /// Splits and reads a token; nothing of it is to be believed before `verify`.
    package init(_ text: some StringProtocol) throws(CredentialFlaw) {
        try self.init(Array(text.utf8))
    }

    package init(_ bytes: [UInt8]) throws(CredentialFlaw) {
        guard bytes.count <= Self.byteCountMax else { throw .malformed("it is too long") }
        let dot = UInt8(ascii: ".")
        guard let first = bytes.firstIndex(of: dot), let last = bytes.lastIndex(of: dot), first < last,
            !bytes[first + 1..<last].contains(dot)
        else { throw .malformed("it has not three parts") }
        guard let header = Base64.bytes(digits: bytes[..<first], .url),
            let payload = Base64.bytes(digits: bytes[first + 1..<last], .url),
            let signature = Base64.bytes(digits: bytes[(last + 1)...], .url)
        else { throw .malformed("a part is not base64url") }
        do throws(JSONFlaw) {
            self.header = try CanonicalJSON(header)
            self.payload = try CanonicalJSON(payload)
        } catch {
            throw .malformed("\(error)")
        }
        self.bytes = bytes
        self.signature = signature
        signedCount = last
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Signs a payload.
    package static func signed(
        _ payload: CanonicalJSON, type: String, by signer: TokenSigner
    ) throws -> String {
        let header: CanonicalJSON = .object([
            "alg": .text(algorithm), "typ": .text(type), "kid": .text(signer.key.id),
        ])
        let message = Base64.text(header.encoded, .url) + "." + Base64.text(payload.encoded, .url)
        return message + "." + Base64.text(try signer.sign(Array(message.utf8)), .url)
    }

    /// Whether one of the keys has signed a token of this type; gives the key.
    ///
    /// The algorithm and the keys are ours to say: `jku`, `jwk`, `x5u` and the like are not looked at, and a
    /// header with `crit` asks for more than we know.
    package func verify(type: String, keys: TokenKeys) throws(CredentialFlaw) -> TokenKey {
        guard header["alg"]?.asText == Self.algorithm else {
            throw .algorithm(header["alg"]?.asText ?? "")
        }
        let found = header["typ"]?.asText ?? ""
        guard found == type else { throw .type(expected: type, found: found) }
        guard header["crit"] == nil else { throw .malformed("its header has critical extensions") }
        let id = header["kid"]?.asText ?? ""
        guard let key = keys[id] else { throw .unknownKey(id) }
        guard let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: key.publicKey),
            verifier.isValidSignature(signature, for: bytes[..<signedCount])
        else { throw .forged }
        return key
    }
}
