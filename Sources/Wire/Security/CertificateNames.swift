/// The names that a certificate gives its holder: those of its subject alternative name (RFC 5280, 4.2.1.6).
///
/// The subject itself is for people; nothing here reads it.
public struct CertificateNames: Sendable, Hashable {
    /// As written, in order.
    public let uris: [String]
    /// DNS names as written.
    public let hosts: [String]
    /// Four or sixteen bytes each, in network order.
    public let addresses: [[UInt8]]

    /// - Throws: when there are more or longer ones than the limits allow, or characters that are not
    ///   printable ASCII.
    public init(uris: [[UInt8]], hosts: [[UInt8]], addresses: [[UInt8]]) throws(CertificateNamesFlaw) {
        let count = uris.count + hosts.count + addresses.count
        guard count <= WireLimits.certificateNameCountMax else { throw .tooMany(count) }
        self.uris = try uris.map { name throws(CertificateNamesFlaw) in try Self.text(name) }
        self.hosts = try hosts.map { name throws(CertificateNamesFlaw) in try Self.text(name) }
        self.addresses = addresses.filter { $0.count == 4 || $0.count == 16 }
    }

    private static func text(_ name: [UInt8]) throws(CertificateNamesFlaw) -> String {
        guard name.count <= WireLimits.certificateNameByteCountMax else { throw .tooLong(name.count) }
        // A zero byte or a line break in a name deceives whoever compares or logs it.
        guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .notPrintable }
        return String(decoding: name, as: UTF8.self)
    }
}

/// Why the names of a certificate are not taken.
public enum CertificateNamesFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case tooMany(Int)
    case tooLong(Int)
    /// Printable ASCII without blanks is what RFC 5280 leaves for URIs and DNS names.
    case notPrintable

    public var description: String {
        switch self {
        case .tooMany(let count):
            "the certificate has \(count) names; at most \(WireLimits.certificateNameCountMax) are read"
        case .tooLong(let count):
            "a name of \(count) bytes; at most \(WireLimits.certificateNameByteCountMax) are read"
        case .notPrintable:
            "a name with characters other than printable ASCII"
        }
    }
}
