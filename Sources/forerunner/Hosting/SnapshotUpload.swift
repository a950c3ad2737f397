import Contracts
import Crypto
import Foundation
import Wire

/// Sends a file to the ranking service in parts, and waits until it has become a snapshot.
///
/// The request ids follow from the file's digest, profile and cut-off, so that a file sent twice becomes one
/// snapshot and an interrupted upload goes on where it stopped. The file is read piece by piece.
struct SnapshotUpload {
    private static let partByteCount = 512 << 10
    private static let timeout = Duration.seconds(30)
    /// Five million standards take some minutes.
    private static let finishTimeout = Duration.seconds(3_000)
    private static let progressInterval = Duration.milliseconds(500)

    let path: String
    let cutoff: String
    let profile: StandardsAPI.ImportProfile
    let kind: RankingAPI.SnapshotKind
    let series: String
    let token: String?
    let language: Language
    let security: ClientSecurity

    func send(to address: HostPort) async throws(Failure) -> RankingAPI.Snapshot {
        let start = try request()
        let identity = SHA256.hash(data: start.serialized()).prefix(12).map { String($0, radix: 16) }.joined()
        let file = try open()
        defer { try? file.close() }
        return try await RemoteCall.with(address, security) { channel throws(RPCStatus) in
            let ranking = RankingServiceClient(channel)
            let started = try await ranking.startImport(start, options: options("\(identity)/start"))
            try await sendParts(of: file, started, start.byteCount, identity, ranking)
            let watching = Task { await watch(started.importId, ranking) }
            defer { watching.cancel() }
            let finished = try await ranking.finishImport(
                .init(importId: started.importId),
                options: options("\(identity)/finish", Self.finishTimeout))
            return finished.snapshot ?? .init()
        }
    }

    /// Rows of a snapshot that were rejected, page by page.
    func rejectedRows(
        of snapshot: RankingAPI.Snapshot, to address: HostPort, _ take: ([StandardsAPI.RejectedRow]) -> Void
    ) async throws(Failure) {
        let options = CallOptions(timeout: Self.timeout)
        try await RemoteCall.with(address, security) { channel throws(RPCStatus) in
            let ranking = RankingServiceClient(channel)
            var offset: UInt32 = 0
            while true {
                let page = try await ranking.listRejectedRows(
                    .init(snapshotId: snapshot.id, page: .init(offset: offset, limit: 1_000)),
                    options: options)
                if page.rows.isEmpty { return }
                take(page.rows)
                offset += UInt32(page.rows.count)
            }
        }
    }

    // MARK: The file

    private func request() throws(Failure) -> RankingAPI.StartImportRequest {
        let file = try open()
        defer { try? file.close() }
        var hash = SHA256()
        var byteCount: UInt64 = 0
        while let piece = try? file.read(upToCount: Self.partByteCount), !piece.isEmpty {
            hash.update(data: piece)
            byteCount += UInt64(piece.count)
        }
        return RankingAPI.StartImportRequest(
            fileName: URL(fileURLWithPath: path).lastPathComponent, byteCount: byteCount,
            sha256: Array(hash.finalize()), profile: profile, cutoff: cutoff, kind: kind, series: series)
    }

    private func open() throws(Failure) -> FileHandle {
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw Failure(.badInput, "standards \(path) cannot be read; check the path and its permissions")
        }
    }

    private func sendParts(
        of file: FileHandle, _ started: RankingAPI.StartImportResponse, _ byteCount: UInt64,
        _ identity: String, _ ranking: RankingServiceClient
    ) async throws(RPCStatus) {
        let progress = ProgressLine(language.pick(zh: "发送", en: "sending"))
        defer { progress.finish() }
        var offset = started.nextOffset
        while offset < byteCount {
            let bytes = try Self.read(file, at: offset)
            let part = RankingAPI.SendPartRequest(
                importId: started.importId, offset: offset, bytes: bytes)
            let sent = try await ranking.sendPart(part, options: options("\(identity)/part/\(offset)"))
            offset = sent.nextOffset
            progress.show(done: Int(offset), of: Int(byteCount))
        }
    }

    private static func read(_ file: FileHandle, at offset: UInt64) throws(RPCStatus) -> [UInt8] {
        do {
            try file.seek(toOffset: offset)
            let bytes = try file.read(upToCount: partByteCount) ?? Data()
            if !bytes.isEmpty { return Array(bytes) }
        } catch {}
        throw RPCStatus(code: .dataLoss, message: "the file was changed while it was sent; send it again")
    }

    /// Shows how far the service is, until cancelled.
    private func watch(_ id: String, _ ranking: RankingServiceClient) async {
        let progress = ProgressLine(language.pick(zh: "导入", en: "importing"))
        defer { progress.finish() }
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.progressInterval)
            let now = try? await ranking.getImportProgress(
                .init(importId: id), options: options(nil, Self.timeout))
            guard let now, now.stage != .receiving else { continue }
            progress.show(done: Int(now.bytesRead), of: Int(now.byteCount))
        }
    }

    private func options(_ requestID: String?, _ timeout: Duration = Self.timeout) -> CallOptions {
        var metadata = Metadata()
        if let requestID { metadata[CallMetadata.requestID] = "import/" + requestID }
        if let token { metadata[CallMetadata.authorization] = "Bearer " + token }
        return CallOptions(timeout: timeout, metadata: metadata)
    }
}
