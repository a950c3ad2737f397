import Contracts
import Crypto
import Foundation
import Regulation
import Wire

// 3.2.1: declared standards, imported as one snapshot.
extension RegulatedYear {
    /// Bytes of one part; the service takes up to 1 MiB.
    private static let partByteCount = 512 << 10

    func importStandards() async throws -> RankingAPI.Snapshot {
        try advance(to: Plan.snapshot)
        let file = try BundledData.data(BundledData.bulbs)
        let start = RankingAPI.StartImportRequest(
            fileName: "energystar_light_bulbs_2020.csv.gz", byteCount: UInt64(file.count),
            sha256: Array(SHA256.hash(data: file)),
            profile: try BundledData.profile("profiles/light-bulbs.json"), cutoff: Plan.snapshot.description)
        let started = try await calls.call(.workAgency, "import/start") { options throws(RPCStatus) in
            try await calls.ranking.startImport(start, options: options)
        }
        var offset = Int(started.nextOffset)
        while offset < file.count {
            let part = RankingAPI.SendPartRequest(
                importId: started.importId, offset: UInt64(offset),
                bytes: Array(file[offset..<min(offset + Self.partByteCount, file.count)]))
            let sent = try await calls.call(.workAgency, "import/part/\(offset)") {
                options throws(RPCStatus) in
                try await calls.ranking.sendPart(part, options: options)
            }
            offset = Int(sent.nextOffset)
        }
        let finished = try await calls.call(.workAgency, "import/finish") { options throws(RPCStatus) in
            try await calls.ranking.finishImport(.init(importId: started.importId), options: options)
        }
        let snapshot = finished.snapshot ?? .init()
        let summary = snapshot.summary ?? .init()
        on(
            Plan.snapshot, "3.2.1",
            zh: "导入自我声明公开的企业标准：共\(summary.total)条，接收\(summary.accepted)条，"
                + "退回\(summary.rejected)条（逐条列明行、列、原因）；企业\(summary.enterprises)家（演示代码）",
            en: "declared standards imported: \(summary.total) rows, \(summary.accepted) accepted, "
                + "\(summary.rejected) rejected with row, column and reason; "
                + "\(summary.enterprises) enterprises (synthetic codes)")
        return snapshot
    }
}
