import Foundation
import GRDB
import Glibc
import Testing

extension ProcessTests {
    /// Shorter here; `deploy/durability` runs the long forms.
    @Suite("Durability of what was acknowledged", .serialized)
    struct KillTests {
        private static let killCount = count("FORERUNNER_KILLS", usual: 6)
        private static let imageCount = count("FORERUNNER_POWER_IMAGES", usual: 0)

        private static func count(_ name: String, usual: Int) -> Int {
            ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
        }

        /// Positions of the commands in a store, by request id.
        private func recorded(_ path: String) throws -> [String: Int64] {
            let queue = try DatabaseQueue(path: path)
            defer { try? queue.close() }
            return try queue.read { database in
                #expect(try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"])
                let rows = try Row.fetchAll(database, sql: "SELECT request_id, last_position FROM requests")
                return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
            }
        }

        private func expectSound(_ deployed: Deployed, _ hammer: Hammer) async throws {
            let recorded = try recorded(deployed.data + "/scheme.sqlite")
            for (id, position) in hammer.answered { #expect(recorded[id] == position, "\(id)") }
            // Each is one event: a command that was applied twice would be two.
            #expect(Set(recorded.values).count == recorded.count)
            #expect(recorded.count == hammer.answered.count)
            #expect(hammer.contradicted.isEmpty, "\(hammer.contradicted.prefix(3))")
            for command in [["ledger", "audit", "--deep"], ["log", "verify"]] {
                let outcome = try await Program.run(command + ["--data", deployed.data])
                #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            }
            let log = try await Program.run(["log", "verify", "--data", deployed.data])
            #expect(log.output.contains("\t\(recorded.count) entries\t"), "\(log.output)")
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
            #expect(hammer.resentCount > 0)
            #expect(slowest < .seconds(5), "a start took \(slowest)")
            let counts = "\(hammer.answered.count) commands, \(hammer.resentCount) resent"
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
