import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why a server could not listen, and what to do about it.
public struct BindError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        case portInUse
        /// The address is none of this machine's.
        case addressUnavailable
        /// Ports below 1024 belong to the administrator.
        case notPermitted
        case other(String)
    }

    public let code: Code
    public let host: String
    public let port: Int

    init(_ error: any Error, host: String, port: Int) {
        self.host = host
        self.port = port
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: code = .portInUse
        case EADDRNOTAVAIL: code = .addressUnavailable
        case EACCES, EPERM: code = .notPermitted
        default: code = .other("\(error)")
        }
    }

    public var description: String {
        switch code {
        case .portInUse:
            "\(host):\(port) is in use by another process; stop it (ss -ltnp shows it) or choose another port"
        case .addressUnavailable:
            "\(host) is not an address of this machine; use 127.0.0.1, 0.0.0.0 or one that `ip address` lists"
        case .notPermitted:
            "this user may not listen on port \(port); choose one from 1024 upwards"
        case .other(let text):
            "listening on \(host):\(port) failed: \(text)"
        }
    }
}
