import Contracts
import Foundation
import Synchronization
import Wire

/// Commands without end to a scheme process that is killed meanwhile, and what became of each.
///
/// Every command has an id of its own and publishes a key field, which is an event, projection rows, an
/// answer that is kept, and an entry of the public log.
final class Hammer: Sendable {
    private struct State {
        /// Position that a command was answered with.
        var answered: [String: Int64] = [:]
        /// Sent, and not answered yet.
        var open: Set<String> = []
        /// Commands that got another answer than the first time.
        var contradicted: [String] = []
        var sentCount = 0
        /// Of those, how many had been sent before, answered or not.
        var resentCount = 0
        /// Commands that the process refused because its record takes nothing.
        var refusedCount = 0
    }

    /// As many as wait for the record at once.
    private static let workerCount = 16
    /// One in so many commands is one that was answered before.
    private static let resendInterval = 3
    /// So many without an answer are left behind; then they are sent again before new ones.
    private static let openCountMax = 64
    /// Part of the words with which a process answers whose record takes nothing.
    private static let refusal = "the record could not be used"
    private static let platformKey = String(repeating: "k", count: 32)
    private static let authority = Actor(
        role: .authority, institutionCode: "11100000MB0143028R", institutionName: "市场监督管理部门（演示）")

    private let state: Mutex<State>
    private let channel: ClientChannel

    /// - Parameter answered: what a record that is gone on with holds already.
    init(port: Int, answered: [String: Int64] = [:]) {
        state = Mutex(State(answered: answered))
        channel = ClientChannel(host: "127.0.0.1", port: port)
    }

    var answered: [String: Int64] { state.withLock { $0.answered } }
    var contradicted: [String] { state.withLock { $0.contradicted } }
    var sentCount: Int { state.withLock { $0.sentCount } }
    var refusedCount: Int { state.withLock { $0.refusedCount } }
    var resentCount: Int { state.withLock { $0.resentCount } }

    /// Sends commands until the task is cancelled. Failures are what the test is about.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.workerCount {
                group.addTask {
                    var count = worker
                    while !Task.isCancelled {
                        count += 1
                        await self.sendOne(count)
                    }
                }
            }
        }
    }

    /// Sends what got no answer until it has one.
    func settle() async throws {
        let end = ContinuousClock.now + .seconds(60)
        while let id = state.withLock({ $0.open.first }) {
            guard ContinuousClock.now < end else {
                throw Missed("command \(id) is not answered; \(contradicted.prefix(3))")
            }
            await send(id)
        }
    }

    /// Sends some of the answered ones once more.
    func resend(atMost count: Int) async {
        for id in answered.keys.prefix(count) { await send(id) }
    }

    func close() async { await channel.close() }

    private func sendOne(_ count: Int) async {
        let before =
            count % Self.resendInterval == 0 ? state.withLock { $0.answered.randomElement()?.key } : nil
        let open = state.withLock { $0.open.count < Self.openCountMax ? nil : $0.open.randomElement() }
        await send(before ?? open ?? UUID().uuidString)
    }

    private func send(_ id: String) async {
        state.withLock { state in
            state.sentCount += 1
            let isNew = state.answered[id] == nil && state.open.insert(id).inserted
            if !isNew { state.resentCount += 1 }
        }
        let metadata = Self.authority.vouched(
            in: [CallMetadata.requestID: id], platformKey: Self.platformKey)
        do {
            let receipt = try await SchemeServiceClient(channel).publishKeyField(
                .init(
                    keyField: .init(
                        code: "K-\(id)", name: "灯具", year: 2026, declaredStandards: "已公开两千余项",
                        consumerConcern: "高", qualityEffect: "显著", differentiation: "明显",
                        plans: ["消费品标准和质量提升规划"])),
                options: CallOptions(timeout: .seconds(10), metadata: metadata))
            state.withLock { state in
                state.open.remove(id)
                if let first = state.answered.updateValue(receipt.position, forKey: id),
                    first != receipt.position
                {
                    state.contradicted.append("\(id): \(first), then \(receipt.position)")
                }
            }
        } catch {
            guard [.unavailable, .deadlineExceeded, .cancelled].contains(error.code) else {
                state.withLock { $0.contradicted.append("\(id): \(error)") }
                return
            }
            if error.message.contains(Self.refusal) { state.withLock { $0.refusedCount += 1 } }
            // A process that was killed is started again within a second or two.
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
