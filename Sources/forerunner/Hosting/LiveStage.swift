import Contracts
import Foundation
import RegulatedYear
import Regulation
import Wire

/// The year's stage made of real processes over TCP and a shared clock file.
struct LiveStage: YearStage {
    /// Starting a process takes a second or two; a quarter second a look.
    private static let lookCountMax = 120
    private static let pause = Duration.milliseconds(250)

    private let deployment: DeploymentFile
    private let clock: SharedClock
    private let children: ChildProcesses
    private let language: Language
    private let channel: ClientChannel
    private let tokens: [Office: String]

    init(deployment: DeploymentFile, clock: SharedClock, children: ChildProcesses, language: Language) {
        self.deployment = deployment
        self.clock = clock
        self.children = children
        self.language = language
        let address = (try? deployment.address(of: .gateway)) ?? HostPort(host: "127.0.0.1", port: 7400)
        channel = ClientChannel(host: address.host, port: address.port)
        let granted = deployment.deployment.tokens
        tokens = Dictionary(
            Cast.offices.compactMap { office in
                granted.first {
                    $0.role == office.role && $0.institution?.creditCode == office.institution.creditCode
                }.map { (office.office, $0.token) }
            }, uniquingKeysWith: { first, _ in first })
    }

    var counter: any RPCChannel { channel }

    func token(of office: Office) -> String? { tokens[office] }

    func advance(to moment: Instant) throws {
        if let failure = children.failure { throw failure }
        try clock.advance(to: moment)
    }

    func now() throws -> Instant { try clock.now() }

    func show(_ step: YearStep) {
        let mark = step.isRefusal ? language.pick(zh: "✗ 不予办理：", en: "✗ refused: ") : ""
        let article = step.article.padding(toLength: 9, withPad: " ", startingAt: 0)
        Console.result("\(step.date)  \(article) \(mark)\(language.pick(zh: step.zh, en: step.en))")
    }

    func showWaiting(for reason: String) {
        Console.tell(language.pick(zh: "    （等待服务：\(reason)）", en: "    (waiting: \(reason))"))
    }

    func close() async { await channel.close() }

    /// Waits until all four answer, and refuses to go on unless each runs on this very clock.
    func awaitProcesses() async throws {
        for role in HostedRole.allCases {
            let address = try deployment.address(of: role)
            let status = try await status(of: role, at: address)
            guard status.timeKind == .simulated, status.clockId == clock.clockID else {
                throw Failure(
                    .badInput,
                    "the \(role.rawValue) process at \(address) does not run on this year's clock; "
                        + "another deployment listens there: choose other ports with --port-base")
            }
        }
    }

    private func status(of role: HostedRole, at address: HostPort) async throws -> NodeAPI.StatusResponse {
        let channel = ClientChannel(host: address.host, port: address.port)
        var last = "no answer"
        for _ in 0..<Self.lookCountMax {
            if let failure = children.failure {
                await channel.close()
                throw failure
            }
            do {
                let status = try await NodeClient(channel).status(
                    .init(), options: CallOptions(timeout: .seconds(2)))
                await channel.close()
                return status
            } catch {
                last = error.message
            }
            try await Task.sleep(for: Self.pause)
        }
        await channel.close()
        throw Failure(.unreachable, "the \(role.rawValue) process did not answer at \(address): \(last)")
    }
}
