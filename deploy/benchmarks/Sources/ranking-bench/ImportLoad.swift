import Contracts
import Crypto
import Foundation
import Ledger
import RankingService
import Wire

/// A file of declared standards into the register of a new store, as the ranking service does it: every value
/// checked, every row digested, repeated rows found, the snapshot summed up.
struct ImportLoad {
    let store: String

    func run(kind: String, file: String) async throws {
        let profilePath =
            URL(fileURLWithPath: file).deletingLastPathComponent().path + "/declared-\(kind).json"
        let profile = try StandardsAPI.ImportProfile.fromJSON(
            String(contentsOfFile: profilePath, encoding: .utf8))
        let (byteCount, digest) = try Self.digest(of: file)
        let request = RankingAPI.StartImportRequest(
            fileName: "declared", byteCount: byteCount, sha256: digest, profile: profile,
            cutoff: "2025-09-01")
        let ledger = try Ledger.open(
            at: store, mark: StoreMark(role: "ranking", timeKind: .real), projector: RankingProjections(),
            create: true)
        let watch = LoadWatch()
        let clock = ContinuousClock.now
        let stages = Task { await Self.stages(of: watch) }
        let loaded = try await RegisterLoad(
            ledger: ledger, importID: "IMPORT-1", request: request, path: file, watch: watch
        ).run()
        ledger.close()
        stages.cancel()
        let told = await stages.value.map { "\"\($0.stage)_ms\": \($0.milliseconds)" }
        let seconds = Double((ContinuousClock.now - clock) / .microseconds(1)) / 1e6
        let rows = Int(loaded.summary.total)
        let size = try FileManager.default.attributesOfItem(atPath: store)[.size] as? Int ?? 0
        print(
            "{\"rows_s\": \(Int(Double(rows) / seconds)), \"rows\": \(rows), \"rss_mib\": \(Memory.peak), "
                + "\"bytes_row\": \(size / max(rows, 1)), \"rejected\": \(loaded.summary.rejected), "
                + told.joined(separator: ", ") + "}")
    }

    /// How long the load was in each of its stages, by looking every few milliseconds.
    private static func stages(of watch: LoadWatch) async -> [(
        stage: RankingAPI.ImportStage, milliseconds: Int
    )] {
        var stages: [(stage: RankingAPI.ImportStage, milliseconds: Int)] = []
        var last = ContinuousClock.now
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(5))
            let now = ContinuousClock.now
            let passed = Int((now - last) / .microseconds(1)) / 1_000
            last = last.advanced(by: .milliseconds(passed))
            if stages.last?.stage == watch.progress.stage {
                stages[stages.count - 1].milliseconds += passed
            } else {
                stages.append((watch.progress.stage, passed))
            }
        }
        return stages
    }

    /// What the sender of a file knows of it.
    private static func digest(of path: String) throws -> (byteCount: UInt64, sha256: [UInt8]) {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        var byteCount: UInt64 = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            byteCount += UInt64(piece.count)
        }
        return (byteCount, Array(hash.finalize()))
    }
}
