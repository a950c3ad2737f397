import Crypto
import Foundation
import SwiftASN1
import Synchronization
import Wire
import X509

/// A root authority of the test's own, and a folder for what it issues.
final class TestRoot: Sendable {
    struct Leaf {
        var uris: [String] = []
        var hosts: [String] = ["localhost"]
        var addresses: [[UInt8]] = [[127, 0, 0, 1]]
        /// Seconds from now.
        var begins: TimeInterval = -3600
        var ends: TimeInterval = 86_400
        var purposes: [ExtendedKeyUsage.Usage] = [.serverAuth, .clientAuth]
    }

    let folder: String
    private let name: DistinguishedName
    private let key = P256.Signing.PrivateKey()
    private let count = Mutex(0)

    init(_ commonName: String = "a root") throws {
        folder = NSTemporaryDirectory() + "forerunner-root-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        name = try DistinguishedName { CommonName(commonName) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
            notValidBefore: Date() - 86_400, notValidAfter: Date() + 864_000, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try .init {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            },
            issuerPrivateKey: .init(key))
        try write(certificate.serializeAsPEM().pemString, "root.pem")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var roots: String { folder + "/root.pem" }

    /// Issues a certificate and writes it with its key, in files of their own unless named.
    func issue(_ leaf: Leaf = Leaf(), as name: String? = nil) throws -> TLSFiles {
        let stem =
            name
            ?? count.withLock { count in
                count += 1
                return "leaf-\(count)"
            }
        let own = P256.Signing.PrivateKey()
        let names =
            leaf.uris.map { GeneralName.uniformResourceIdentifier($0) }
            + leaf.hosts.map { GeneralName.dnsName($0) }
            + leaf.addresses.map { GeneralName.ipAddress(ASN1OctetString(contentBytes: $0[...])) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(own.publicKey),
            notValidBefore: Date() + leaf.begins, notValidAfter: Date() + leaf.ends, issuer: self.name,
            subject: try DistinguishedName { CommonName(stem) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try .init {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage(leaf.purposes)
                SubjectAlternativeNames(names)
            },
            issuerPrivateKey: .init(key))
        try write(certificate.serializeAsPEM().pemString, "\(stem).pem")
        try write(own.pemRepresentation, "\(stem).key")
        return TLSFiles(
            certificate: folder + "/\(stem).pem", key: folder + "/\(stem).key", roots: roots)
    }

    func write(_ text: String, _ name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func credentials(_ leaf: Leaf = Leaf()) throws -> TLSCredentials {
        try TLSCredentials(files: try issue(leaf), now: TestRoot.now)
    }

    @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }
}
