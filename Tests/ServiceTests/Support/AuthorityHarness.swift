import Authority
import Contracts
import Foundation
import GRDB
import Ledger
import Logging
import Regulation
import Synchronization
import Testing
import Wire

/// One authority in this process, as it is served: a real record in a folder of its own, its interceptors
/// before it, and a clock that stands where the test sets it. Only the network is left out.
final class AuthorityHarness: Sendable {
    /// What the processes of a platform prove themselves with.
    static let platformKey = "the platform's key in the tests"

    let clock: StandingClock
    let path: String
    let role: String
    let projector: any Projector
    private let folder: String
    private let services: @Sendable (CommandDesk) -> [ServiceDefinition]
    private let open: Mutex<Ledger>
    private let requestCount = Mutex(0)

    /// `services` are what the authority serves besides its feed.
    init(
        role: String, projector: any Projector, on day: String,
        services: @escaping @Sendable (CommandDesk) -> [ServiceDefinition] = { _ in [] }
    ) throws {
        folder = NSTemporaryDirectory() + "authority-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/\(role).sqlite"
        self.role = role
        self.projector = projector
        self.services = services
        clock = StandingClock(try Self.moment(day, hour: 9, minute: 0))
        open = Mutex(
            try Ledger.open(
                at: path, mark: StoreMark(role: role, timeKind: clock.kind), projector: projector,
                create: true))
    }

    deinit {
        ledger.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var ledger: Ledger { open.withLock { $0 } }

    /// Moves the clock to a Shanghai time of day.
    func go(to day: String, hour: Int = 9, minute: Int = 0) throws {
        clock.set(try Self.moment(day, hour: hour, minute: minute))
    }

    static func moment(_ day: String, hour: Int, minute: Int) throws -> Instant {
        .shanghai(try #require(CivilDate(day)), hour: hour, minute: minute)
    }

    /// The process ends and starts again on its record.
    func restart() throws {
        ledger.close()
        let reopened = try Ledger.open(
            at: path, mark: StoreMark(role: role, timeKind: clock.kind), projector: projector, create: false)
        open.withLock { $0 = reopened }
    }

    /// The process ends, its projections are made anew from the events, and it starts again.
    func rebuild() throws {
        ledger.close()
        try Ledger.rebuild(at: path, role: role, projector: projector)
        try restart()
    }

    /// A channel into the process that carries nothing of its own: whoever is behind it is a stranger.
    var strangersChannel: any RPCChannel {
        let logger = Logger(label: role) { _ in SwiftLogNoOpLogHandler() }
        let desk = CommandDesk(ledger: ledger, time: clock, logger: logger, salt: Salt.drawn)
        return InProcessChannel(
            router: ServiceRouter(
                services: services(desk) + [FeedDesk(ledger: ledger).definition],
                interceptors: [
                    PresentInterceptor(), IdentityInterceptor(platformKey: Self.platformKey),
                    AccessInterceptor(),
                ]))
    }

    /// A channel as the gateway would use it for an actor.
    func channel(
        as actor: Actor, requestID: ActorChannel.RequestID? = nil
    ) -> ActorChannel {
        ActorChannel(
            channel: strangersChannel, actor: actor,
            requestID: requestID ?? .each { [self] in nextRequestID() })
    }

    private func nextRequestID() -> String {
        requestCount.withLock { count in
            count += 1
            return "request-\(count)"
        }
    }

    /// Every check the record has for itself passes, and nothing was left unlooked at.
    func expectSoundRecord(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let report = try LedgerAudit.run(path: path, projector: projector)
        #expect(report.isSound, "\(report.problems)", sourceLocation: sourceLocation)
        #expect(report.eventCount > 0, "nothing was audited", sourceLocation: sourceLocation)
    }
}

/// Adds to every call whose it is and the request's id.
struct ActorChannel: RPCChannel {
    enum RequestID: Sendable {
        case each(@Sendable () -> String)
        case fixed(String)
        case none
    }

    let channel: any RPCChannel
    let actor: Actor
    let requestID: RequestID

    func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        try await channel.unary(service: service, method: method, payload: payload, options: own(options))
    }

    func stream(
        service: String, method: String, shape: MethodShape, request: [UInt8]?, options: CallOptions
    ) async throws(RPCStatus) -> RPCStream {
        try await channel.stream(
            service: service, method: method, shape: shape, request: request, options: own(options))
    }

    private func own(_ options: CallOptions) -> CallOptions {
        var options = options
        options.metadata = actor.vouched(
            in: options.metadata, platformKey: AuthorityHarness.platformKey)
        switch requestID {
        case .each(let next): options.metadata[CallMetadata.requestID] = next()
        case .fixed(let id): options.metadata[CallMetadata.requestID] = id
        case .none: break
        }
        return options
    }
}

/// Makes no tables: for a record that is only followed.
struct FeedOnlyProjector: Projector {
    let tables: [String] = []
    let schema = ""

    func apply(_ event: StoredEvent, _ database: Database) {}
}
