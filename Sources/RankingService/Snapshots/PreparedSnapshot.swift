import Authority
import Contracts
import Dispatch
import Foundation
import Regulation
import Transparency
import Wire

/// A parsed file: what the record is going to say of it, and its rows.
struct PreparedSnapshot: Sendable {
    let summary: StandardsAPI.ImportSummary
    let standards: [(key: String, standard: StandardsAPI.DeclaredStandard)]
    let rejected: [StandardsAPI.RejectedRow]

    /// Parses on a thread of its own: a large file keeps a core busy for long.
    static func parse(
        _ request: RankingAPI.StartImportRequest, path: String
    ) async throws(RPCStatus) -> PreparedSnapshot {
        let result: Result<PreparedSnapshot, RPCStatus> = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(
                    returning: Result { () throws(RPCStatus) in
                        try PreparedSnapshot(request, path: path)
                    })
            }
        }
        return try result.get()
    }

    private init(_ request: RankingAPI.StartImportRequest, path: String) throws(RPCStatus) {
        let profile = try Self.profile(of: request)
        let outcome = try Self.read(path, file: request.fileName, profile: profile)
        guard outcome.summary.fileSHA256 == request.sha256 else {
            throw RPCStatus(
                code: .dataLoss,
                message:
                    "the file that arrived has SHA-256 \(HexText.text(outcome.summary.fileSHA256)), "
                    + "announced was \(HexText.text(request.sha256)); send it again")
        }
        standards = outcome.standards.map { ($0.key, StandardsAPI.DeclaredStandard($0)) }
        // The digest is of what is stored, so that the record alone gives it again.
        summary = outcome.summary.message(
            snapshotDigest: try SnapshotDigest.of(standards.map(\.standard)))
        rejected = outcome.rejectedRows.map { $0.message(inChinese: true) }
    }

    static func profile(of request: RankingAPI.StartImportRequest) throws(RPCStatus) -> Profile {
        do {
            return try Profile(try Fields.present(request.profile, "profile"))
        } catch let status as RPCStatus {
            throw status
        } catch {
            throw RPCStatus(code: .invalidArgument, message: "profile: \(Self.words(error))")
        }
    }

    private static func words(_ error: any Error) -> String {
        guard let flaws = error as? ProfileFlaws else { return "cannot be read" }
        return flaws.flaws.map(\.messageEN).joined(separator: "; ")
    }

    /// Bytes read at a time: memory stays bounded by the parsed rows.
    private static let pieceByteCount = 1 << 20

    private static func read(
        _ path: String, file name: String, profile: Profile
    ) throws(RPCStatus) -> ImportOutcome {
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? file.close() }
            var reading = StandardsImport(file: name, profile: profile)
            while let piece = try file.read(upToCount: pieceByteCount), !piece.isEmpty {
                try reading.feed(Array(piece)[...])
            }
            return try reading.finish()
        } catch let failure as ImportFailure {
            throw RPCStatus(code: .invalidArgument, message: "\(name): \(failure.messageEN)")
        } catch {
            throw RPCStatus(code: .unavailable, message: "the file that arrived could not be read again")
        }
    }
}

/// The digest of a snapshot, from its rows as stored.
enum SnapshotDigest {
    static func of(_ rows: [StandardsAPI.DeclaredStandard]) throws(RPCStatus) -> [UInt8] {
        var standards: [DeclaredStandard] = []
        standards.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            do throws(BridgeFlaws) {
                standards.append(try DeclaredStandard(row))
            } catch {
                throw RPCStatus(code: .dataLoss, message: "standard \(index + 1): \(error)")
            }
        }
        return EvaluationDigest.snapshot(standards)
    }
}
