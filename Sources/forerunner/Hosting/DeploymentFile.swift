import Contracts
import Foundation
import Regulation
import Wire

/// Where every process of a deployment listens, and who may speak to it.
///
/// Defaults keep everything on the loopback interface.
struct DeploymentFile {
    /// Shortest token and platform key accepted: 32 characters of base 16 are 128 bits.
    static let secretCharacterCountMin = 32

    let deployment: DeploymentAPI.Deployment
    /// Path of the file, whose folder paths in it are relative to; nil for one made in memory.
    private let path: String?

    /// Without a file: default addresses, no tokens, no platform key, so public methods only.
    static let bare = DeploymentFile(deployment: .init())

    private init(deployment: DeploymentAPI.Deployment) {
        self.deployment = deployment
        path = nil
    }

    init(path: String) throws(Failure) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .badInput, "configuration \(path) cannot be read; check the path and its permissions")
        }
        do {
            deployment = try DeploymentAPI.Deployment.fromJSON(String(decoding: data, as: UTF8.self))
        } catch {
            throw Failure(.badInput, "configuration \(path): \(error)")
        }
        try check(path)
    }

    /// For the demonstration and `serve all`: a deployment made in memory.
    init(checked deployment: DeploymentAPI.Deployment) throws(Failure) {
        self.deployment = deployment
        path = nil
        try check("configuration")
    }

    private func check(_ path: String) throws(Failure) {
        let key = deployment.platformKey
        if !key.isEmpty, key.count < Self.secretCharacterCountMin {
            throw Failure(
                .badInput,
                "\(path): platformKey has \(key.count) characters; "
                    + "at least \(Self.secretCharacterCountMin) are needed")
        }
        for (index, token) in deployment.tokens.enumerated() {
            if token.token.count < Self.secretCharacterCountMin {
                throw Failure(
                    .badInput,
                    "\(path): tokens[\(index)].token has \(token.token.count) characters; at least "
                        + "\(Self.secretCharacterCountMin) are needed")
            }
            if token.role == .unspecified || token.role == .service {
                throw Failure(.badInput, "\(path): tokens[\(index)].role must be a role of the programme")
            }
        }
        try checkInstitutions(path)
        do throws(Failure) {
            for role in HostedRole.allCases { _ = try addresses(of: role) }
            _ = try webAddress()
        } catch {
            throw Failure(error.ending, "\(path): addresses.\(error.description)")
        }
    }

    /// Each institution that acts by its certificate has a right code, one role, and stands there once.
    private func checkInstitutions(_ path: String) throws(Failure) {
        var seen: Set<String> = []
        for (index, entry) in (deployment.tls?.institutions ?? []).enumerated() {
            let place = "\(path): tls.institutions[\(index)]"
            let code = entry.institution?.creditCode ?? ""
            do throws(CreditCodeFlaw) {
                _ = try CreditCode(code)
            } catch {
                throw Failure(.badInput, "\(place).institution.creditCode “\(code)”: \(error.messageEN)")
            }
            guard seen.insert(code).inserted else {
                throw Failure(
                    .badInput, "\(place): \(code) stands there already; an institution has one role")
            }
            switch entry.role {
            case .authority, .workAgency, .evaluationAgency, .committee, .enterprise: break
            case .unspecified, .public, .service, .unrecognized:
                throw Failure(.badInput, "\(place).role must be a role of the programme")
            }
        }
    }

    /// The files for TLS: those of the options, else those of the configuration; nil when neither wants TLS.
    func tlsFiles(_ options: TLSOptions) throws(Failure) -> TLSFiles? {
        guard deployment.tls != nil || !options.isEmpty else { return nil }
        let tls = deployment.tls ?? .init()
        func file(_ option: String?, _ entry: String, _ name: String) throws(Failure) -> String {
            if let option { return option }
            guard entry.isEmpty else { return entry.hasPrefix("/") ? entry : folder + entry }
            let place = path.map { "\($0): tls.\(name) is missing; name a file there, or" } ?? "for TLS"
            throw Failure(.badInput, "\(place) give --tls-\(name)")
        }
        return TLSFiles(
            certificate: try file(options.certificate, tls.certificate, "certificate"),
            key: try file(options.key, tls.key, "key"), roots: try file(options.roots, tls.roots, "roots"))
    }

    /// The configuration's folder with a slash; empty for the working folder.
    private var folder: String {
        guard let path, let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[...slash])
    }

    /// Where this process listens in a role: the first of the role's addresses.
    func address(of role: HostedRole) throws(Failure) -> HostPort { try addresses(of: role)[0] }

    /// Where the role's processes are called, in the file's order; at least one, each once.
    func addresses(of role: HostedRole) throws(Failure) -> [HostPort] {
        let addresses = deployment.addresses ?? .init()
        let (text, port) =
            switch role {
            case .gateway: (addresses.gateway, 7400)
            case .scheme: (addresses.scheme, 7401)
            case .ranking: (addresses.ranking, 7402)
            case .compliance: (addresses.compliance, 7403)
            }
        do throws(Failure) {
            return try HostPort.list(text, default: port)
        } catch {
            throw Failure(error.ending, "\(role.rawValue)\(error.description)")
        }
    }

    func webAddress() throws(Failure) -> HostPort {
        do throws(Failure) { return try HostPort(deployment.addresses?.web ?? "", default: 8080) } catch {
            throw Failure(error.ending, "web: \(error.description)")
        }
    }
}

extension HostPort {
    /// Reads one address or several with commas between; an empty text is the default port on 127.0.0.1.
    ///
    /// A failure begins with the place within the list, as in "[1]: …", the first being 0.
    static func list(_ text: String, default port: Int) throws(Failure) -> [HostPort] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count > 1 else {
            do throws(Failure) { return [try HostPort(text, default: port)] } catch {
                throw Failure(error.ending, ": \(error.description)")
            }
        }
        guard parts.count <= WireLimits.endpointCountMax else {
            throw Failure(
                .badInput,
                ": \(parts.count) addresses; at most \(WireLimits.endpointCountMax) are called")
        }
        var addresses: [HostPort] = []
        for (index, part) in parts.enumerated() {
            do throws(Failure) {
                guard !part.isEmpty else {
                    throw Failure(.badInput, "there is no address between the commas; take one out")
                }
                let address = try HostPort(part, default: port)
                guard !addresses.contains(address) else {
                    throw Failure(.badInput, "\(address) is there twice; take one out")
                }
                addresses.append(address)
            } catch {
                throw Failure(error.ending, "[\(index)]: \(error.description)")
            }
        }
        return addresses
    }

    /// Reads "HOST:PORT" or "[ADDRESS]:PORT"; an empty text is the default port on 127.0.0.1.
    init(_ text: String, default port: Int) throws(Failure) {
        if text.isEmpty {
            self.init(host: "127.0.0.1", port: port)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port), colon != text.startIndex
        else {
            throw Failure(.badInput, "“\(text)” is no address; write HOST:PORT, as in 127.0.0.1:7400")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.init(host: host, port: port)
    }
}

/// The roles a process can have.
enum HostedRole: String, CaseIterable, Sendable {
    case gateway, scheme, ranking, compliance
}
