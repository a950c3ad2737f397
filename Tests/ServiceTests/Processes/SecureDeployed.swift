import Foundation
import Testing

/// A deployment whose processes speak TLS: a root, a certificate a process, and one for the work agency.
struct SecureDeployed {
    static let agencyCode = "91440400192548256N"

    let plain: Deployed
    var pki: String { plain.folder + "/pki" }
    var gateway: String { plain.gateway }

    init() async throws {
        plain = try Deployed()
        try await issue(["init", "--data", pki])
        for role in Deployed.roles {
            try await issue(["issue", "--data", pki, "--role", role, "--name", role])
        }
        try await issue([
            "issue", "--data", pki, "--institution", Self.agencyCode, "--name", "工作机构（演示）",
        ])
        // The root's key is nobody's business from here on.
        try FileManager.default.removeItem(atPath: pki + "/root.key")
        try configure()
    }

    /// Writes the configuration: addresses on the host, roots and the one institution; no token.
    func configure(host: String = "127.0.0.1", more: String = "") throws {
        let addresses = Deployed.roles.enumerated().map { index, role in
            #""\#(role)": "\#(host):\#(plain.portBase + index)""#
        }
        try """
        { "addresses": { \(addresses.joined(separator: ", ")), "web": "127.0.0.1:\(plain.portBase + 4)" },
          "platformKey": "\(String(repeating: "k", count: 32))", \(more)
          "tls": { "roots": "pki/root.pem", "institutions": [ { "role": "ROLE_WORK_AGENCY",
            "institution": { "creditCode": "\(Self.agencyCode)", "name": "工作机构（演示）" } } ] } }
        """.write(toFile: plain.configuration, atomically: true, encoding: .utf8)
    }

    @discardableResult
    func issue(_ arguments: [String]) async throws -> String {
        let outcome = try await Program.run(["pki"] + arguments)
        guard outcome.status == 0 else { throw Missed("pki \(arguments): \(outcome.errors)") }
        return outcome.output
    }

    func arguments(_ role: String) -> [String] {
        plain.arguments(role) + [
            "--tls-certificate", pki + "/\(role).pem", "--tls-key", pki + "/\(role).key",
        ]
    }

    func start(_ role: String) async throws -> Servant {
        try await Servant.ready(
            role, arguments(role), log: plain.folder + "/\(role)-\(UUID().uuidString).log")
    }

    /// Options of a client that shows a certificate.
    func shows(_ holder: String) -> [String] {
        [
            "--tls-certificate", pki + "/\(holder).pem", "--tls-key", pki + "/\(holder).key", "--tls-roots",
            pki + "/root.pem",
        ]
    }

    func call(
        _ method: String, _ json: String = "{}", as holder: String = agencyCode, at address: String? = nil
    ) async throws -> [String: Any] {
        let outcome = try await Program.run(
            ["call", method, json, "--to", address ?? gateway] + shows(holder))
        guard outcome.status == 0 else { throw Missed("\(method): \(outcome.status) \(outcome.errors)") }
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return try #require(object as? [String: Any])
    }

    func remove() { plain.remove() }
}
