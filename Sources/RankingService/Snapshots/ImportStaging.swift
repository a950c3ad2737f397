import Authority
import Contracts
import Crypto
import Foundation
import Wire

/// Files on their way in: kept beside the store until they are complete, so that a sender may go on where it
/// stopped.
///
/// `ID.start` holds the request that began the import, `ID.part` the bytes so far. Neither is part of the
/// record.
actor ImportStaging {
    /// Five million standards of twenty indicators, not packed.
    static let fileByteCountMax: UInt64 = 2 << 30
    /// One part is one frame, and frames hold 4 MiB.
    static let partByteCountMax = 1 << 20
    /// Unfinished imports kept at a time; the folder is bounded by their number and size.
    static let importCountMax = 8

    private let folder: String
    private let files = FileManager.default

    init(folder: String) {
        self.folder = folder
    }

    /// Begins an import, or finds the one that was begun with the same request. Answers the bytes already
    /// held.
    func start(_ request: RankingAPI.StartImportRequest, id: String) throws(RPCStatus) -> UInt64 {
        if let begun = try? self.request(id), begun == request { return try byteCount(id) }
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let begun = try files.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".start") }
            guard begun.count < Self.importCountMax else {
                throw RPCStatus(
                    code: .resourceExhausted,
                    message:
                        "\(begun.count) imports are unfinished; finish one of them first"
                )
            }
            try Data().write(to: URL(fileURLWithPath: path(id, "part")))
            try Data(request.serialized()).write(
                to: URL(fileURLWithPath: path(id, "start")), options: .atomic)
        } catch {
            throw Self.status(error)
        }
        return 0
    }

    /// Takes the next bytes. Bytes that are held already are skipped, so that a part may be sent again; a
    /// part that would leave a gap is refused with the offset that is wanted.
    func take(_ request: RankingAPI.SendPartRequest) throws(RPCStatus) -> UInt64 {
        let begun = try self.request(request.importId)
        let held = try byteCount(request.importId)
        guard request.bytes.count <= Self.partByteCountMax else {
            throw RPCStatus(
                code: .invalidArgument,
                message:
                    "bytes: \(request.bytes.count); a part has at most \(Self.partByteCountMax)"
            )
        }
        let (end, overflow) = request.offset.addingReportingOverflow(UInt64(request.bytes.count))
        guard request.offset <= held, !overflow, end <= begun.byteCount else {
            throw RPCStatus(
                code: .outOfRange,
                message:
                    "offset: \(request.offset) and \(request.bytes.count) bytes do not follow; the file has "
                    + "\(begun.byteCount) bytes, send on from \(held)")
        }
        guard end > held else { return held }
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path(request.importId, "part")))
            defer { try? file.close() }
            try file.seekToEnd()
            try file.write(contentsOf: request.bytes.dropFirst(Int(held - request.offset)))
        } catch {
            throw Self.status(error)
        }
        return end
    }

    /// The request and the path of the complete file, whose length and digest are as announced.
    func complete(_ id: String) throws(RPCStatus) -> (request: RankingAPI.StartImportRequest, path: String) {
        let begun = try request(id)
        let held = try byteCount(id)
        guard held == begun.byteCount else {
            throw RPCStatus(
                code: .failedPrecondition,
                message: "\(held) of \(begun.byteCount) bytes have arrived; send on from \(held)")
        }
        return (begun, path(id, "part"))
    }

    /// Bytes of an unfinished import that have arrived, and that it will have.
    func held(_ id: String) throws(RPCStatus) -> (held: UInt64, total: UInt64) {
        let begun = try request(id)
        return (try byteCount(id), begun.byteCount)
    }

    /// Forgets an import, finished or given up.
    func remove(_ id: String) {
        guard Self.isWellFormed(id) else { return }
        try? files.removeItem(atPath: path(id, "part"))
        try? files.removeItem(atPath: path(id, "start"))
    }

    private func request(_ id: String) throws(RPCStatus) -> RankingAPI.StartImportRequest {
        guard Self.isWellFormed(id), let bytes = files.contents(atPath: path(id, "start")),
            let request = try? RankingAPI.StartImportRequest(serialized: Array(bytes))
        else {
            throw RPCStatus(code: .notFound, message: "there is no unfinished import “\(id)”; start it again")
        }
        return request
    }

    private func byteCount(_ id: String) throws(RPCStatus) -> UInt64 {
        do {
            let attributes = try files.attributesOfItem(atPath: path(id, "part"))
            return (attributes[.size] as? NSNumber)?.uint64Value ?? 0
        } catch {
            throw Self.status(error)
        }
    }

    /// Our own ids only: no other text becomes part of a path.
    private static func isWellFormed(_ id: String) -> Bool {
        id.hasPrefix("IMPORT-") && id.utf8.count <= 32
            && id.utf8.allSatisfy { ($0 >= 65 && $0 <= 90) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
    }

    private func path(_ id: String, _ kind: String) -> String { "\(folder)/\(id).\(kind)" }

    private static func status(_ error: any Error) -> RPCStatus {
        if let status = error as? RPCStatus { return status }
        return RPCStatus(code: .unavailable, message: "the folder of unfinished imports could not be used")
    }
}
