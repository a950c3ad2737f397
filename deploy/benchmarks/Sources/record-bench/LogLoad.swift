import Foundation
import Ledger
import PublicLog
import Transparency

/// Public acts into a log, in steps as the publisher takes them when it is far behind: entries written,
/// hashed and tiled, files synchronised and read again, a checkpoint signed and put up.
enum LogLoad {
    static func run(_ folder: String, count: Int) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let ledger = try BenchRecord.open(folder + "/bench.sqlite", create: true)
        guard let origin = NoteKeyName("titles.example/logs/bench") else { preconditionFailure("a name") }
        let writer = try await LogOpening.open(
            LogPaths(dataFolder: folder, role: "bench"), of: ledger,
            birth: .init(origin: origin, seed: { Array(repeating: 7, count: 32) }))
        var spent = 0.0
        for start in stride(from: 0, to: count, by: LogLimits.stepEventCountMax) {
            let acts = try (start..<min(start + LogLimits.stepEventCountMax, count)).map(act)
            let head = LedgerHead(position: Int64(start + acts.count), chain: MerkleHash.empty.bytes)
            let begin = ContinuousClock.now
            try writer.announce(try writer.extend(by: acts, upTo: head))
            spent += Measurement.seconds(since: begin)
        }
        guard writer.size.number == UInt64(count) else { throw WrongSize() }
        Measurement.tell(count: count, seconds: spent)
        writer.close()
        ledger.close()
    }

    /// A title that was handed out.
    static func act(_ number: Int) throws -> PublicAct {
        guard let position = SafeInteger(Int64(number) + 1),
            let moment = SafeInteger(1_764_000_000_000_000 + Int64(number))
        else { throw WrongSize() }
        return act(number, position, moment, digest: MerkleHash.empty.bytes)
    }

    static func act(_ number: Int, _ position: SafeInteger, _ moment: SafeInteger, digest: [UInt8])
        -> PublicAct
    {
        PublicAct(
            service: "compliance", act: "credential-issued", subject: "title/TITLE-\(number)",
            position: position, moment: moment, edition: "trial-2018",
            facts: [
                "title": .text("TITLE-\(number)"),
                "key": .text("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"),
                "credential_sha256": .text(HexText.text(digest)), "status_list": .count(0),
                "status_index": .count(UInt32(number)),
            ])
    }
}

struct WrongSize: Error {}
