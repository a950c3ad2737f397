import Contracts
import Foundation
import Wire

/// Where every process of a deployment listens, and who may speak to it.
///
/// Defaults keep everything on the loopback interface.
struct DeploymentFile {
    /// Shortest token and platform key accepted: 32 characters of base 16 are 128 bits.
    static let secretCharacterCountMin = 32

    let deployment: DeploymentAPI.Deployment

    /// Without a file: default addresses, no tokens, no platform key, so public methods only.
    static let bare = DeploymentFile(deployment: .init())

    private init(deployment: DeploymentAPI.Deployment) {
        self.deployment = deployment
    }

    init(path: String) throws(Failure) {
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
        do throws(Failure) {
            for role in HostedRole.allCases { _ = try addresses(of: role) }
            _ = try webAddress()
        } catch {
            throw Failure(error.ending, "\(path): addresses.\(error.description)")
        }
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
