#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// By which name a client knows that it reached the server it meant.
public enum ExpectedServer: Sendable, Hashable {
    /// The certificate names the host that was dialled: a DNS name exactly, or an address.
    case dialledHost
    /// The certificate carries this URI, wherever the server stands.
    case uri(String)

    /// - Throws: `wrongName` when the certificate is somebody else's.
    ///
    /// Stricter than RFC 9525 where that leaves room: no wildcards, no falling back to the subject, and a
    /// DNS name is never matched by an address.
    func check(_ names: CertificateNames, dialled host: String) throws(HandshakeFault) {
        switch self {
        case .uri(let uri):
            guard names.uris.contains(uri) else { throw .wrongName(expected: uri, found: names.uris) }
        case .dialledHost:
            let isNamed =
                if let address = Self.address(host) {
                    names.addresses.contains(address)
                } else {
                    names.hosts.contains { Self.folded($0) == Self.folded(host) }
                }
            guard isNamed else {
                throw .wrongName(expected: host, found: names.hosts + names.addresses.map(Self.text))
            }
        }
    }

    /// The name to send with the handshake: DNS names only (RFC 6066, 3).
    static func indicatedName(_ host: String) -> String? {
        let isDNS = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isDNS && !host.isEmpty && host.utf8.count <= 253 && address(host) == nil ? host : nil
    }

    /// Case does not count, nor does the final dot of an absolute name.
    private static func folded(_ host: String) -> String {
        (host.hasSuffix(".") ? String(host.dropLast()) : host).lowercased()
    }

    /// The bytes of an address in text; nil for a name.
    private static func address(_ host: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        if inet_pton(AF_INET6, host, &sixteen) == 1 { return withUnsafeBytes(of: sixteen) { Array($0) } }
        return nil
    }

    private static func text(_ address: [UInt8]) -> String {
        guard address.count == 16 else { return address.map { "\($0)" }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map {
            String(UInt16(address[$0]) << 8 | UInt16(address[$0 + 1]), radix: 16)
        }.joined(separator: ":")
    }
}
