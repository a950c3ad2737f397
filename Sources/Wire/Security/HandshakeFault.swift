// Not all of Foundation, which with its languages would be half of a small server's memory.
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Why a connection did not become a secure one, seen from this side.
public enum HandshakeFault: Error, Sendable, Hashable {
    /// The handshake was not over within the time.
    case late(Duration)
    /// The peer's first bytes are no TLS.
    case plaintext
    /// The peer speaks TLS to a port without it.
    case unexpectedTLS
    /// The peer closed in the middle.
    case ended
    /// The peer offers no TLS 1.3.
    case version
    /// The peer presented no certificate.
    case noCertificate
    /// Seconds since 1970.
    case expired(at: Int64)
    case notYetValid(from: Int64)
    /// The peer's certificate does not lead to one of our roots, or is not made for this use.
    case untrusted
    case wrongName(expected: String, found: [String])
    case names(CertificateNamesFlaw)
    /// The peer refused; the name of its alert (RFC 8446, 6.2).
    case refused(alert: String)
    /// The library's own words.
    case other(String)
}

extension HandshakeFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .late(let time): "the TLS handshake was not over after \(time)"
        case .plaintext: "the peer does not speak TLS, and this port takes nothing else"
        case .unexpectedTLS:
            "the peer speaks TLS, and this port is plaintext; configure TLS on both sides or on neither"
        case .ended: "the peer closed the connection during the TLS handshake; does it expect TLS here?"
        case .version: "the peer does not offer TLS 1.3"
        case .noCertificate: "the peer presented no certificate, which is needed"
        case .expired(let moment): "the peer's certificate ended at \(Self.text(moment))"
        case .notYetValid(let moment):
            "the peer's certificate is valid from \(Self.text(moment)) only; compare the clocks"
        case .untrusted:
            "the peer's certificate does not lead to a trusted root, or is not made for TLS; compare its "
                + "issuer with the file of roots"
        case .wrongName(let expected, let found):
            "the peer's certificate is not made out to \(expected); it names "
                + (found.isEmpty ? "nothing of this kind" : found.joined(separator: ", "))
        case .names(let flaw): "the peer's certificate cannot be read: \(flaw)"
        case .refused(let alert): "the peer refused the TLS handshake: \(Self.words(ofAlert: alert))"
        case .other(let text): "the TLS handshake failed: \(text)"
        }
    }

    private static func text(_ moment: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(moment)).ISO8601Format()
    }

    private static func words(ofAlert alert: String) -> String {
        switch alert {
        case "certificate required": "it wants a certificate and was given none"
        case "unknown ca": "our certificate does not lead to a root that it trusts"
        case "certificate expired": "our certificate is not valid at this time by its clock"
        case "decrypt error": "the signature of our certificate is not one of a root that it trusts"
        case "protocol version": "it does not offer TLS 1.3"
        default: alert
        }
    }
}
