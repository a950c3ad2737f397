import ArgumentParser
import Contracts
import Foundation
import Regulation

struct PkiCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pki", abstract: "Make certificates for calls over TLS.",
        discussion: """
            For demonstrations and small deployments; a deployment with a certificate authority of its own
            needs neither command. Every process and every institution gets a certificate and a key; all of
            them get the root's certificate, which tells them whom to believe.

            Example, all on one machine:

              forerunner pki init --data pki
              forerunner pki issue --data pki --role all --name "Forerunner processes"
              forerunner pki issue --data pki --institution 91440400192548256N --name "a work agency"
            """,
        subcommands: [PkiInitCommand.self, PkiIssueCommand.self])
}

struct PkiInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a root: a certificate that all processes and institutions of a deployment trust.",
        discussion: """
            Writes root.pem and root.key into the folder, and overwrites nothing. Give root.pem to everybody.
            Whoever has root.key can pose as anybody: no serving process needs it, so keep it off their
            machines.
            """)

    @Option(help: "Folder for the root and, by default, for what it issues.")
    var data: String

    @Option(help: "Name of the root, for people.")
    var name = "Forerunner demonstration root"

    @Option(help: "Days until it ends, 1 to 7300; nothing that it issues lives longer.")
    var days = 3650

    func run() async throws {
        try await endingWith {
            guard (1...7300).contains(days) else {
                throw Failure(.badInput, "--days \(days) is not between 1 and 7300")
            }
            try PkiIssueCommand.check(name: name)
            try DemonstrationAuthority.create(in: data, name: name, days: days, now: Date())
            Console.result(DemonstrationAuthority.certificatePath(in: data))
            Console.result(DemonstrationAuthority.keyPath(in: data))
        }
    }
}

struct PkiIssueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue a certificate and its key to an institution or to a process.",
        discussion: """
            An institution is named by its credit code and acts at the gateway in the role that the
            deployment's configuration gives it (tls.institutions). A process is named by its role: scheme,
            ranking, compliance or gateway; several may be given, and “all” is all four, for
            `forerunner serve all` or four processes that share one certificate.

            Hosts are the DNS names and addresses under which others reach it; a process without --host gets
            localhost, 127.0.0.1 and ::1. Files are readable by their owner only, and none is overwritten.

            Examples: forerunner pki issue --data pki --role gateway --name gateway --host counter.example.org
                      forerunner pki issue --data pki --institution 91440400192548256N --name 工作机构
            """)

    /// X.520: the longest common name.
    private static let nameCharacterCountMax = 64

    @Option(help: "Folder of the root.")
    var data: String

    @Option(help: "Credit code (统一社会信用代码) of the institution.")
    var institution: String?

    @Option(help: "Role of the process: scheme, ranking, compliance, gateway or all; may be repeated.")
    var role: [String] = []

    @Option(help: "Name for people, at most 64 characters.")
    var name: String

    @Option(help: "DNS name or address under which it serves; may be repeated.")
    var host: [String] = []

    @Option(help: "Days until it ends, 1 to 3650.")
    var days = 365

    @Option(
        help: "Path without suffix of the two files; by default the code or the role in the root's folder.")
    var out: String?

    func run() async throws {
        try await endingWith {
            guard (1...3650).contains(days) else {
                throw Failure(.badInput, "--days \(days) is not between 1 and 3650")
            }
            try Self.check(name: name)
            let (uris, stem) = try named()
            for host in host where InternetAddress.bytes(host) == nil && !InternetAddress.isName(host) {
                throw Failure(.badInput, "“\(host)” is no DNS name and no address")
            }
            let isProcess = institution == nil
            let hosts = host.isEmpty && isProcess ? ["localhost", "127.0.0.1", "::1"] : host
            let path = out ?? data + "/" + stem
            try DemonstrationAuthority(folder: data).issue(
                .init(uris: uris, name: name, hosts: hosts, isServer: !hosts.isEmpty), days: days,
                stem: path, now: Date())
            Console.result(path + ".pem")
            Console.result(path + ".key")
        }
    }

    /// The URIs of the holder, and a name for its files.
    private func named() throws(Failure) -> (uris: [String], stem: String) {
        if let institution, role.isEmpty {
            do throws(CreditCodeFlaw) {
                _ = try CreditCode(institution)
            } catch {
                throw Failure(.badInput, "--institution \(institution): \(error.messageEN)")
            }
            return ([CertifiedName.institutionPrefix + institution], institution)
        }
        guard institution == nil, !role.isEmpty else {
            throw Failure(.badInput, "give either --institution CODE or --role ROLE")
        }
        let roles = role == ["all"] ? HostedRole.allCases.map(\.rawValue) : role
        let uris = roles.map(CertifiedName.process)
        do throws(CertifiedNameFlaw) {
            _ = try CertifiedName(uris: uris)
        } catch {
            throw Failure(.badInput, "--role: \(error)")
        }
        return (uris, role.joined(separator: "-"))
    }

    static func check(name: String) throws(Failure) {
        guard !name.isEmpty, name.count <= nameCharacterCountMax else {
            throw Failure(.badInput, "--name must have 1 to \(nameCharacterCountMax) characters")
        }
    }
}
