import Foundation
import Testing

@Suite("Commands, as a script sees them")
struct CommandTests {
    @Test(
        "the last day of a notice is printed",
        arguments: [
            (["2025-01-20"], "2025-02-08\n"), (["2023-09-15"], "2023-10-07\n"),
            (["2026-02-06"], "2026-02-27\n"),
            (["2024-02-01", "--days", "15"], "2024-02-27\n"),
        ])
    func noticeEnd(arguments: [String], printed: String) async throws {
        let outcome = try await Program.run(["calendar", "notice-end"] + arguments)
        #expect(outcome.status == 0)
        #expect(outcome.output == printed)
        #expect(outcome.errors.isEmpty)
    }

    @Test("an end in a year without a calendar is printed with a warning")
    func provisional() async throws {
        let outcome = try await Program.run(["calendar", "notice-end", "2026-12-21", "--lang", "en"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("provisional"))
    }

    @Test(
        "bad input ends with 2 and says what to write",
        arguments: [
            ["calendar", "notice-end", "20250120"], ["calendar", "notice-end", "2025-01-20", "--days", "0"],
            ["serve", "everything"], ["call", "SchemeService"], ["call", "SchemeService/Unknown"],
            ["call", "Nobody/Nothing"], ["rank"], ["nonsense"], ["ledger", "audit", "--data", "/nowhere"],
            [
                "rank", "--scheme", "/nowhere.json", "--standards", "x", "--profile", "y", "--cutoff",
                "2025-09-01",
            ],
        ])
    func badInput(arguments: [String]) async throws {
        let outcome = try await Program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test("codes from standard input are answered one a line, and any wrong one ends with 1")
    func creditCodes() async throws {
        let outcome = try await Program.run(
            ["check", "credit-code", "-", "--lang", "en"], input: "91440400192548256N\n91440300192203821Y\n")
        #expect(outcome.status == 1)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "91440400192548256N\tok")
        #expect(lines[1].hasPrefix("91440300192203821Y\t"))
        #expect(!lines[1].hasSuffix("ok"))
    }

    @Test("a good standard number ends with 0")
    func standardNumber() async throws {
        let outcome = try await Program.run(["check", "standard-number", "GB/T 9756-2018"])
        #expect(outcome.status == 0)
        #expect(outcome.output == "GB/T 9756-2018\tok\n")
    }

    @Test("a call to nobody ends with 3")
    func unreachable() async throws {
        let port = try Scratch.freePorts(1)
        let outcome = try await Program.run([
            "call", "Node/Status", "--to", "127.0.0.1:\(port)", "--timeout", "2",
        ])
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("127.0.0.1:\(port)"))
    }

    @Test("describe lists every service with callers and effect")
    func describe() async throws {
        let outcome = try await Program.run(["describe"])
        #expect(outcome.status == 0)
        for name in [
            "SchemeService", "RankingService", "ComplianceService", "Gateway", "Feed", "Node", "Health",
        ] {
            #expect(outcome.output.contains(name))
        }
        #expect(outcome.output.contains("[command by authority]"))
    }
}
