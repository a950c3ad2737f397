import ArgumentParser
import Contracts
import Foundation
import Wire

/// The options that name certificate, key and roots.
struct TLSOptions: ParsableArguments {
    @Option(
        name: .customLong("tls-certificate"), help: "PEM file of the own certificate, for calls over TLS.")
    var certificate: String?

    @Option(name: .customLong("tls-key"), help: "PEM file of its private key.")
    var key: String?

    @Option(name: .customLong("tls-roots"), help: "PEM file of the roots to believe.")
    var roots: String?

    var isEmpty: Bool { certificate == nil && key == nil && roots == nil }
}

/// How a client command reaches a process: in the clear, or over TLS by its options or a deployment's file.
struct ClientSecurityOptions: ParsableArguments {
    @OptionGroup var tls: TLSOptions

    @Option(
        name: .customLong("tls-server"),
        help: ArgumentHelp(
            "URI that the server's certificate must carry, instead of the host dialled.",
            discussion: "As in urn:forerunner:process:gateway."))
    var server: String?

    @Option(help: "Configuration file of the deployment, whose certificate, key and roots are used.")
    var config: String?

    func load() throws(Failure) -> ClientSecurity {
        let deployment: DeploymentFile
        if let config { deployment = try DeploymentFile(path: config) } else { deployment = .bare }
        guard let files = try deployment.tlsFiles(tls) else {
            return ClientSecurity(transport: .plaintext, expecting: .dialledHost)
        }
        return ClientSecurity(
            transport: .mutualTLS(try Credentials.load(files)),
            expecting: server.map { .uri($0) } ?? .dialledHost)
    }
}

/// What a client command's channel is made with.
struct ClientSecurity {
    let transport: TransportSecurity
    let expecting: ExpectedServer

    func channel(to address: HostPort) -> ClientChannel {
        ClientChannel(
            host: address.host, port: address.port, security: transport, expecting: expecting)
    }
}

/// Certificates against the clock of the machine.
enum Credentials {
    @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }

    /// For a process that serves roles the certificate must be made out to each; a client has none.
    static func load(_ files: TLSFiles, for roles: [HostedRole] = []) throws(Failure) -> TLSCredentials {
        do throws(CredentialFlaw) {
            return try TLSCredentials(files: files, now: now) { objection(to: $0, roles) }
        } catch {
            throw Failure(.badInput, error.description)
        }
    }

    @Sendable private static func objection(to own: PeerIdentity, _ roles: [HostedRole]) -> String? {
        if own.validity.notAfter < now() { return "it has ended" }
        if own.validity.notBefore > now() { return "it is not valid yet; is the clock right?" }
        let named: CertifiedName
        do throws(CertifiedNameFlaw) {
            named = try CertifiedName(uris: own.names.uris)
        } catch {
            return error.description
        }
        guard !roles.isEmpty else { return nil }
        guard case .process(let certified) = named else {
            return "it is not made out to a process; `forerunner pki issue --role` makes one that is"
        }
        let lacking = roles.map(\.rawValue).filter { !certified.contains($0) }
        return lacking.isEmpty
            ? nil
            : "it is made out to \(certified.sorted().joined(separator: ", ")), and not to "
                + lacking.joined(separator: ", ")
    }
}
