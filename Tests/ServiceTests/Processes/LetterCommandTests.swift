import Foundation
import Testing

extension ProcessTests {
    /// Letters, comparisons and publications of a year, as a person gets them from the program.
    @Suite("Letters and comparisons by command", .serialized)
    struct LetterCommandTests {
        @Test("letters are written in three forms, lists compared, and fetched files checked")
        func commands() async throws {
            let year = try await FinishedYear.shared.record()
            var servants: [Servant] = []
            for role in ["ranking", "gateway"] {
                let arguments = [
                    "serve", role, "--data", year.folder, "--config", year.folder + "/deployment.json",
                    "--clock", year.folder + "/clock",
                ]
                servants.append(
                    try await Servant.ready(
                        role, arguments + Servant.endsWithTheTests,
                        log: year.folder + "-\(role)-\(UUID().uuidString).log"))
            }
            let gateway = "127.0.0.1:\(year.portBase)"
            let answer = try await Asked.json("RankingService/ListRankingLists", at: gateway)["lists"]
            let lists = try #require(answer as? [[String: Any]])
            let published = lists.filter { $0["state"] as? String == "LIST_STATE_PUBLISHED" }
            let ids = published.compactMap { $0["id"] as? String }
            try #require(ids.count == 2)
            try await letters(ids[0], year, gateway)
            try await comparison(ids[0], ids[1], gateway)
            try await publication(ids[0], try #require(published[0]["publishedOn"] as? String), gateway)
            for servant in servants { #expect(try await servant.end() == 0) }
        }

        private func run(
            _ arguments: [String], at gateway: String, token: String? = nil, ends status: Int32 = 0
        ) async throws -> Program.Outcome {
            let outcome = try await Program.run(
                arguments + ["--to", gateway],
                environment: ["FORERUNNER_TOKEN": token ?? "", "LANG": "C.UTF-8"])
            #expect(outcome.status == status, "\(arguments): \(outcome.output.prefix(500))\(outcome.errors)")
            return outcome
        }

        /// The token of the agency of the year's lists.
        private func token(of year: FinishedYear.Record, _ name: String) throws -> String {
            let data = try Data(contentsOf: URL(fileURLWithPath: year.folder + "/deployment.json"))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let tokens = try #require(object["tokens"] as? [[String: Any]])
            let mine = tokens.first { ($0["institution"] as? [String: Any])?["name"] as? String == name }
            return try #require(mine?["token"] as? String)
        }

        private func letters(_ id: String, _ year: FinishedYear.Record, _ gateway: String) async throws {
            let token = try token(of: year, "照明电器检测评估中心（演示）")
            let csv = try await run(["letter", id, "--format", "csv"], at: gateway, token: token)
            let lines = csv.output.split(separator: "\r\n")
            #expect(lines.first?.hasPrefix("序号,") == true)
            #expect(csv.errors.contains("\(lines.count - 1) rows, as submitted"), "\(csv.errors)")
            let json = try await run(["letter", id], at: gateway, token: token)
            let letter = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect((letter?["rows"] as? [Any])?.count == lines.count - 1)
            #expect(lines.count > 1000, "the letter has several pages of rows")
            let html = try await run(["letter", id, "--format", "html"], at: gateway, token: token)
            #expect(html.output.hasPrefix("<!DOCTYPE html>") && html.output.hasSuffix("</html>\n"))
            #expect(html.output.components(separatedBy: "<tr>").count - 1 == lines.count)
            let other = try self.token(of: year, "速评咨询有限公司（演示）")
            _ = try await run(["letter", id], at: gateway, token: other, ends: 1)
            _ = try await run(["letter", id], at: gateway, ends: 1)
            _ = try await run(["letter", id, "--format", "pdf"], at: gateway, token: token, ends: 2)
        }

        private func comparison(_ before: String, _ after: String, _ gateway: String) async throws {
            let text = try await run(["compare", before, after], at: gateway).output
            #expect(text.hasPrefix("- \(before)\t") && text.contains("\n+ \(after)\t"))
            #expect(text.contains("\nleft\t") && text.contains("BARRED"))
            let json = try await run(["compare", before, after, "--format", "json"], at: gateway).output
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
            let total = try #require((object?["total"] as? NSNumber)?.intValue)
            #expect((object?["changes"] as? [Any])?.count == total)
            _ = try await run(["compare", before, "LIST-NONE"], at: gateway, ends: 1)
        }

        private func publication(_ id: String, _ day: String, _ gateway: String) async throws {
            let folder = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let file = folder + "/page"
            try "\(id) \(day)（演示页面）\n".write(toFile: file, atomically: true, encoding: .utf8)
            let same = try await run(["publication", "check", id, file], at: gateway).output
            #expect(same == "ok\t\(day)\thttps://agency.example/results/\(id)\n")
            try "\(id) \(day)（另一页面）\n".write(toFile: file, atomically: true, encoding: .utf8)
            _ = try await run(["publication", "check", id, file], at: gateway, ends: 1)
            _ = try await run(["publication", "check", id, folder + "/none"], at: gateway, ends: 2)
        }
    }
}
