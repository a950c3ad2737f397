import Foundation
import Glibc
import Testing

extension ProcessTests {
    /// The disk is full at random moments of mixed writes, and has room again.
    @Suite("A full disk", .serialized)
    struct FullDiskTests {
        private static let diskCount = Setting.count("FORERUNNER_FULL_DISKS", usual: 0)
        private static let mebibytes = 64

        @Test("commands are refused while no write is taken, reads are answered, and nothing is lost")
        func refusedWrites() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let full = deployed.folder + "/full"
            let settings = [
                "LD_PRELOAD": try FaultLibrary.path(), "FAULT_BELOW": deployed.data,
                "FAULT_CALL": FaultPlan.Call.write.rawValue, "FAULT_COUNT": "0",
                "FAULT_ERROR": "\(ENOSPC)", "FAULT_WHILE": full,
            ]
            try await fill(deployed, times: 2, settings) {
                try Data().write(to: URL(fileURLWithPath: full))
            } clear: {
                try FileManager.default.removeItem(atPath: full)
            }
        }

        @Test(
            "the same on a file system that is full", .timeLimit(.minutes(30)),
            .enabled(
                if: diskCount > 0 && getuid() == 0,
                "needs FORERUNNER_FULL_DISKS and a user who may mount: run deploy/durability as root"))
        func fullFileSystem() async throws {
            let disk = try LoopDisk(mebibytes: Self.mebibytes)
            defer { disk.remove() }
            var deployed = try Deployed()
            defer { deployed.remove() }
            deployed.dataFolder = disk.mount + "/data"
            let ballast = disk.mount + "/ballast"
            try await fill(deployed, times: Self.diskCount) {
                // Ends when there is no room, which is no failure here.
                try? LoopDisk.run("dd", "if=/dev/zero", "of=\(ballast)", "bs=4096", "status=none")
            } clear: {
                try FileManager.default.removeItem(atPath: ballast)
            }
        }

        /// One process all the time: with room again it goes on without a restart.
        private func fill(
            _ deployed: Deployed, times: Int, _ environment: [String: String] = [:],
            fill: () throws -> Void, clear: () throws -> Void
        ) async throws {
            let servant = try await deployed.start("scheme", environment: environment)
            let hammer = Hammer(port: deployed.portBase)
            let hammering = Task { await hammer.run() }
            let check = RecordCheck(data: deployed.data)
            for round in 1...times {
                try await Task.sleep(for: .milliseconds(Int.random(in: 50...500)))
                try fill()
                let refused = hammer.refusedCount
                try await eventually("commands are refused") { hammer.refusedCount > refused + 20 }
                for _ in 1...3 {
                    let address = deployed.address(of: "scheme")
                    _ = try await Asked.json("SchemeService/ListKeyFields", at: address)
                }
                #expect(servant.process.isRunning, "round \(round): \(servant.words)")
                try clear()
                let answered = hammer.answered.count
                try await eventually("commands are answered again; it said \(servant.words)") {
                    try #require(servant.process.isRunning, "it ended: \(servant.words)")
                    return hammer.answered.count > answered + 20
                }
            }
            hammering.cancel()
            await hammering.value
            do {
                try await hammer.settle()
            } catch {
                throw Missed("\(error); it said \(servant.words)")
            }
            let counts = { (try? check.publishedCount(), hammer.answered.count, hammer.contradicted.count) }
            try await eventually("every act is in the log: \(counts()); it said \(servant.words)") {
                try check.publishedCount() == hammer.answered.count
            }
            #expect(try await servant.end() == 0, "\(servant.words)")
            await hammer.close()
            try check.expectSound(hammer, "the disk was full \(times) times")
            print(
                "the disk is full × \(times): \(hammer.answered.count) commands, "
                    + "\(hammer.refusedCount) refused meanwhile")
        }
    }
}
