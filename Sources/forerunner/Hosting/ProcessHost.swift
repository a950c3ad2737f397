import Authority
import Contracts
import Foundation
import Gateway
import Ledger
import Logging
import PublicLog
import Wire

/// Runs one or more roles in this process until it is told to end.
///
/// Order of the end: no new calls, running calls answered, feeds no longer followed, stores closed.
struct ProcessHost {
    /// Less than the ten seconds that service managers usually wait before they kill.
    static let drainSecondsDefault = 8
    private static let lookInterval = Duration.seconds(1)

    let roles: [HostedRole]
    let deployment: DeploymentFile
    /// Certificate, key and roots; nil without TLS.
    var credentials: TLSCredentials?
    let dataFolder: String
    let time: any TimeSource
    let logger: Logger
    /// Calls that still run this long after the process was told to end are cut off.
    let drainTime: Duration

    private var security: Security {
        Security(
            transport: credentials.map { .mutualTLS($0) } ?? .plaintext, deployment: deployment)
    }

    func run(parent: Int32?) async throws {
        let interruption = await Interruption.listening()
        var running: [RunningRole] = []
        do {
            for role in roles { running.append(try await start(role)) }
        } catch {
            for role in running.reversed() { await role.stop(within: .zero) }
            throw error
        }
        for role in running { Console.tell("ready \(role.name) \(role.address)") }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await interruption.wait() }
            group.addTask { [running] in await Self.failure(of: running) }
            if let parent { group.addTask { await Self.outlive(parent) } }
            if let credentials { group.addTask { await Self.watch(credentials, logger) } }
            await group.next()
            group.cancelAll()
        }
        let failure = running.compactMap(\.failure).first
        for role in running.reversed() { await role.stop(within: drainTime) }
        if let failure { throw failure }
        Console.tell("ended in good order")
    }

    private func start(_ role: HostedRole) async throws(Failure) -> RunningRole {
        switch role {
        case .gateway: try await startGateway()
        case .scheme, .ranking, .compliance: try await startAuthority(role)
        }
    }

    private func startAuthority(_ role: HostedRole) async throws(Failure) -> RunningRole {
        let ledger = try openLedger(role)
        do throws(Failure) {
            let site = try PublicSite(deployment)
            let hosting = LogHosting(role: role, dataFolder: dataFolder, site: site, logger: logger)
            let writer = try await hosting.open(ledger)
            let hosted = AuthorityAssembly(
                role: role, ledger: ledger, log: LogReader(folder: writer.folder, key: writer.key),
                credentials: CredentialHosting(dataFolder: dataFolder, site: site, log: writer.key),
                time: time, dataFolder: dataFolder, security: security, logger: logger)
            let parts = try hosted.parts()
            let address = try deployment.address(of: role)
            let server = try await bind(address, parts.router)
            return RunningRole(
                name: role.rawValue, address: HostPort(host: address.host, port: server.boundPort),
                server: server, ledger: ledger, publisher: hosting.publisher(ledger, writer),
                loops: parts.loops, channels: parts.channels)
        } catch {
            ledger.close()
            throw error
        }
    }

    private func startGateway() async throws(Failure) -> RunningRole {
        let assembly = GatewayAssembly(time: time, security: security, logger: logger)
        let parts = try await assembly.parts()
        let address = try deployment.address(of: .gateway)
        let server = try await bind(address, parts.router)
        do {
            let web = try await WebServer.start(parts.site, at: try deployment.webAddress(), logger: logger)
            return RunningRole(
                name: "gateway", address: HostPort(host: address.host, port: server.boundPort),
                server: server, web: web, channels: parts.channels)
        } catch {
            await server.shutdown(within: .zero)
            throw error
        }
    }

    private func bind(_ address: HostPort, _ router: any RequestRouter) async throws(Failure) -> RPCServer {
        try security.admit(address)
        do {
            return try await RPCServer.bind(
                host: address.host, port: address.port, router: router, logger: logger,
                security: security.transport)
        } catch {
            throw Failure(.badInput, error.description)
        }
    }

    /// Makes the store at the first start; afterwards a missing file is an error, not a new record.
    private func openLedger(_ role: HostedRole) throws(Failure) -> Ledger {
        guard let projector = Stores.projector(of: role) else {
            preconditionFailure("the \(role.rawValue) role keeps no record")
        }
        do throws(LogError) {
            try DurableFile.makeFolder(dataFolder)
        } catch {
            throw Failure(
                .badInput, "the data folder \(dataFolder) cannot be made; check the path and its permissions")
        }
        let path = Stores(folder: dataFolder).path(of: role)
        do {
            return try Ledger.open(
                at: path, mark: StoreMark(role: role.rawValue, timeKind: time.kind), projector: projector,
                create: isFirstStart(role, path), logger: logger)
        } catch {
            throw Failure(ledger: error)
        }
    }

    /// Whether no start on this folder came further than the store: its log's mark and key are made behind
    /// it, and before anybody is served. So what a first start that failed has left is finished.
    private func isFirstStart(_ role: HostedRole, _ path: String) -> Bool {
        let log = LogPaths(dataFolder: dataFolder, role: role.rawValue)
        let isThere = FileManager.default.fileExists(atPath:)
        return !isThere(path + ".lock") || !isThere(log.published) && !isThere(log.key)
    }

    /// Returns when a record can no longer be written, or its log no longer published: what lasts is only
    /// known after a new start.
    private static func failure(of roles: [RunningRole]) async {
        while roles.allSatisfy({ $0.failure == nil }), !Task.isCancelled {
            try? await Task.sleep(for: lookInterval)
        }
    }

    private static func watch(_ credentials: TLSCredentials, _ logger: Logger) async {
        await CredentialWatch(credentials: credentials, logger: logger).run()
    }

    private static func outlive(_ parent: Int32) async {
        while getppid() == parent, !Task.isCancelled { try? await Task.sleep(for: lookInterval) }
    }
}

/// A role at work.
struct RunningRole: Sendable {
    let name: String
    let address: HostPort
    private let server: RPCServer
    let ledger: Ledger?
    private let publisher: LogPublisher?
    private let web: WebServer?
    private let publishing: Task<Void, Never>
    private let following: Task<Void, Never>
    private let channels: [any ClosableChannel]

    init(
        name: String, address: HostPort, server: RPCServer, ledger: Ledger? = nil,
        publisher: LogPublisher? = nil, web: WebServer? = nil, loops: [@Sendable () async -> Void] = [],
        channels: [any ClosableChannel]
    ) {
        self.name = name
        self.address = address
        self.server = server
        self.ledger = ledger
        self.publisher = publisher
        self.web = web
        publishing = Task { await publisher?.run() }
        self.channels = channels
        following = Task {
            await withTaskGroup(of: Void.self) { group in
                for loop in loops { group.addTask { await loop() } }
            }
        }
    }

    /// Why the process must end, or nil.
    var failure: Failure? {
        if let error = ledger?.failure { return Failure(.damaged, error.message) }
        return publisher?.failure.map { Failure(log: $0) }
    }

    func stop(within time: Duration) async {
        await web?.stop()
        await server.shutdown(within: time)
        following.cancel()
        await following.value
        publishing.cancel()
        await publishing.value
        for channel in channels { await channel.close() }
        if let ledger { await Self.close(ledger) }
    }

    /// Closing waits for readers, who need the shared threads: so it waits on a thread of its own.
    private static func close(_ ledger: Ledger) async {
        await withCheckedContinuation { closed in
            Thread.detachNewThread {
                ledger.close()
                closed.resume()
            }
        }
    }
}
