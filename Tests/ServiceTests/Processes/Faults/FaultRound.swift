import Foundation
import Glibc
import Testing

/// One process in which a call fails, and the one after it, which must find everything acknowledged.
struct FaultRound {
    enum Ending: String, Sendable, CaseIterable {
        /// The process ended before it was ready.
        case notStarted = "did not start"
        /// It ended by itself, or told when it was ended that something is wrong.
        case stopped
        case wentOn = "went on"
        /// There were not so many calls.
        case unreached = "not reached"
    }

    struct Outcome: Sendable {
        let ending: Ending
        /// The file of the failed call, below the data folder.
        let place: String
    }

    /// Longest time that a process is given to come to the call: some ten files are published in a second.
    private var patience: Duration {
        plan.beginning == .ending ? Self.aftermath : .seconds(8) + .milliseconds(100) * plan.number
    }
    /// It is watched for so long after the call failed.
    private static let aftermath = Duration.milliseconds(250)
    /// The same where publishing is tried again after a second.
    private static let publishingAftermath = Duration.milliseconds(1400)
    /// Commands that were answered before are sent once more after the restart.
    private static let resendCount = 20

    let plan: FaultPlan
    private let deployed: Deployed
    private let hammer: Hammer
    private var report: String { deployed.folder + "/report" }
    private var trigger: String { deployed.folder + "/trigger" }

    init(_ plan: FaultPlan) async throws {
        self.plan = plan
        deployed = try Deployed()
        guard plan.beginning == .killed else {
            hammer = Hammer(port: deployed.portBase)
            return
        }
        let killed = try await KilledRecord.shared.record()
        try FileManager.default.copyItem(atPath: killed.data, toPath: deployed.data)
        hammer = Hammer(port: deployed.portBase, answered: killed.recorded)
    }

    func run() async throws -> Outcome {
        defer { deployed.remove() }
        let settings = try plan.environment(below: deployed.data, report: report, trigger: trigger)
        let log = deployed.folder + "/faulty.log"
        let process = try Program.start(deployed.arguments("scheme"), log: log, environment: settings)
        let servant = Servant(role: "scheme", process: process, log: log)
        let ending = try await watch(servant)
        try await goOn()
        await hammer.close()
        return Outcome(ending: ending, place: place)
    }

    private var isReached: Bool { FileManager.default.fileExists(atPath: report) }

    /// The failed call's file, without what differs from one run to the next.
    private var place: String {
        let line = (try? String(contentsOfFile: report, encoding: .utf8)) ?? ""
        let path = line.trimmingCharacters(in: .newlines).drop { $0 != "/" }.dropFirst(deployed.data.count)
        return String(path).replacing(#/(\d{3})(\.p)?(/\d+)?/#, with: "N")
    }

    /// Lets the process work until the call has failed, and ends it where it has not ended itself.
    private func watch(_ servant: Servant) async throws -> Ending {
        let process = servant.process
        try await eventually("it is ready or has ended: \(servant.words)") {
            !process.isRunning || servant.words.contains("ready scheme")
        }
        if process.isRunning {
            let hammering = Task { [hammer] in await hammer.run() }
            let end = ContinuousClock.now + patience
            while process.isRunning, !isReached, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(10))
            }
            if isReached {
                let isPublishing = place.contains("log") || place.contains("published")
                try await Task.sleep(for: isPublishing ? Self.publishingAftermath : Self.aftermath)
            }
            if plan.beginning == .ending { try Data().write(to: URL(fileURLWithPath: trigger)) }
            hammering.cancel()
            if process.isRunning { kill(process.processIdentifier, SIGTERM) }
            await hammering.value
            try await eventually("it ends: \(servant.words)") { !process.isRunning }
        }
        #expect(process.terminationReason == .exit, "\(plan): \(servant.words)")
        let isReady = servant.words.contains("ready scheme")
        #expect([0, 2, 4].contains(process.terminationStatus), "\(plan): \(servant.words)")
        guard isReached else { return .unreached }
        #expect(isReady || process.terminationStatus != 0, "\(plan): \(servant.words)")
        return !isReady ? .notStarted : process.terminationStatus == 0 ? .wentOn : .stopped
    }

    /// The next start, without the fault.
    private func goOn() async throws {
        let servant = try await deployed.start("scheme")
        try await hammer.settle()
        await hammer.resend(atMost: Self.resendCount)
        let check = RecordCheck(data: deployed.data)
        try await eventually("every act is in the log: \(servant.words)") {
            try check.publishedCount() == hammer.answered.count
        }
        #expect(try await servant.end() == 0, "\(plan): \(servant.words)")
        try check.expectSound(hammer, "\(plan)")
    }
}
