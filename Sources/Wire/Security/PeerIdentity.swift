/// Who is at the other end of a connection: what a verified certificate says of its holder.
///
/// Which institution or process a name means is not decided here.
public struct PeerIdentity: Sendable, Hashable {
    public let names: CertificateNames
    /// SHA-256 of the certificate's DER form, as 64 lower-case hexadecimal digits.
    public let fingerprint: String
    public let validity: CertificateValidity

    public init(names: CertificateNames, fingerprint: String, validity: CertificateValidity) {
        self.names = names
        self.fingerprint = fingerprint
        self.validity = validity
    }
}

/// The time in which a certificate holds, both ends included, in seconds since 1970-01-01T00:00:00Z.
public struct CertificateValidity: Sendable, Hashable {
    public let notBefore: Int64
    public let notAfter: Int64

    public init(notBefore: Int64, notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// What is wrong with the certificate at this moment; nil when it holds.
    func fault(at now: Int64) -> HandshakeFault? {
        if now < notBefore { return .notYetValid(from: notBefore) }
        if now > notAfter { return .expired(at: notAfter) }
        return nil
    }

    /// Whole days left; negative once it has ended.
    public func daysLeft(at now: Int64) -> Int64 {
        let seconds = notAfter - now
        return seconds >= 0 ? seconds / 86_400 : -1
    }
}
