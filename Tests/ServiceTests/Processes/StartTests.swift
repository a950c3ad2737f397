import Foundation
import Testing

extension ProcessTests {
    @Suite("Starting and ending", .serialized)
    struct StartTests {
        @Test(
            "processes start in any order and find one another",
            arguments: [
                ["gateway", "compliance", "ranking", "scheme"],
                ["ranking", "gateway", "scheme", "compliance"],
                ["scheme", "compliance", "ranking", "gateway"],
            ])
        func anyOrder(order: [String]) async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            var servants: [Servant] = []
            for role in order { servants.append(try await deployed.start(role)) }
            try await eventually("all are serving") {
                try await Asked.areAllServing(at: deployed.gateway)
            }
            for role in order {
                let status = try await Asked.json("Node/Status", at: deployed.address(of: role))
                #expect(status["role"] as? String == role)
                #expect(status["timeKind"] as? String == "TIME_KIND_REAL")
            }
            for servant in servants {
                #expect(try await servant.end() == 0)
                #expect(servant.words.contains("ended in good order"))
            }
        }

        @Test("a role is found at its second address while nobody answers at the first")
        func standby() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let scheme = deployed.address(of: "scheme")
            let silent = "127.0.0.1:\(try Scratch.freePorts(1))"
            let configuration = deployed.folder + "/gateway.json"
            try String(contentsOfFile: deployed.configuration, encoding: .utf8)
                .replacing("\"\(scheme)\"", with: "\"\(silent), \(scheme)\"")
                .write(toFile: configuration, atomically: true, encoding: .utf8)
            let servant = try await deployed.start("scheme")
            let gateway = try await Servant.ready(
                "gateway",
                deployed.arguments("gateway").map { $0 == deployed.configuration ? configuration : $0 },
                log: deployed.folder + "/gateway.log")
            for _ in 0..<5 { _ = try await Asked.json("SchemeService/ListSchemes", at: deployed.gateway) }
            #expect(try await gateway.end() == 0)
            #expect(try await servant.end() == 0)
        }

        @Test("a first start that was cut off is finished by the next, a lost store is not made anew")
        func cutOff() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let store = deployed.data + "/scheme.sqlite"
            try FileManager.default.createDirectory(
                atPath: deployed.data, withIntermediateDirectories: true)
            for left in [store + ".lock", store] { try Data().write(to: URL(fileURLWithPath: left)) }
            #expect(try await deployed.start("scheme").end() == 0)
            try FileManager.default.removeItem(atPath: store)
            let refused = try await Program.run(deployed.arguments("scheme"))
            #expect(refused.status == 2)
            #expect(!FileManager.default.fileExists(atPath: store))
        }

        @Test("a stream is followed line by line, to the end of its time or of its process")
        func followed() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let servant = try await deployed.start("scheme")
            let call = ["call", "Health/Watch", "--to", deployed.address(of: "scheme")]
            let timed = try await Program.run(call + ["--timeout", "2"])
            #expect(timed.status == 0, "\(timed.errors)")
            #expect(timed.output == #"{"status":"SERVING"}"# + "\n")
            async let followed = Program.run(call)
            try await eventually("the watch is open") { ProcessTable.find(call).count == 1 }
            try await Task.sleep(for: .milliseconds(500))
            #expect(try await servant.end() == 0)
            let outcome = try await followed
            #expect(outcome.output.hasPrefix(#"{"status":"SERVING"}"#), "\(outcome.errors)")
            let silent = try await Program.run(call + ["--timeout", "2"])
            #expect(silent.status == 3)
        }

        @Test("an import that runs when its process is told to end is answered, and the next start has it")
        func endDuringCall() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let gateway = try await deployed.start("gateway")
            let ranking = try await deployed.start("ranking")
            async let imported = Program.run([
                "import", "standards", Bundled.bulbs, "--profile", Bundled.bulbProfile, "--cutoff",
                "2025-09-01", "--to", deployed.gateway, "--token", Deployed.workAgencyToken,
            ])
            let pid = ranking.process.processIdentifier
            let whole = Scratch.byteCount(Bundled.bulbs)
            try await eventually("the file has arrived") {
                Scratch.files(in: deployed.data + "/imports").contains { Scratch.byteCount($0) == whole }
            }
            // The last call reads the file: it is running when the process uses the processor.
            let before = try #require(ProcessTable.ticks(of: pid))
            try await eventually("the import is being read") {
                try #require(ProcessTable.ticks(of: pid)) > before + 20
            }
            #expect(try await ranking.end() == 0)
            #expect(ranking.words.contains("ended in good order"))
            let outcome = try await imported
            #expect(outcome.status == 0, "\(outcome.errors)")

            let again = try await deployed.start("ranking")
            let snapshots = try await Asked.json(
                "RankingService/ListSnapshots", at: deployed.address(of: "ranking"))
            #expect((snapshots["snapshots"] as? [Any])?.count == 1)
            #expect(try await again.end() == 0)
            #expect(try await gateway.end() == 0)
        }

        @Test("a child ends by itself when its parent is gone")
        func withParent() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            // Nobody's child: the process named is not the parent, from the beginning.
            let servant = Servant(
                role: "scheme",
                process: try Program.start(
                    deployed.arguments("scheme").dropLast() + ["1"], log: deployed.folder + "/log"),
                log: deployed.folder + "/log")
            try await eventually("it ends") { !servant.process.isRunning }
            #expect(servant.process.terminationStatus == 0)
            #expect(servant.words.contains("ended in good order"))
        }
    }
}
