import Crypto
import NIOSSL

extension PeerIdentity {
    /// Reads a certificate whose chain has been verified.
    init(_ certificate: NIOSSLCertificate) throws(CertificateNamesFlaw) {
        var (uris, hosts, addresses): ([[UInt8]], [[UInt8]], [[UInt8]]) = ([], [], [])
        for name in certificate._subjectAlternativeNames() {
            switch name.nameType {
            case .uri: uris.append(Array(name.contents))
            case .dnsName: hosts.append(Array(name.contents))
            case .ipAddress: addresses.append(Array(name.contents))
            default: break
            }
        }
        self.init(
            names: try CertificateNames(uris: uris, hosts: hosts, addresses: addresses),
            fingerprint: Self.fingerprint(certificate), validity: CertificateValidity(certificate))
    }

    private static func fingerprint(_ certificate: NIOSSLCertificate) -> String {
        // Only memory can be wanting here: the certificate was read from these very bytes.
        let bytes = (try? certificate.toDERBytes()) ?? []
        return SHA256.hash(data: bytes).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}

extension CertificateValidity {
    init(_ certificate: NIOSSLCertificate) {
        self.init(
            notBefore: Int64(certificate.notValidBefore), notAfter: Int64(certificate.notValidAfter))
    }
}
