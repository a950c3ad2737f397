import Foundation
import Testing

extension ProcessTests {
    @Suite("A year with kill -9", .serialized)
    struct YearTests {
        @Test("the year goes on after every kill and ends with sound stores")
        func throughKills() async throws {
            let year = try await FinishedYear.shared.record()
            #expect(year.killedBy == 9)
            #expect(year.orphanCount == 4)
            #expect(year.status == 0, "\(year.second)")
            for role in ["scheme", "ranking", "compliance"] {
                let line = try #require(
                    year.lines.first { $0.hasPrefix("audit ") && $0.contains("\(role):") }, "\(year.second)")
                #expect(line.hasSuffix("chain and projections agree"))
            }
            #expect(year.second.contains("latest ranking:"))
        }

        @Test(
            "titles are granted once though their granter was killed; audits and rebuilds change nothing"
        )
        func titles() async throws {
            let year = try await FinishedYear.shared.record()
            let servants = try await serve(year.folder)
            let answers = try await answers(at: "127.0.0.1:\(year.portBase)")
            let chosen = try #require(answers.forerunnerNumbers.first)
            #expect(answers.forerunnerNumbers.count == 1)
            #expect(chosen > 0)
            #expect(answers.titles.count == chosen)
            #expect(Set(answers.titles).count == chosen)

            let beside = try await Program.run(["ledger", "audit", "--data", year.folder])
            #expect(beside.status == 0, "\(beside.output)\(beside.errors)")
            #expect(beside.output.split(separator: "\n").allSatisfy { $0.contains("\tok\t") })
            let refused = try await Program.run(["ledger", "rebuild", "--data", year.folder])
            #expect(refused.status == 2, "a store was rebuilt under its process")
            for servant in servants { #expect(try await servant.end() == 0) }

            let rebuilt = try await Program.run(["ledger", "rebuild", "--data", year.folder])
            #expect(rebuilt.status == 0, "\(rebuilt.errors)")
            let again = try await serve(year.folder)
            #expect(try await self.answers(at: "127.0.0.1:\(year.portBase)") == answers)
            for servant in again { #expect(try await servant.end() == 0) }
        }

        @Test(
            "one changed byte in the record is found and placed; projections can be made anew, events cannot")
        func changedByte() async throws {
            let year = try await FinishedYear.shared.record()
            let store = try #require(FileManager.default.contents(atPath: year.folder + "/scheme.sqlite"))
            let places = store.places(of: Data("装饰LED灯企业标准".utf8))
            #expect(places.count > 1)
            var damagedEvents = 0
            // Three commands a place: eight places, spread over the file, will do.
            for place in stride(from: 0, to: places.count, by: places.count / 8 + 1).map({ places[$0] }) {
                var changed = store
                changed[place] ^= 0x01
                damagedEvents += try await isEventDamaged(changed) ? 1 : 0
            }
            #expect(damagedEvents > 0, "no event with the title was found in the store")
        }

        /// Audits a store with a changed byte; whether an event is damaged, rather than a projection.
        private func isEventDamaged(_ store: Data) async throws -> Bool {
            let folder = try Scratch.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try store.write(to: URL(fileURLWithPath: folder + "/scheme.sqlite"))
            let audit = try await Program.run(["ledger", "audit", "--data", folder])
            // Bytes on pages that SQLite no longer uses belong to nothing.
            if audit.status == 0 { return false }
            #expect(audit.status == 4)
            #expect(audit.output.contains("DAMAGED"))
            #expect(try Scratch.contents(of: folder)["scheme.sqlite"] == store, "the audit changed the store")
            let isEvent = audit.output.contains("scheme\tevents ")
            let rebuilt = try await Program.run(["ledger", "rebuild", "--data", folder])
            let after = try await Program.run(["ledger", "audit", "--data", folder])
            #expect(rebuilt.status == (isEvent ? 4 : 0), "\(audit.output)\(rebuilt.errors)")
            #expect(after.status == (isEvent ? 4 : 0), "\(after.output)")
            return isEvent
        }

        private func serve(_ folder: String) async throws -> [Servant] {
            var servants: [Servant] = []
            for role in Deployed.roles {
                let arguments =
                    [
                        "serve", role, "--data", folder, "--config", folder + "/deployment.json", "--clock",
                        folder + "/clock",
                    ] + Servant.endsWithTheTests
                servants.append(
                    try await Servant.ready(
                        role, arguments, log: "\(folder)/logs/\(role)-\(UUID().uuidString).log"))
            }
            return servants
        }

        /// What a reader sees of the year.
        private struct Answers: Equatable {
            let titles: [String]
            let forerunnerNumbers: [Int]
            let texts: [String]
        }

        private func answers(at gateway: String) async throws -> Answers {
            try await eventually("all are serving") { try await Asked.areAllServing(at: gateway) }
            let titles = try await Asked.json(
                "ComplianceService/FindTitles", #"{"page":{"limit":1000}}"#, at: gateway)
            let lists = try await Asked.json("RankingService/ListForerunnerLists", at: gateway)
            var texts: [String] = []
            for method in [
                "SchemeService/ListSchemes", "SchemeService/ListNotices", "RankingService/ListRankingLists",
                "RankingService/ListForerunnerLists", "ComplianceService/FindTitles",
                "ComplianceService/ListBars",
            ] {
                texts.append(try await Program.run(["call", method, "--to", gateway]).output)
            }
            return Answers(
                titles: (titles["titles"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String },
                forerunnerNumbers: (lists["lists"] as? [[String: Any]] ?? []).compactMap {
                    ($0["number"] as? NSNumber)?.intValue
                }, texts: texts)
        }
    }
}

extension Data {
    /// Offsets of every occurrence.
    fileprivate func places(of pattern: Data) -> [Int] {
        var places: [Int] = []
        var start = startIndex
        while let found = range(of: pattern, in: start..<endIndex) {
            places.append(found.lowerBound)
            start = found.upperBound
        }
        return places
    }
}
