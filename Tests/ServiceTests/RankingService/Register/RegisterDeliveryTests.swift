import Contracts
import Foundation
import GRDB
import Ledger
import Regulation
import Testing
import Wire

@testable import RankingService

@Suite("Deliveries of declared standards, one after another")
struct RegisterDeliveryTests {
    private struct Line {
        var code: UInt8
        var number: String
        var model: String
        var efficacy: String
    }

    private static let first = [
        Line(code: 1, number: "Q/A 1-2024", model: "A1", efficacy: "100"),
        Line(code: 1, number: "Q/A 2-2024", model: "A2", efficacy: "100"),
        Line(code: 2, number: "Q/B 1-2024", model: "B1", efficacy: "100"),
        Line(code: 2, number: "Q/B 1-2024", model: "B2", efficacy: "100"),
        Line(code: 3, number: "Q/C 1-2024", model: "C1", efficacy: "100"),
    ]

    private func file(_ lines: [Line]) -> [UInt8] {
        var text = "Name,Code,Number,Model,Efficacy,Flicker,Date\n"
        for line in lines {
            text += "企业\(line.code),\(RankingFixture.code(line.code).text),\(line.number),\(line.model),"
            text += "\(line.efficacy),0.1,2025-03-01\n"
        }
        return Array(text.utf8)
    }

    private func contents(_ snapshot: RankingAPI.Snapshot, _ fixture: RankingFixture) async throws
        -> [String]
    {
        try await fixture.ledger.read { database in
            try RegisterStore(database: database).standards(of: .init(snapshot), category: "LAMP").map {
                "\($0.number.text) \($0.models[0]) \($0.declarations[0].written)"
            }.sorted()
        }
    }

    private func audit(_ fixture: RankingFixture) throws -> [String] {
        fixture.ledger.close()
        return try LedgerAudit.run(path: fixture.path, projector: RankingProjections()).problems.map {
            "\($0)"
        }
    }

