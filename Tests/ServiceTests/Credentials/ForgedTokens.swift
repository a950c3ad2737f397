import Credentials
import Crypto
import Foundation
import Testing
import Transparency

/// A title or a status list that is not to be accepted, and why.
struct ForgedToken: Sendable, CustomTestStringConvertible {
    enum Kind: String, Sendable {
        case title, list
    }

    let name: String
    let kind: Kind
    let token: String

    var testDescription: String { "\(kind.rawValue): \(name)" }

    static let all: [ForgedToken] = {
        do {
            return try titles() + lists()
        } catch {
            preconditionFailure("the forgeries could not be made: \(error)")
        }
    }()

    /// Parts of a good title, and ways to change them.
    private struct Material {
        let stage = CredentialStage()
        let good: String
        let header: String
        let payload: String
        let signature: String
        let expiry: String

        init() throws {
            good = try stage.title().token
            (header, payload, signature) = try OddToken.parts(good)
            expiry = "\"exp\":\(stage.claims.expires)"
        }

        func withHeader(_ old: String, _ new: String, by seed: UInt8 = 3) throws -> String {
            try OddToken.signed(try replaced(header, old, new), payload, by: seed)
        }

        func withPayload(_ old: String, _ new: String) throws -> String {
            try OddToken.signed(header, try replaced(payload, old, new))
        }

        func replaced(_ text: String, _ old: String, _ new: String) throws -> String {
            try #require(text.contains(old), "\(old)")
            return text.replacingOccurrences(of: old, with: new)
        }

        /// What is signed under another algorithm's name.
        func message(algorithm: String) throws -> String {
            Base64.text(Array(try replaced(header, "EdDSA", algorithm).utf8), .url) + "."
                + Base64.text(Array(payload.utf8), .url)
        }
    }

    private static func titles() throws -> [ForgedToken] {
        let material = try Material()
        let cases = try headers(material) + claims(material) + shapes(material)
        return cases.map { ForgedToken(name: $0.0, kind: .title, token: $0.1) }
    }

    /// Signatures, keys and headers.
    private static func headers(_ it: Material) throws -> [(String, String)] {
        let key = CredentialStage.titleSigner.key
        let own = CredentialStage.signer(9).key
        let keyed = try it.message(algorithm: "HS256")
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(keyed.utf8), using: SymmetricKey(data: key.publicKey))
        let embedded = try OddToken.signed(
            try it.replaced(it.header, key.id, own.id).replacingOccurrences(
                of: "\"alg\"", with: "\"jwk\":\(String(decoding: own.json.encoded, as: UTF8.self)),\"alg\""),
            it.payload, by: 9)
        return [
            ("algorithm none", try it.message(algorithm: "none") + "."),
            ("HMAC with the public key", keyed + "." + Base64.text(Array(code), .url)),
            ("header says ES256", try it.withHeader("EdDSA", "ES256")),
            ("another key's id", try it.withHeader(key.id, own.id)),
            ("signed by another key in its name", try OddToken.signed(it.header, it.payload, by: 9)),
            ("signed by the key of status lists", try OddToken.signed(it.header, it.payload, by: 4)),
            ("its own key in the header", embedded),
            ("critical extension", try it.withHeader("\"alg\"", "\"crit\":[\"x\"],\"x\":1,\"alg\"")),
            ("of the type of a status list", try it.withHeader("dc+sd-jwt", "statuslist+jwt")),
            ("of no type", try it.withHeader(",\"typ\":\"dc+sd-jwt\"", "")),
        ]
    }

    private static func claims(_ it: Material) throws -> [(String, String)] {
        let now = it.stage.now
        return [
            ("run out a second ago", try it.stage.title { $0.expires = now - 1 }.token),
            ("not yet valid", try it.stage.title { $0.notBefore = now + 600 }.token),
            ("of another issuer", try it.stage.title { $0.issuer = "https://other.example" }.token),
            ("of another kind", try it.withPayload("vct/forerunner/1", "vct/forerunner/2")),
            ("without an end", try it.withPayload("\(it.expiry),", "")),
            ("with an end that is text", try it.withPayload(it.expiry, "\"exp\":\"2999\"")),
            ("with a claim twice", try it.withPayload(it.expiry, "\"exp\":1,\(it.expiry)")),
            ("without a status", try it.withPayload("\"status\"", "\"state\"")),
        ]
    }

    private static func shapes(_ it: Material) -> [(String, String)] {
        var flipped = Array(it.good.utf8)
        flipped[flipped.count - 40] ^= 1
        return [
            ("cut", String(it.good.dropLast(5))),
            ("without its signature", String(it.good.dropLast(it.signature.utf8.count))),
            ("with a changed byte", String(decoding: flipped, as: UTF8.self)),
            ("with four parts", it.good + "." + it.signature),
            ("with padding", it.good + "=="),
            ("with a disclosure", it.good + "~WyJhIiwiYiIsImMiXQ~"),
            ("with a key binding", it.good + "~" + it.good),
            ("empty", ""),
        ]
    }

    private static func lists() throws -> [ForgedToken] {
        let stage = CredentialStage()
        let good = try stage.list().text
        let (header, payload, _) = try OddToken.parts(good)
        let lst = try #require(try CanonicalJSON(Array(payload.utf8))["status_list"]?["lst"]?.asText)
        func resigned(_ header: String = header, _ old: String = "", _ new: String = "", by seed: UInt8 = 4)
            throws
            -> String
        {
            try OddToken.signed(header, payload.replacingOccurrences(of: old, with: new), by: seed)
        }
        let cases: [(String, String)] = [
            ("signed by the key of titles", try resigned(by: 3)),
            (
                "of the type of a title",
                try resigned(header.replacingOccurrences(of: "statuslist+jwt", with: "dc+sd-jwt"))
            ),
            ("run out", try stage.list(at: stage.now - 4000).text),
            ("of the future", try stage.list(at: stage.now + 600).text),
            ("of another address", try stage.list(uri: "\(CredentialStage.issuer)/statuslists/1").text),
            ("with two bits an entry", try resigned(header, "\"bits\":1", "\"bits\":2")),
            ("not compressed", try resigned(header, lst, Base64.text([0, 0, 0, 0], .url))),
            ("too short for the title", try resigned(header, lst, "eNrbuRgAAhcBXQ")),
            ("that grows without end", try resigned(header, lst, Base64.text(Bomb.packed, .url))),
            ("of an algorithm none", try resigned(header.replacingOccurrences(of: "EdDSA", with: "none"))),
            ("with the title ended", try stage.list(ended: [stage.claims.status.index]).text),
        ]
        return cases.map { ForgedToken(name: $0.0, kind: .list, token: $0.1) }
    }
}

/// A compressed list of a hundred million bytes, written by hand: a zero and 400,000 times "the same again,
/// 258 bytes of it" (RFC 1951, fixed codes).
enum Bomb {
    static let packed: [UInt8] = {
        var bits: [UInt8] = []
        var (held, count) = (UInt32(0), UInt32(0))
        func put(_ value: UInt32, _ width: UInt32) {
            held |= value << count
            count += width
            while count >= 8 {
                bits.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                count -= 8
            }
        }
        put(1, 1)  // last block
        put(1, 2)  // fixed codes
        put(0b0000_1100, 8)  // literal 0: 00110000, sent with its first bit lowest
        for _ in 0..<400_000 {
            put(0b1010_0011, 8)  // length 258: code 285 is 11000101
            put(0, 5)  // distance 1
        }
        put(0, 7)  // end
        put(0, 7)
        return [0x78, 0xDA] + bits + [0, 0, 0, 0]
    }()
}
