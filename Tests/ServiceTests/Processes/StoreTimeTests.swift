import Foundation
import Testing

extension ProcessTests {
    @Suite("Stores keep to their time", .serialized)
    struct StoreTimeTests {
        @Test("a store of simulated time opens under its own clock only")
        func simulated() async throws {
            var deployed = try Deployed(clockID: "clock-of-this-test")
            defer { deployed.remove() }
            try await deployed.start("scheme").end()
            let before = try Scratch.stores(in: deployed.data)
            #expect(before["scheme.sqlite"] != nil)

            let ownClock = deployed.clockPath
            deployed.clockPath = nil
            try await expectRefusal(deployed, naming: "clock-of-this-test")
            deployed.clockPath = deployed.folder + "/other"
            try "another-clock\n2025-06-03T01:00:00.000000Z\n".write(
                toFile: deployed.folder + "/other", atomically: true, encoding: .utf8)
            try await expectRefusal(deployed, naming: "another-clock")
            #expect(try Scratch.stores(in: deployed.data) == before)

            deployed.clockPath = ownClock
            #expect(try await deployed.start("scheme").end() == 0)
        }

        @Test("a store of real time opens under no clock")
        func real() async throws {
            var deployed = try Deployed(clockID: "clock-of-this-test")
            defer { deployed.remove() }
            let clock = deployed.clockPath
            deployed.clockPath = nil
            try await deployed.start("scheme").end()
            let before = try Scratch.stores(in: deployed.data)
            deployed.clockPath = clock
            try await expectRefusal(deployed, naming: "real time")
            #expect(try Scratch.stores(in: deployed.data) == before)
        }

        @Test("a store of another role is refused, and so is one that is served")
        func otherRole() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let scheme = try await deployed.start("scheme")
            let second = try await Program.run(deployed.arguments("scheme"))
            #expect(second.status == 2)
            #expect(second.errors.contains("\(scheme.process.processIdentifier)"))
            try await scheme.end()
            try FileManager.default.copyItem(
                atPath: deployed.data + "/scheme.sqlite", toPath: deployed.data + "/compliance.sqlite")
            let other = try await Program.run(deployed.arguments("compliance"))
            #expect(other.status == 2)
            #expect(other.errors.contains("scheme"))
        }

        @Test("a store that was there and is missing is not made anew")
        func missing() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            try await deployed.start("scheme").end()
            let store = deployed.data + "/scheme.sqlite"
            try FileManager.default.removeItem(atPath: store)
            let outcome = try await Program.run(deployed.arguments("scheme"))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(store))
            #expect(!FileManager.default.fileExists(atPath: store))
        }

        private func expectRefusal(_ deployed: Deployed, naming words: String) async throws {
            let outcome = try await Program.run(deployed.arguments("scheme"))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.contains("scheme.sqlite"), "\(outcome.errors)")
        }
    }
}
