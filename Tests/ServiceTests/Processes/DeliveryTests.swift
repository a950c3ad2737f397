import Foundation
import RankingService
import Regulation
import Testing

@testable import forerunner

extension ProcessTests {
    /// Deliveries of declared standards, as an operator sets them up.
    @Suite("Deliveries", .serialized)
    struct DeliveryTests {
        private static let head = "Name,Code,Number,Model,Efficacy,Date\n"

        private func row(_ code: UInt8, _ model: String, _ efficacy: String) -> String {
            let code = CreditCode.synthesised(region: "330000", seed: [code]).text
            return "甲公司,\(code),Q/LAMP 001-2025,\(model),\(efficacy),2025-03-01\n"
        }

        private func write(_ text: String, _ path: String) throws {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }

        private var profile: String {
            """
            { "name": "lamps", "format": "FILE_FORMAT_CSV", "enterpriseName": { "column": "Name" },
              "creditCode": { "column": "Code" }, "standardNumber": { "column": "Number" },
              "standardName": { "constant": "LED灯" }, "category": { "constant": "LAMP" },
              "models": [{ "column": "Model" }], "declaredOn": { "column": "Date", "format": "YYYY-MM-DD" },
              "indicators": [
                { "indicator": "efficacy", "column": "Efficacy", "relation": "RELATION_AT_LEAST" } ],
              "seriesProduced": true }
            """
        }

        @Test("what is delivered into a folder becomes snapshots in the order of the names, or says why not")
        func watch() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let gateway = try await deployed.start("gateway")
            let ranking = try await deployed.start("ranking")
            let folder = deployed.folder + "/deliveries"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try write(profile, deployed.folder + "/profile.json")
            try write(
                Self.head + row(1, "A", "100") + row(2, "B", "90") + row(3, "C", "bright"),
                folder + "/lamps-2025-08-01.csv")
            try write(Self.head + row(1, "A", "120"), folder + "/lamps-2025-08-10.incremental.csv")
            try write("Name,Code\n", folder + "/lamps-2025-08-11.csv")
            try write(Self.head + row(1, "A", "120"), folder + "/undated.csv")
            try write("not yet", folder + "/lamps-2025-08-12.csv.part")
            let outcome = try await Program.run(
                [
                    "import", "watch", folder, "--profile", deployed.folder + "/profile.json", "--once",
                    "--interval", "1", "--to", deployed.gateway, "--lang", "en",
                ], environment: ["FORERUNNER_TOKEN": Deployed.workAgencyToken])
            #expect(outcome.status == 1, "\(outcome.errors)")
            let done = try FileManager.default.contentsOfDirectory(atPath: folder + "/done").sorted()
            let name = "lamps-2025-08-01.csv"
            let second = "lamps-2025-08-10.incremental.csv"
            #expect(
                done == [
                    name, name + ".rejected.tsv", name + ".snapshot.json", second, second + ".rejected.tsv",
                    second + ".snapshot.json",
                ])
            let failed = try FileManager.default.contentsOfDirectory(atPath: folder + "/failed").sorted()
            #expect(
                failed == [
                    "lamps-2025-08-11.csv", "lamps-2025-08-11.csv.reason.txt", "undated.csv",
                    "undated.csv.reason.txt",
                ])
            let rejected = try String(
                contentsOfFile: folder + "/done/\(name).rejected.tsv", encoding: .utf8)
            #expect(rejected.split(separator: "\n").count == 2)
            #expect(rejected.contains("\t3\t4\tEfficacy\tbright\tNOT_A_NUMBER\t"))
            let reason = try String(
                contentsOfFile: folder + "/failed/lamps-2025-08-11.csv.reason.txt", encoding: .utf8)
            #expect(reason.contains("Efficacy"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(left == ["done", "failed", "lamps-2025-08-12.csv.part"])
            let snapshots = try await Asked.json("RankingService/ListSnapshots", at: deployed.gateway)
            let kinds = (snapshots["snapshots"] as? [[String: Any]])?.map { $0["kind"] as? String ?? "" }
            #expect(Set(kinds ?? []) == ["SNAPSHOT_KIND_FULL", "SNAPSHOT_KIND_INCREMENTAL"])
            #expect(outcome.errors.contains("1 changed"))
            #expect(try await ranking.end() == 0)
            #expect(try await gateway.end() == 0)
        }

        @Test(
            "an import that is killed at any moment leaves all of it or nothing, and goes on when sent again")
        func kills() async throws {
            let deployed = try Deployed()
            defer { deployed.remove() }
            let gateway = try await deployed.start("gateway")
            var random = SplitMix(seed: 20_181_016)
            var missedCount = 0
            for round in 0..<6 {
                let ranking = try await deployed.start("ranking")
                let command = [
                    "import", "standards", Bundled.bulbs, "--profile", Bundled.bulbProfile, "--cutoff",
                    "2025-09-0\(round + 1)", "--to", deployed.gateway, "--token", Deployed.workAgencyToken,
                ]
                async let killed = Program.run(command)
                try await Task.sleep(for: .milliseconds(random.int(50...3_000)))
                try await ranking.end(SIGKILL)
                if try await killed.status != 0 { missedCount += 1 }
                let again = try await deployed.start("ranking")
                let listed = try await Asked.json("RankingService/ListSnapshots", at: deployed.gateway)
                let snapshots = listed["snapshots"] as? [[String: Any]] ?? []
                #expect(snapshots.count == round || snapshots.count == round + 1)
                let outcome = try await Program.run(command)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.filter { $0 != " " }.contains("\"accepted\":11381"))
                #expect(try await again.end() == 0)
                let audit = try await Program.run(
                    ["ledger", "audit", "--deep", "--data", deployed.data])
                #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
            }
            print("killed imports × 6: \(missedCount) not answered")
            #expect(try await gateway.end() == 0)
        }
    }
}

@Suite("Names of deliveries")
struct DeliveryNameTests {
    @Test(
        "the last day in a name is the cut-off",
        arguments: [
            ("standards-2025-09-30.csv", "2025-09-30", false),
            ("2024-01-01_to_2025-09-30.ndjson.gz", "2025-09-30", false),
            ("a-2025-10-07.incremental.CSV.gz", "2025-10-07", true), ("a.jsonl", nil, false),
            ("a-2025-13-01.csv", nil, false), ("a-12025-10-011.csv", nil, false),
        ])
    func deliveries(name: String, cutoff: String?, isIncremental: Bool) throws {
        let read = try #require(DeliveryName(name))
        #expect(read.cutoff?.description == cutoff)
        #expect(read.isIncremental == isIncremental)
    }

    @Test(
        "hidden files, unfinished ones and other kinds are no deliveries",
        arguments: [".a-2025-09-30.csv", "a.csv.part", "a.xlsx", "csv", "a.gz", "readme.txt", ""])
    func others(name: String) {
        #expect(DeliveryName(name) == nil)
    }
}
