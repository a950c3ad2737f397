import Contracts
import Foundation
import Glibc
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

        /// ttrpc-rust#239, ttrpc-rust#240: one failed accept ended the server.
        @Test("accepts again when it has some")
        func acceptsAgain() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let servant = try await deployed.start("scheme")
            let pid = servant.process.processIdentifier
            // Room for three descriptors, and for holes among the present ones.
            let max = (Self.descriptors(of: pid).max() ?? 0) + 4
            var former = rlimit()
            try #require(prlimit(pid, RLIMIT_NOFILE, nil, &former) == 0)
            var narrow = rlimit(rlim_cur: rlim_t(max), rlim_max: former.rlim_max)
            try #require(prlimit(pid, RLIMIT_NOFILE, &narrow, nil) == 0)
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
