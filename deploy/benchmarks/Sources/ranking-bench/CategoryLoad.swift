import Contracts
import Crypto
import Foundation
import Ledger
import RankingService
import Regulation
import Transparency
import Wire

/// One category of 50,000 declared standards with twenty indicators, from the store to a result that can be
/// published: digests, ranks, and why every standard stands where it stands or is left out.
struct CategoryLoad {
    private static let rowCount = 50_000
    private static let series = "bench"
    private static let category = "C1"

    private let source: EvaluationLoad

    init(folder: String) throws { source = try EvaluationLoad(folder: folder) }

    func run(store path: String, repeats: Int) async throws {
        let ledger = try Ledger.open(
            at: path, mark: StoreMark(role: "ranking", timeKind: .real), projector: RankingProjections(),
            create: true)
        defer { ledger.close() }
        let loaded = try await load(into: ledger, beside: path)
        let snapshot = RankingAPI.Snapshot(
            id: "SNAPSHOT-1", cutoff: "2025-09-01", summary: loaded.summary, series: loaded.series,
            number: UInt32(loaded.number))
        let scheme = source.weightedScheme(category: Self.category)
        let learnt = RankingAPI.SchemeLearnt(
            schemeId: "SCHEME-1", scheme: EvaluationAPI.EvaluationScheme(scheme),
            digest: EvaluationDigest.scheme(scheme))
        var times: [Double] = []
        var check = ""
        for _ in 0..<repeats {
            let clock = ContinuousClock.now
            let list = try await ledger.read { database in
                try RankingStore(database: database).calculate(scheme: learnt, snapshot: snapshot, bars: [])
            }
            times.append(Double((ContinuousClock.now - clock) / .microseconds(1)) / 1000)
            check = "\(list.entries.count) \(list.exclusions.count) \(HexText.text(list.digests.result))"
        }
        times.sort()
        print("{\"ms\": \(times[repeats / 2]), \"rss_mib\": \(Memory.peak), \"check\": \"\(check)\"}")
    }

    private func load(into ledger: Ledger, beside path: String) async throws -> RegisterLoad.Loaded {
        let file = path + ".csv"
        let bytes = Data(source.file(rowCount: Self.rowCount, category: Self.category).utf8)
        try bytes.write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let request = RankingAPI.StartImportRequest(
            fileName: "declared", byteCount: UInt64(bytes.count), sha256: Array(SHA256.hash(data: bytes)),
            profile: source.profile, cutoff: "2025-09-01", series: Self.series)
        return try await RegisterLoad(
            ledger: ledger, importID: "IMPORT-1", request: request, path: file, watch: LoadWatch()
        ).run()
    }
}

extension EvaluationLoad {
    private static let head = ["name", "code", "number", "title", "group", "model", "day"]

    var profile: StandardsAPI.ImportProfile {
        func column(_ name: String) -> StandardsAPI.TextSource { StandardsAPI.TextSource(column: name) }
        return StandardsAPI.ImportProfile(
            name: "bench", source: "synthetic", licence: "none", format: .csv, enterpriseName: column("name"),
            creditCode: column("code"), standardNumber: column("number"), standardName: column("title"),
            category: column("group"), models: [column("model")],
            declaredOn: StandardsAPI.DateSource(column: "day", format: "YYYY-MM-DD"),
            indicators: indicatorCodes.map {
                StandardsAPI.IndicatorMapping(indicator: $0, column: $0, relation: .atLeast)
            }, seriesProduced: true)
    }

    /// The first rows of the folder as one category's declared standards, several of each enterprise.
    func file(rowCount: Int, category: String) -> String {
        var text = (Self.head + indicatorCodes).joined(separator: ",") + "\n"
        for row in 0..<rowCount {
            let enterprise = row / 8
            let seed = withUnsafeBytes(of: UInt64(enterprise).bigEndian) { Array($0) }
            let code = CreditCode.synthesised(region: "440000", seed: Array(SHA256.hash(data: seed)))
            text += "企业\(enterprise)有限公司,\(code),Q/BENCH \(row)-2024,产品\(row % 97),\(category),"
            text += "M-\(row),2024-03-01,"
            text += values(ofRow: row).joined(separator: ",") + "\n"
        }
        return text
    }
}
