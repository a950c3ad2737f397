/// How the bytes of a connection are protected.
public enum TransportSecurity: Sendable {
    /// Readable and changeable by whoever carries them: for one machine, or a network that protects them.
    case plaintext
    /// TLS 1.3; each side presents a certificate that leads to a root which the other trusts.
    case mutualTLS(TLSCredentials)
}
