import Foundation
import Testing

extension ProcessTests {
    /// Logs, credentials, proofs and backups of a year whose processes were killed on the way.
    @Suite("The public record of a year", .serialized)
    struct PublicRecordTests {
        private func serve(_ year: FinishedYear.Record) async throws -> [Servant] {
            var servants: [Servant] = []
            for role in Deployed.roles {
                let arguments =
                    [
                        "serve", role, "--data", year.folder, "--config", year.folder + "/deployment.json",
                        "--clock", year.folder + "/clock",
                    ] + Servant.endsWithTheTests
                servants.append(
                    try await Servant.ready(
                        role, arguments, log: year.folder + "-\(role)-\(UUID().uuidString).log"))
            }
            return servants
        }

        private func run(_ arguments: [String], ends status: Int32 = 0) async throws -> String {
            let outcome = try await Program.run(arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.output)\(outcome.errors)")
            return outcome.output
        }

        private func key(of role: String, in folder: String) async throws -> String {
            let lines = try await run(["log", "key", "--data", folder]).split(separator: "\n")
            let line = try #require(lines.first { $0.hasPrefix(role + "\t") })
            return String(line.dropFirst(role.count + 1))
        }

        @Test("titles, lists and logs are fetched and checked by commands")
        func checked() async throws {
            let year = try await FinishedYear.shared.record()
            let servants = try await serve(year)
            let site = "http://127.0.0.1:\(year.portBase + 4)"
            let gateway = "127.0.0.1:\(year.portBase)"
            let scratch = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: scratch) }

            _ = try await run(["log", "verify", "--data", year.folder])
            let log = try await key(of: "compliance", in: year.folder)
            for _ in 1...2 {
                let found = try await run([
                    "log", "verify", "--from", site + "/log/compliance", "--key", log, "--mirror",
                    scratch + "/mirror",
                ])
                #expect(found.contains("\tok\t"))
            }

            let lists = try await Asked.json("RankingService/ListRankingLists", at: gateway)["lists"]
            let published = try #require(lists as? [[String: Any]])
                .filter { $0["state"] as? String == "LIST_STATE_PUBLISHED" }.compactMap {
                    $0["id"] as? String
                }
            #expect(!published.isEmpty)
            let ranking = try await key(of: "ranking", in: year.folder)
            for list in published {
                _ = try await run(["rank", "verify", list, "--to", gateway, "--site", site, "--key", ranking])
            }
            _ = try await run(
                ["rank", "verify", published[0], "--to", gateway, "--site", site, "--key", log], ends: 1)

            try await titles(year, site, scratch)
            for servant in servants { #expect(try await servant.end() == 0) }
        }

        /// Every title of the year: the cancelled one is refused, the others are valid.
        private func titles(_ year: FinishedYear.Record, _ site: String, _ scratch: String) async throws {
            let trust =
                try await Asked.json(
                    "ComplianceService/GetTrust", at: "127.0.0.1:\(year.portBase)")["trust"] as? String
            try #require(trust).write(toFile: scratch + "/trust.json", atomically: true, encoding: .utf8)
            let clock = try String(contentsOfFile: year.folder + "/clock", encoding: .utf8)
            let formatter = ISO8601DateFormatter()
            formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
            let moment = try #require(
                formatter.date(from: clock.split(separator: "\n").last.map(String.init) ?? ""))
            let found = try await Asked.json(
                "ComplianceService/FindTitles", at: "127.0.0.1:\(year.portBase)")["titles"]
            let titles = try #require(found as? [[String: Any]])
            var states: [String: Int] = [:]
            for title in titles {
                let id = try #require(title["id"] as? String)
                let state = try #require(title["state"] as? String)
                states[state, default: 0] += 1
                _ = try await run(["title", "fetch", id, "--from", site, "--to", scratch])
                let verdict = try await run(
                    [
                        "title", "verify", "\(scratch)/\(id).sdjwt", "--trust", scratch + "/trust.json",
                        "--at",
                        "\(Int(moment.timeIntervalSince1970))", "--format", "json",
                    ], ends: state == "TITLE_STATE_VALID" ? 0 : 1)
                #expect(verdict.contains(state == "TITLE_STATE_VALID" ? "\"valid\"" : "\"invalid\""))
            }
            #expect(states["TITLE_STATE_CANCELLED"] == 1)
            #expect(states["TITLE_STATE_VALID", default: 0] > 0)
        }

        @Test(
            "a backup made while the processes serve is restored elsewhere, and signs nothing that was signed"
        )
        func backup() async throws {
            let year = try await FinishedYear.shared.record()
            let servants = try await serve(year)
            let scratch = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            let configuration = year.folder + "/deployment.json"
            let name = "b" + UUID().uuidString
            _ = try await run(["ledger", "backup", "--data", year.folder, "--name", name], ends: 2)
            let made = try await run([
                "ledger", "backup", "--data", year.folder, "--name", name, "--config", configuration,
            ])
            #expect(made.split(separator: "\n").count == 3)
            for servant in servants { #expect(try await servant.end() == 0) }

            let restored = scratch + "/restored"
            let from = year.folder + "/backups/" + name
            let told = try await run(["ledger", "restore", "--from", from, "--data", restored])
            #expect(told.split(separator: "\n").allSatisfy { $0.contains("\tok\t") })
            _ = try await run(["ledger", "audit", "--data", restored])
            _ = try await run(["ledger", "restore", "--from", from, "--data", restored], ends: 2)

            // Without its key a log is not begun again beside its files.
            let serve = [
                "serve", "compliance", "--data", restored, "--config", configuration, "--clock",
                year.folder + "/clock",
            ]
            _ = try await run(serve, ends: 2)
            let keys = try FileManager.default.contentsOfDirectory(atPath: year.folder).filter {
                $0.hasSuffix(".key")
            }
            for key in keys {
                try FileManager.default.copyItem(
                    atPath: "\(year.folder)/\(key)", toPath: "\(restored)/\(key)")
            }
            _ = try await run(serve, ends: 2)
            _ = try await run([
                "log", "adopt", "--data", restored, "--role", "compliance", "--checkpoint",
                year.folder + "/compliance.log/checkpoint",
            ])
            let servant = try await Servant.ready(
                "compliance", serve + Servant.endsWithTheTests, log: scratch + "/compliance.log")
            #expect(try await servant.end() == 0)
            _ = try await run(["log", "verify", "--data", restored])
        }
    }
}
