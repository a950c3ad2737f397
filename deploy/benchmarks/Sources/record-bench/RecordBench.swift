import Foundation
import Ledger

/// Measures the record and what is made from it, each part alone, by the product's own modules.
///
///     record-bench create STORE                    an empty store, which the peer in C fills as well
///     record-bench commit STORE CALLERS SECONDS [apart]    so many commands wait for the record at a time
///     record-bench fill STORE COUNT                so many events, for a replay
///     record-bench replay STORE                    projections made anew from all events
///     record-bench log FOLDER COUNT                so many acts published, in a log begun in the folder
///     record-bench titles all|kept SECONDS         titles checked offline; see TitleLoad
///     record-bench statuslist COUNT                a list of so many titles built and signed
///
/// Each prints one JSON line, `create` and `fill` nothing.
@main
struct RecordBench {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst().map(\.self)
        func number(_ place: Int) -> Double { place < words.count ? Double(words[place]) ?? 0 : 0 }
        switch (words.first ?? "", words.count) {
        case ("create", 2): try BenchRecord.open(words[1], create: true).close()
        case ("commit", 4), ("commit", 5):
            try await CommitLoad.run(
                words[1], callers: Int(number(2)), seconds: number(3), apart: words.last == "apart")
        case ("fill", 3): try await ReplayLoad.fill(words[1], count: Int64(number(2)))
        case ("replay", 2): try ReplayLoad.run(words[1])
        case ("log", 3): try await LogLoad.run(words[1], count: Int(number(2)))
        case ("titles", 3): try TitleLoad.run(keeps: words[1] == "kept", seconds: number(2))
        case ("statuslist", 2): try StatusListLoad.run(titleCount: Int(number(1)))
        default:
            FileHandle.standardError.write(
                Data("usage: record-bench VERB ...; see the head of RecordBench.swift\n".utf8))
            exit(2)
        }
    }
}
