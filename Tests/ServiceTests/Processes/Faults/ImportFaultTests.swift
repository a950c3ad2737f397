import Foundation
import Testing

extension ProcessTests {
    /// Eight calls here; `deploy/durability` runs some hundreds.
    @Suite("Imports in which a call fails", .serialized)
    struct ImportFaultTests {
        private static let isLong = Setting.count("FORERUNNER_FAULTS", usual: 0) > 0

        /// Calls while an import runs are counted from its beginning: parts arrive, rows are written and
        /// checkpointed, the index is written, the event follows.
        private static let plans: [FaultPlan] = {
            let numbers = isLong ? Array(stride(from: 1, through: 1_300, by: 13)) : [2, 60, 400, 900]
            let writes = numbers.enumerated().map { place, number in
                let failures: [FaultPlan.Failure] = [.code(ENOSPC), .torn, .code(EIO)]
                return FaultPlan(
                    call: .write, failure: failures[place % 3], beginning: .ending, number: number,
                    isLasting: place % 2 == 1)
            }
            let syncs = (isLong ? Array(1...12) : [1, 2, 3, 4]).map { number in
                FaultPlan(
                    call: .sync, failure: .code(EIO), beginning: .ending, number: number,
                    isLasting: number % 2 == 1)
            }
            return writes + syncs
        }()

        @Test(
            "an import in which a write fails leaves nothing of itself or all, and goes on when sent again",
            .timeLimit(.minutes(120)))
        func failingCalls() async throws {
            var reached = 0
            var refused = 0
            for plan in Self.plans {
                let round = try ImportFaultRound(plan)
                defer { round.deployed.remove() }
                try await round.run()
                if round.isReached { reached += 1 }
                if round.wasRefused { refused += 1 }
            }
            print("calls that fail in imports × \(Self.plans.count): \(reached) reached, \(refused) refused")
            // Or this would prove nothing.
            #expect(reached >= Self.plans.count / 2)
            #expect(refused > 0)
        }
    }
}

/// One import into a ranking process in which a call fails, and the same import after a restart.
private final class ImportFaultRound {
    let plan: FaultPlan
    let deployed: Deployed
    private(set) var wasRefused = false

    init(_ plan: FaultPlan) throws {
        self.plan = plan
        deployed = try Deployed()
    }

    private var report: String { deployed.folder + "/report" }
    private var trigger: String { deployed.folder + "/trigger" }
    var isReached: Bool { FileManager.default.fileExists(atPath: report) }

    private var command: [String] {
        [
            "import", "standards", Bundled.bulbs, "--profile", Bundled.bulbProfile, "--cutoff", "2025-09-01",
            "--to",
            deployed.gateway, "--token", Deployed.workAgencyToken,
        ]
    }

    func run() async throws {
        let gateway = try await deployed.start("gateway")
        let settings = try plan.environment(below: deployed.data, report: report, trigger: trigger)
        let faulty = try await deployed.start("ranking", environment: settings)
        try Data().write(to: URL(fileURLWithPath: trigger))
        let first = try await Program.run(command)
        wasRefused = first.status != 0
        #expect(!wasRefused || !first.errors.isEmpty, "\(plan): refused without a word")
        _ = try? await faulty.end(SIGKILL)

        let healthy = try await deployed.start("ranking")
        let listed = try await Asked.json("RankingService/ListSnapshots", at: deployed.gateway)
        let count = (listed["snapshots"] as? [[String: Any]])?.count ?? 0
        // What was answered is there; what was not may be.
        #expect(count == 1 || (wasRefused && count == 0), "\(plan): \(count) snapshots")
        let again = try await Program.run(command)
        #expect(again.status == 0, "\(plan): \(again.errors)")
        #expect(again.output.filter { $0 != " " }.contains("\"accepted\":11381"))
        #expect(try await healthy.end() == 0)
        let audit = try await Program.run(["ledger", "audit", "--deep", "--data", deployed.data])
        #expect(audit.status == 0, "\(plan): \(audit.output)\(audit.errors)")
        #expect(try await gateway.end() == 0)
    }
}
