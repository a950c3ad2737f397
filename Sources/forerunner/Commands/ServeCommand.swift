import ArgumentParser
import Authority
import Contracts
import Foundation
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run one role, or all roles in one process.",
        discussion: """
            ROLE is all, scheme, ranking, compliance or gateway. Each authority keeps its own store in the
            data folder (scheme.sqlite, ranking.sqlite, compliance.sqlite); the gateway keeps none. Processes
            start in any order. Addresses, tokens and the platform key come from the configuration file, a
            JSON object:

              { "addresses": { "gateway": "127.0.0.1:7400", "scheme": "127.0.0.1:7401",
                               "ranking": "127.0.0.1:7402", "compliance": "127.0.0.1:7403",
                               "web": "127.0.0.1:8080" },
                "platformKey": "at least 32 characters, shared by the processes of the deployment",
                "tokens": [ { "token": "at least 32 characters", "role": "ROLE_WORK_AGENCY",
                              "institution": { "creditCode": "…", "name": "…" } } ] }

            An address may be several with commas between: a process listens at the first of its role, and its
            callers use all. Without the file the addresses above are used and only public methods answer.
            Everything listens on the loopback interface unless the configuration says otherwise, which needs
            TLS:

              { "tls": { "certificate": "scheme.pem", "key": "scheme.key", "roots": "root.pem",
                         "institutions": [ { "role": "ROLE_WORK_AGENCY",
                                             "institution": { "creditCode": "…", "name": "…" } } ] } }

            Paths are relative to the configuration file; the options below come first, for processes that
            share one. The files are read again every minute and on SIGHUP.

            SIGTERM and SIGINT end the process in good order: it takes no new calls and answers those it has,
            within --drain-seconds.
            """)

    @Argument(help: "all, scheme, ranking, compliance or gateway.")
    var role: String

    @Option(help: "Folder of the stores.")
    var data = "data"

    @Option(help: "Configuration file.")
    var config: String?

    @OptionGroup var tls: TLSOptions

    @Option(
        name: .customLong("drain-seconds"),
        help: "How long calls that run at the end may go on before they are cut off, 0 to 3600.")
    var drainSeconds = ProcessHost.drainSecondsDefault

    @Option(
        name: .customLong("log-level"),
        help: "Least level that is logged: debug (failed handshakes too), info, notice, warning or error.")
    var logLevel = "notice"

    @Option(
        help: ArgumentHelp(
            "Clock file of a demonstration; the stores are marked with it.", visibility: .hidden))
    var clock: String?

    @Option(
        name: .customLong("with-parent"),
        help: ArgumentHelp("End when this process is no longer the parent.", visibility: .hidden))
    var parent: Int32?

    func run() async throws {
        try await endingWith {
            guard (0...3600).contains(drainSeconds) else {
                throw Failure(.badInput, "--drain-seconds \(drainSeconds) is not between 0 and 3600")
            }
            let roles = try hostedRoles()
            let named = try config.map { path throws(Failure) in try DeploymentFile(path: path) }
            let deployment = try named ?? embedded(roles)
            let files = try deployment.tlsFiles(tls)
            let credentials = try files.map { files throws(Failure) in try Credentials.load(files, for: roles)
            }
            let time = try timeSource()
            var logger = Logger(label: "forerunner", factory: { StreamLogHandler.standardError(label: $0) })
            guard let level = Logger.Level(rawValue: logLevel) else {
                throw Failure(
                    .badInput, "“\(logLevel)” is no level; give debug, info, notice, warning or error")
            }
            logger.logLevel = level
            let host = ProcessHost(
                roles: roles, deployment: deployment, credentials: credentials, dataFolder: data, time: time,
                logger: logger, drainTime: .seconds(drainSeconds))
            try await host.run(parent: parent)
        }
    }

    private func hostedRoles() throws(Failure) -> [HostedRole] {
        if role == "all" { return [.scheme, .compliance, .ranking, .gateway] }
        guard let one = HostedRole(rawValue: role) else {
            throw Failure(.badInput, "“\(role)” is no role; give all, scheme, ranking, compliance or gateway")
        }
        return [one]
    }

    /// All roles in one process trust one another by a key nobody else has.
    private func embedded(_ roles: [HostedRole]) throws(Failure) -> DeploymentFile {
        guard roles.count > 1 else { return .bare }
        return try DeploymentFile(
            checked: .init(platformKey: UUID().uuidString + UUID().uuidString))
    }
}

extension ServeCommand {
    private func timeSource() throws(Failure) -> any TimeSource {
        guard let clock else { return RealTime() }
        do {
            return try SharedClock(path: clock)
        } catch {
            throw Failure(.badInput, error.description)
        }
    }
}
