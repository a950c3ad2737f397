#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files that make a process known to others and tell it whom to believe. All are PEM.
public struct TLSFiles: Sendable, Hashable {
    /// The process's own certificate, followed by those that lead from it to a root, if any.
    public let certificate: String
    /// The private key of the first certificate, not encrypted.
    public let key: String
    /// The certificates that chains must end in.
    public let roots: String

    public init(certificate: String, key: String, roots: String) {
        self.certificate = certificate
        self.key = key
        self.roots = roots
    }

    /// Their bytes at one time.
    struct Contents: Sendable, Equatable {
        let certificate: [UInt8]
        let key: [UInt8]
        let roots: [UInt8]
    }

    /// Largest file read: a store of all public roots has a quarter of it.
    static let byteCountMax = 1 << 20

    func read() throws(CredentialFlaw) -> Contents {
        Contents(
            certificate: try Self.read(certificate), key: try Self.read(key), roots: try Self.read(roots))
    }

    private static func read(_ path: String) throws(CredentialFlaw) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw .unreadable(path) }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCountMax + 1) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
        guard ferror(file) == 0 else { throw .unreadable(path) }
        guard bytes.count <= byteCountMax else { throw .tooLarge(path) }
        return bytes
    }
}

/// Why certificate, key and roots cannot be used.
public enum CredentialFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case unreadable(String)
    case tooLarge(String)
    case noCertificate(String)
    case noKey(String)
    case mismatch(certificate: String, key: String)
    case names(String, CertificateNamesFlaw)
    case unusable(String, String)

    public var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read; check the path and its permissions"
        case .tooLarge(let path):
            "\(path) has more than \(TLSFiles.byteCountMax) bytes; is it the right file?"
        case .noCertificate(let path): "\(path) holds no certificate in PEM form"
        case .noKey(let path): "\(path) holds no private key in PEM form without a passphrase"
        case .mismatch(let certificate, let key):
            "the key in \(key) does not belong to the certificate in \(certificate)"
        case .names(let path, let flaw): "\(path): \(flaw)"
        case .unusable(let path, let reason): "\(path) cannot be used: \(reason)"
        }
    }
}