    @Test("a full delivery tells new, changed, renamed, withdrawn and unchanged, and the one before stays")
    func full() async throws {
        let fixture = try RankingFixture()
        let one = try await fixture.importFile(file(Self.first))
        var lines = Self.first
        lines[0].efficacy = "120"
        lines[1].model = "A2 Pro"
        lines.remove(at: 2)
        lines.append(Line(code: 4, number: "Q/D 1-2025", model: "D1", efficacy: "90"))
        let two = try await fixture.importFile(file(lines), cutoff: "2025-08-31")
        #expect(one.changes == .init(added: 5))
        #expect(two.changes == .init(added: 1, changed: 2, withdrawn: 1, unchanged: 2))
        #expect(two.number == 2 && two.previousId == one.id && two.kind == .full)
        #expect(two.summary?.standards == 5)
        #expect(
            try await contents(one, fixture) == [
                "Q/A 1—2024 A1 100", "Q/A 2—2024 A2 100", "Q/B 1—2024 B1 100", "Q/B 1—2024 B2 100",
                "Q/C 1—2024 C1 100",
            ])
        #expect(
            try await contents(two, fixture) == [
                "Q/A 1—2024 A1 120", "Q/A 2—2024 A2 Pro 100", "Q/B 1—2024 B2 100", "Q/C 1—2024 C1 100",
                "Q/D 1—2025 D1 90",
            ])
        #expect(try audit(fixture) == [])
    }

    @Test("an incremental delivery changes what it has and leaves the rest")
    func incremental() async throws {
        let fixture = try RankingFixture()
        _ = try await fixture.importFile(file(Self.first))
        var changed = Self.first[4]
        changed.efficacy = "150"
        let two = try await fixture.importFile(
            file([changed, Line(code: 4, number: "Q/D 1-2025", model: "D1", efficacy: "90")]),
            kind: .incremental)
        #expect(two.kind == .incremental)
        #expect(two.changes == .init(added: 1, changed: 1))
        #expect(two.summary?.standards == 6 && two.summary?.total == 2)
        #expect(try await contents(two, fixture).count == 6)
        // The same content in full gives the same digest.
        var lines = Self.first
        lines[4] = changed
        lines.append(Line(code: 4, number: "Q/D 1-2025", model: "D1", efficacy: "90"))
        let three = try await fixture.importFile(file(lines))
        #expect(three.changes == .init(unchanged: 6))
        #expect(three.summary?.snapshotDigest == two.summary?.snapshotDigest)
        #expect(try audit(fixture) == [])
    }

    @Test("rows that repeat or contradict one another are rejected, whatever stood before")
    func rejections() async throws {
        let fixture = try RankingFixture()
        _ = try await fixture.importFile(file(Self.first))
        var other = Self.first[1]
        other.efficacy = "101"
        // Row 6 repeats row 1, which stood; row 7 contradicts row 2, which stood; rows 8 and 9 are new and
        // equal.
        let fresh = Line(code: 4, number: "Q/D 1-2025", model: "D1", efficacy: "90")
        let two = try await fixture.importFile(file(Self.first + [Self.first[0], other, fresh, fresh]))
        let rows = try await fixture.service.listRejectedRows(.init(snapshotId: two.id), fixture.call())
        #expect(rows.rows.map(\.row) == [2, 6, 7, 9])
        #expect(rows.rows.map(\.line) == [3, 7, 8, 10])
        #expect(
            rows.rows.map(\.code) == ["CONTRADICTION", "REPEATED_ROW", "CONTRADICTION", "REPEATED_ROW"])
        let summary = try #require(two.summary)
        #expect(summary.total == 9 && summary.accepted == 5 && summary.rejected == 4)
        #expect(two.changes == .init(added: 1, withdrawn: 1, unchanged: 4))
        #expect(try await contents(two, fixture).count == 5)
        let again = try StandardsImport.run(
            file: "lamps.csv", bytes: file(Self.first + [Self.first[0], other, fresh, fresh]),
            profile: try Profile(RankingFixture.profile))
        #expect(EvaluationDigest.snapshot(again.standards) == summary.snapshotDigest)
        #expect(again.rejectedRows.map(\.row) == rows.rows.map { Int($0.row) })
        #expect(again.summary.repeatedModels == Int(summary.repeatedModels))
        #expect(try audit(fixture) == [])
    }

    @Test("a standard's versions and its other editions are found by code and number, or by id")
    func history() async throws {
        let fixture = try RankingFixture()
        let one = try await fixture.importFile(file(Self.first))
        var lines = Self.first
        lines[0].efficacy = "120"
        lines.append(Line(code: 1, number: "Q/A 1-2025", model: "A1", efficacy: "130"))
        let two = try await fixture.importFile(file(lines))
        let found = try await fixture.service.getStandardHistory(
            .init(creditCode: RankingFixture.code(1).text, number: "q/a 1-2024"), fixture.call())
        #expect(found.versions.map { $0.standard?.declarations[0].value } == ["100", "120"])
        #expect(found.versions.map(\.sinceSnapshot) == [one.id, two.id])
        #expect(found.versions.map(\.untilSnapshot) == [two.id, ""])
        #expect(Set(found.versions.map(\.standardId)).count == 1)
        #expect(found.laterEditions == ["Q/A 1—2025"] && found.earlierEditions.isEmpty)
        let byID = try await fixture.service.getStandardHistory(
            .init(standardId: found.versions[0].standardId), fixture.call())
        #expect(byID == found)
        await #expect(throws: RPCStatus(code: .notFound, message: "")) {
            try await fixture.service.getStandardHistory(
                .init(creditCode: RankingFixture.code(9).text, number: "Q/A 1-2024"), fixture.call())
        }
        let page = try await fixture.service.listStandards(
            .init(snapshotId: two.id, category: "LAMP", page: .init(offset: 2, limit: 2)), fixture.call())
        #expect(page.total == 6 && page.standards.count == 2)
        let own = try await fixture.service.listStandards(
            .init(snapshotId: one.id, creditCode: RankingFixture.code(2).text), fixture.call())
        #expect(own.standards.map(\.models) == [["B1"], ["B2"]])
    }

    @Test("what a load left behind is not seen, and goes with the next one")
    func unfinished() async throws {
        let fixture = try RankingFixture()
        let one = try await fixture.importFile(file(Self.first))
        var lines = Self.first
        lines[0].efficacy = "120"
        lines.removeLast()
        let path = fixture.folder + "/left.csv"
        try Data(file(lines)).write(to: URL(fileURLWithPath: path))
        // Everything but the event: as a crash before it would leave it.
        let load = RegisterLoad(
            ledger: fixture.ledger, importID: "IMPORT-X", request: fixture.startRequest(file: file(lines)),
            path: path, watch: LoadWatch())
        let loaded = try await load.run()
        #expect(loaded.changes == .init(changed: 1, withdrawn: 1, unchanged: 3))
        #expect(try await contents(one, fixture).contains("Q/A 1—2024 A1 100"))
        #expect(try await contents(one, fixture).count == 5)
        lines[1].efficacy = "130"
        let two = try await fixture.importFile(file(lines))
        #expect(two.number == 2)
        #expect(two.changes == .init(changed: 2, withdrawn: 1, unchanged: 2))
        let left = try await fixture.ledger.read { try RegisterStore(database: $0).unfinishedLoad() }
        #expect(left == nil)
        #expect(try audit(fixture) == [])
    }

    @Test(
        "the bundled registries give in the register what they give in memory",
        arguments: [
            ("light-bulbs", "energystar_light_bulbs_2020"),
            ("refrigerators", "energystar_refrigerators_2021"),
        ])
    func bundled(profile: String, name: String) async throws {
        let fixture = try RankingFixture()
        let bytes = try ImportSamples.resource("standards/\(name).csv.gz")
        let message = try StandardsAPI.ImportProfile.fromJSON(
            String(decoding: try ImportSamples.resource("profiles/\(profile).json"), as: UTF8.self))
        let inMemory = try StandardsImport.run(
            file: "lamps.csv", bytes: bytes, profile: try Profile(message))
        let snapshot = try await fixture.importFile(bytes, profile: message)
        let summary = try #require(snapshot.summary)
        #expect(summary.snapshotDigest == EvaluationDigest.snapshot(inMemory.standards))
        #expect(summary.accepted == UInt32(inMemory.summary.accepted))
        #expect(summary.rejected == UInt32(inMemory.summary.rejected))
        #expect(summary.repeatedModels == UInt32(inMemory.summary.repeatedModels))
        #expect(summary.enterprises == UInt32(inMemory.summary.enterprises))
        #expect(summary.mendedFields == UInt32(inMemory.summary.mendedFields))
        for category in summary.categories {
            let stored = try await fixture.ledger.read { database in
                try RegisterStore(database: database).standards(
                    of: .init(snapshot), category: category.category)
            }
            #expect(stored == inMemory.standards.filter { $0.category == category.category })
        }
        #expect(try audit(fixture) == [])
    }
}
