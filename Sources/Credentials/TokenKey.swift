import Crypto
package import Transparency

/// A public key that tokens are checked with: Ed25519, as a JSON Web Key (RFC 8037).
package struct TokenKey: Sendable, Hashable {
    /// 32 bytes.
    package let publicKey: [UInt8]
    /// SHA-256 thumbprint (RFC 7638), by which tokens name the key.
    package let id: String

    /// Nil unless there are 32 bytes.
    package init?(publicKey: [UInt8]) {
        guard publicKey.count == 32 else { return nil }
        self.publicKey = publicKey
        let required: CanonicalJSON = .object([
            "crv": .text("Ed25519"), "kty": .text("OKP"), "x": .text(Base64.text(publicKey, .url)),
        ])
        id = Base64.text(Array(SHA256.hash(data: required.encoded)), .url)
    }

    /// Reads a JSON Web Key; nil for a key of another kind, or one whose id is not its own.
    package init?(_ json: CanonicalJSON) {
        guard json["kty"]?.asText == "OKP", json["crv"]?.asText == "Ed25519", json["d"] == nil,
            let bytes = json["x"]?.asText.flatMap({ Base64.bytes($0, .url) }),
            let key = TokenKey(publicKey: bytes),
            json["kid"]?.asText == key.id
        else { return nil }
        self = key
    }

    package var json: CanonicalJSON {
        .object([
            "kty": .text("OKP"), "crv": .text("Ed25519"), "x": .text(Base64.text(publicKey, .url)),
            "kid": .text(id), "use": .text("sig"), "alg": .text(CompactJWS.algorithm),
        ])
    }
}

/// Public keys, any of which may have signed (a JSON Web Key Set).
package struct TokenKeys: Sendable, Hashable {
    package let keys: [TokenKey]
    private let byID: [String: TokenKey]

    package init(_ keys: [TokenKey]) {
        self.keys = keys
        byID = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Reads a set; nil when one of its keys is none that we check with.
    package init?(_ json: CanonicalJSON?) {
        guard case .list(let list)? = json?["keys"], !list.isEmpty else { return nil }
        let keys = list.compactMap { TokenKey($0) }
        guard keys.count == list.count else { return nil }
        self.init(keys)
    }

    package var json: CanonicalJSON { .object(["keys": .list(keys.map(\.json))]) }

    package subscript(id: String) -> TokenKey? { byID[id] }
}

/// A private key that signs tokens of one purpose.
package struct TokenSigner: Sendable {
    package let key: TokenKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 secret bytes; nil for another number of them.
    package init?(seed: [UInt8]) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let key = TokenKey(publicKey: Array(privateKey.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.privateKey = privateKey
    }

    /// A number that nobody can foretell without the key, the same each time for the same name.
    package func secretNumber(for name: String) -> UInt64 {
        let secret = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: privateKey.rawRepresentation),
            info: Array("forerunner status index".utf8), outputByteCount: 32)
        let code = HMAC<SHA256>.authenticationCode(for: Array(name.utf8), using: secret)
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] { Array(try privateKey.signature(for: message)) }
}
