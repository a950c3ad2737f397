import Foundation
import Testing

/// Real files ranked once more by a script that has nothing of ours: Python's csv and fractions, and the
/// written rules.
@Suite("Rankings beside a script of fractions", .timeLimit(.minutes(5)))
struct RankingCheckerTests {
    private static let hasPython =
        (try? ForeignProgram.run("/usr/bin/env", ["python3", "--version"]).status) == 0

    private static let script =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/ranking_checker.py"

    private func check(
        _ scheme: String, _ profile: String, _ standards: String, _ change: (String) -> String = { $0 }
    ) async throws -> ForeignProgram.Outcome {
        let files = [
            Bundled.path("schemes/\(scheme).json"), Bundled.path("profiles/\(profile).json"),
            Bundled.path("standards/\(standards).csv.gz"),
        ]
        let ranked = try await Program.run([
            "rank", "--scheme", files[0], "--standards", files[2], "--profile", files[1], "--cutoff",
            "2025-09-01", "--format", "json",
        ])
        #expect(ranked.status == 0, "\(ranked.errors)")
        return try ForeignProgram.run(
            "/usr/bin/env", ["python3", Self.script] + files + ["2025-09-01"],
            input: Data(change(ranked.output).utf8))
    }

    @Test(
        "every entry, level, score, rank and reason of the bundled files",
        .enabled(if: hasPython, "python3 is missing; deploy/dev/install check installs it"),
        arguments: [
            ("compact-refrigerators", "refrigerators", "energystar_refrigerators_2021"),
            ("decorative-lamps", "light-bulbs", "energystar_light_bulbs_2020"),
            ("directional-lamps", "light-bulbs", "energystar_light_bulbs_2020"),
            ("omnidirectional-lamps", "light-bulbs", "energystar_light_bulbs_2020"),
            ("roof-coatings", "roof-products", "energystar_roof_products_2020"),
        ])
    func bundled(scheme: String, profile: String, standards: String) async throws {
        let outcome = try await check(scheme, profile, standards)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(String(decoding: outcome.output, as: UTF8.self).contains("exclusions agree"))
    }

    @Test(
        "the script notices one changed score, and one changed rank",
        .enabled(if: hasPython, "python3 is missing; deploy/dev/install check installs it"),
        arguments: [("\"score\":", "97.8571", "97.8572"), ("\"rank\":", "2", "3")])
    func changed(member: String, from: String, to: String) async throws {
        let outcome = try await check("directional-lamps", "light-bulbs", "energystar_light_bulbs_2020") {
            text in
            // The first of its kind, whatever blanks the JSON has.
            for blank in ["", " "] {
                for quote in ["\"", ""] {
                    let old = member + blank + quote + from + quote
                    guard let range = text.range(of: old + ","), !from.isEmpty else { continue }
                    return text.replacingCharacters(
                        in: range, with: member + blank + quote + to + quote + ",")
                }
            }
            return text
        }
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("differs"))
    }
}
