import NIOSSL

extension HandshakeFault {
    /// From what the TLS library threw, and the peer's certificate as far as it had come.
    ///
    /// The library says no more of a chain that it did not accept than that; the time is told here.
    init(_ error: any Error, validity: CertificateValidity?, now: Int64) {
        if let fault = error as? HandshakeFault {
            self = fault
            return
        }
        if case .handshakeFailed(.sslError([.eofDuringHandshake]))? = error as? NIOSSLError {
            self = .ended
            return
        }
        if case .uncleanShutdown? = error as? NIOSSLError {
            self = .ended
            return
        }
        let reason = Self.reason(in: "\(error)")
        switch reason {
        case "PEER_DID_NOT_RETURN_A_CERTIFICATE": self = .noCertificate
        // A root of the same name and another key: the chain's signature is wrong.
        case "BAD_SIGNATURE": self = .untrusted
        case "CERTIFICATE_VERIFY_FAILED": self = validity?.fault(at: now) ?? .untrusted
        case "UNSUPPORTED_PROTOCOL", "NO_SUPPORTED_VERSIONS_ENABLED": self = .version
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST": self = .plaintext
        default:
            if let alert = reason?.firstRange(of: "_ALERT_") {
                let name = reason?[alert.upperBound...] ?? ""
                self = .refused(alert: name.lowercased().replacing("_", with: " "))
            } else {
                self = .other(reason?.lowercased().replacing("_", with: " ") ?? "\(error)")
            }
        }
    }

    /// The symbol at the end of the library's message, as in "…:OPENSSL_internal:WRONG_VERSION_NUMBER at …".
    private static func reason(in message: String) -> Substring? {
        message.firstMatch(of: #/OPENSSL_internal:([A-Z0-9_]+)/#)?.1
    }
}
