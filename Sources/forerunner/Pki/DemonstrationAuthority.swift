import Contracts
import Crypto
import Foundation
import SwiftASN1
import X509

/// A root for demonstrations and small deployments: one P-256 key in a file that signs certificates.
///
/// It keeps no list of what it issued and revokes nothing: certificates are short-lived instead. A deployment
/// with a certificate authority of its own uses that, with the same names.
struct DemonstrationAuthority {
    /// Certificates begin a little in the past, for peers whose clocks are behind.
    private static let backdating: TimeInterval = 300

    let folder: String

    static func certificatePath(in folder: String) -> String { folder + "/root.pem" }
    static func keyPath(in folder: String) -> String { folder + "/root.key" }

    /// Whom a certificate is to name, and where it may serve.
    struct Holder {
        let uris: [String]
        /// For people: nothing reads it.
        let name: String
        /// DNS names and addresses.
        let hosts: [String]
        let isServer: Bool
    }

    /// Makes the root: a key that signs certificates and nothing below them that signs others.
    static func create(in folder: String, name: String, days: Int, now: Date) throws(Failure) {
        try SecretFile.makeFolder(folder)
        let key = P256.Signing.PrivateKey()
        let pem: String
        do {
            let subject = try DistinguishedName { CommonName(name) }
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
                notValidBefore: now - backdating, notValidAfter: now + TimeInterval(days) * 86_400,
                issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try .init {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: .init(key.publicKey))
                },
                issuerPrivateKey: .init(key))
            pem = try certificate.serializeAsPEM().pemString
        } catch {
            throw Failure(.badInput, "the root cannot be made: \(error)")
        }
        try SecretFile.write([
            (keyPath(in: folder), key.pemRepresentation + "\n"), (certificatePath(in: folder), pem + "\n"),
        ])
    }

    /// Signs a certificate for a new key and writes both: `stem`.pem and `stem`.key.
    func issue(_ holder: Holder, days: Int, stem: String, now: Date) throws(Failure) {
        let root = try certificate()
        let end = now + TimeInterval(days) * 86_400
        guard end <= root.notValidAfter else {
            let left = Int(root.notValidAfter.timeIntervalSince(now) / 86_400)
            throw Failure(
                .badInput, "the root itself ends in \(left) days; give --days \(max(1, left)) or fewer")
        }
        let key = P256.Signing.PrivateKey()
        let pem: String
        do {
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
                notValidBefore: now - Self.backdating, notValidAfter: end, issuer: root.subject,
                subject: try DistinguishedName { CommonName(holder.name) },
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try extensions(holder, .init(key.publicKey), root),
                issuerPrivateKey: try Certificate.PrivateKey(
                    pemEncoded: String(contentsOfFile: Self.keyPath(in: folder), encoding: .utf8)))
            guard root.publicKey.isValidSignature(certificate.signature, for: certificate) else {
                throw Failure(
                    .badInput,
                    "\(Self.keyPath(in: folder)) is not the key of \(Self.certificatePath(in: folder))")
            }
            pem = try certificate.serializeAsPEM().pemString
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .badInput,
                "\(Self.keyPath(in: folder)) cannot be used: \(error); `forerunner pki init` makes a root")
        }
        try SecretFile.write([(stem + ".key", key.pemRepresentation + "\n"), (stem + ".pem", pem + "\n")])
    }

    private func extensions(
        _ holder: Holder, _ publicKey: Certificate.PublicKey, _ root: Certificate
    ) throws -> Certificate.Extensions {
        let names =
            holder.uris.map { GeneralName.uniformResourceIdentifier($0) }
            + holder.hosts.map { host in
                InternetAddress.bytes(host).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) }
                    ?? .dnsName(host)
            }
        return try .init {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage(holder.isServer ? [.serverAuth, .clientAuth] : [.clientAuth])
            SubjectAlternativeNames(names)
            SubjectKeyIdentifier(hash: publicKey)
            AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: root.publicKey).keyIdentifier)
        }
    }

    private func certificate() throws(Failure) -> Certificate {
        let path = Self.certificatePath(in: folder)
        do {
            return try Certificate(pemEncoded: String(contentsOfFile: path, encoding: .utf8))
        } catch {
            throw Failure(.badInput, "\(path) holds no root certificate; `forerunner pki init` makes one")
        }
    }
}
