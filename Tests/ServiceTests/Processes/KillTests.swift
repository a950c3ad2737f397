import Foundation
import Glibc
import Testing

extension ProcessTests {
    /// Shorter here; `deploy/durability` runs the long forms.
    @Suite("Durability of what was acknowledged", .serialized)
    struct KillTests {
        private static let killCount = Setting.count("FORERUNNER_KILLS", usual: 6)
        private static let imageCount = Setting.count("FORERUNNER_POWER_IMAGES", usual: 0)
        /// Commands that are sent at least, a part of them again.
        private static let requestCount = Setting.count("FORERUNNER_REQUESTS", usual: 200)
        private static let resentShareMin = 0.3

        private func expectSound(_ deployed: Deployed, _ hammer: Hammer) async throws {
            try RecordCheck(data: deployed.data).expectAnswered(hammer)
            for command in [["ledger", "audit", "--deep"], ["log", "verify"]] {
                let outcome = try await Program.run(command + ["--data", deployed.data])
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            let log = try await Program.run(["log", "verify", "--data", deployed.data])
            #expect(log.output.contains("\t\(hammer.answered.count) entries\t"), "\(log.output)")
        }

        @Test(
            "kill -9 in mixed writes loses nothing acknowledged and applies nothing twice",
            .timeLimit(.minutes(60)))
        func kills() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let hammer = Hammer(port: deployed.portBase)
            let hammering = Task { await hammer.run() }
            var slowest = Duration.zero
            for round in 0..<Self.killCount {
                let begin = ContinuousClock.now
                let servant = try await deployed.start("scheme")
                if round > 0 { slowest = max(slowest, ContinuousClock.now - begin) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...300)))
                try await servant.end(SIGKILL)
            }
            let servant = try await deployed.start("scheme")
            try await eventually("enough was sent") { hammer.sentCount >= Self.requestCount }
            hammering.cancel()
            await hammering.value
            try await hammer.settle()
            // The log follows within a second.
            try await eventually("every act is in the log") {
                try await Program.run(["log", "verify", "--data", deployed.data]).output
                    .contains("\t\(hammer.answered.count) entries\t")
            }
            #expect(try await servant.end() == 0)
            await hammer.close()
            try await expectSound(deployed, hammer)
            #expect(hammer.answered.count > Self.killCount)
            #expect(Double(hammer.resentCount) >= Self.resentShareMin * Double(hammer.sentCount))
            #expect(slowest < .seconds(5), "a start took \(slowest)")
            let counts =
                "\(hammer.answered.count) commands, \(hammer.sentCount) requests, "
                + "\(hammer.resentCount) of them sent before"
            print("kill -9 × \(Self.killCount): \(counts), slowest start \(slowest)")
        }

        @Test(
            "a power failure loses nothing acknowledged, and would without fsync", .timeLimit(.minutes(60)),
            .enabled(
                if: imageCount > 0 && getuid() == 0,
                "needs FORERUNNER_POWER_IMAGES and a user who may mount: run deploy/durability as root"))
        func powerFailures() async throws {
            let synced = try await PowerStage.lost(images: Self.imageCount, withoutSync: false)
            #expect(synced == 0)
            // The same with fsync left out must lose something, or this test would prove nothing.
            let unsynced = try await PowerStage.lost(images: max(3, Self.imageCount / 10), withoutSync: true)
            #expect(unsynced > 0)
            print("power failures × \(Self.imageCount): \(synced) lost; without fsync \(unsynced) lost")
        }
    }
}
