import Contracts
import Foundation
import Testing
import Wire

extension ProcessTests {
    @Suite("A process with no descriptors left")
    struct FailedAcceptTests {
        /// Numbers of a process's open descriptors.
        private static func descriptors(of pid: Int32) -> [Int] {
            ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []).compactMap(
                Int.init)
        }

        private static func limit(_ pid: Int32, toDescriptorsBelow max: Int) async throws {
            let prlimit = Process()
            prlimit.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            prlimit.arguments = ["prlimit", "--pid", "\(pid)", "--nofile=\(max):"]
            try prlimit.run()
            try await eventually("prlimit ends") { !prlimit.isRunning }
            try #require(prlimit.terminationStatus == 0)
        }

        /// ttrpc-rust#239, ttrpc-rust#240: one failed accept ended the server.
        @Test("accepts again when it has some")
        func acceptsAgain() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let servant = try await deployed.start("scheme")
            let pid = servant.process.processIdentifier
            // Room for three descriptors, and for holes among the present ones.
            let max = (Self.descriptors(of: pid).max() ?? 0) + 4
            try await Self.limit(pid, toDescriptorsBelow: max)
            var peers: [RawPeer] = []
            for _ in 0..<max + 1 { peers.append(try await RawPeer(port: deployed.portBase)) }
            try await eventually("no descriptor is left") { Self.descriptors(of: pid).count == max }
            for peer in peers { try? await peer.close() }
            let channel = ClientChannel(host: "127.0.0.1", port: deployed.portBase)
            let answer = try await HealthClient(channel).check(HealthAPI.HealthCheckRequest())
            #expect(answer.status == .serving)
            await channel.close()
            #expect(try await servant.end() == 0)
        }
    }
}
