import NIOCore
import NIOSSL
import Synchronization

/// A process's certificate, key and roots, as its servers and channels use them now.
///
/// `reload` reads the files again. New connections use what is loaded when they begin; those that exist go on
/// with what they began with.
public final class TLSCredentials: Sendable {
    private struct Loaded {
        let contents: TLSFiles.Contents
        let identity: PeerIdentity
        let context: NIOSSLContext
    }

    public let files: TLSFiles
    /// Seconds since 1970: by which the validity of a peer's certificate is judged.
    let now: @Sendable () -> Int64
    private let objection: @Sendable (PeerIdentity) -> String?
    private let loaded: Mutex<Loaded>

    /// - Parameter objection: why the process cannot use this certificate as its own; nil when it can.
    public init(
        files: TLSFiles, now: @escaping @Sendable () -> Int64,
        objection: @escaping @Sendable (PeerIdentity) -> String? = { _ in nil }
    ) throws(CredentialFlaw) {
        self.files = files
        self.now = now
        self.objection = objection
        loaded = Mutex(try Self.load(files, try files.read(), objection))
    }

    /// What our own certificate says.
    public var identity: PeerIdentity { loaded.withLock { $0.identity } }

    var context: NIOSSLContext { loaded.withLock { $0.context } }

    /// Reads the files again; false when nothing changed. After a throw the former ones stay in use.
    @discardableResult
    public func reload() throws(CredentialFlaw) -> Bool {
        let contents = try files.read()
        guard contents != loaded.withLock({ $0.contents }) else { return false }
        let fresh = try Self.load(files, contents, objection)
        loaded.withLock { $0 = fresh }
        return true
    }

    private static func load(
        _ files: TLSFiles, _ contents: TLSFiles.Contents,
        _ objection: (PeerIdentity) -> String?
    ) throws(CredentialFlaw) -> Loaded {
        let chain = try certificates(contents.certificate, files.certificate)
        let roots = try certificates(contents.roots, files.roots)
        guard let leaf = chain.first, !roots.isEmpty else {
            throw .noCertificate(chain.isEmpty ? files.certificate : files.roots)
        }
        guard let key = try? NIOSSLPrivateKey(bytes: contents.key, format: .pem) else {
            throw .noKey(files.key)
        }
        let identity: PeerIdentity
        do throws(CertificateNamesFlaw) {
            identity = try PeerIdentity(leaf)
        } catch {
            throw .names(files.certificate, error)
        }
        if let reason = objection(identity) { throw .unusable(files.certificate, reason) }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(roots)
        // Chains are verified on both sides; names are compared by `ExpectedServer`.
        configuration.certificateVerification = .noHostnameVerification
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        configuration.shutdownTimeout = .nanoseconds(WireLimits.closeNotifyTime.nanosecondsClamped)
        do {
            return Loaded(
                contents: contents, identity: identity,
                context: try NIOSSLContext(configuration: configuration))
        } catch {
            // The key itself was read above: what is left is that it is another certificate's.
            if error as? NIOSSLError == .failedToLoadPrivateKey {
                throw .mismatch(certificate: files.certificate, key: files.key)
            }
            throw .unusable(files.certificate, "\(error)")
        }
    }

    private static func certificates(
        _ bytes: [UInt8], _ path: String
    ) throws(CredentialFlaw) -> [NIOSSLCertificate] {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes) else {
            throw .noCertificate(path)
        }
        return certificates
    }
}
