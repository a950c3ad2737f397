import Contracts
import Crypto
import Foundation
import Wire

/// Sends a file to the ranking service in parts.
///
/// The request ids follow from the file's digest, profile and cut-off, so that a file sent twice becomes one
/// snapshot and an interrupted upload goes on where it stopped.
struct SnapshotUpload {
    private static let partByteCount = 512 << 10
    private static let timeout = Duration.seconds(30)

    let path: String
    let cutoff: String
    let profile: StandardsAPI.ImportProfile
    let token: String?
    let language: Language
    let security: ClientSecurity

    func send(to address: HostPort) async throws(Failure) -> RankingAPI.Snapshot {
        let bytes = try InputFiles.bytes(path, "standards")
        let digest = Array(SHA256.hash(data: bytes))
        let start = RankingAPI.StartImportRequest(
            fileName: URL(fileURLWithPath: path).lastPathComponent, byteCount: UInt64(bytes.count),
            sha256: digest, profile: profile, cutoff: cutoff)
        let identity = SHA256.hash(data: start.serialized()).prefix(12).map { String($0, radix: 16) }.joined()
        let progress = ProgressLine(language.pick(zh: "发送", en: "sending"))
        defer { progress.finish() }
        return try await RemoteCall.with(address, security) { channel throws(RPCStatus) in
            let ranking = RankingServiceClient(channel)
            let started = try await ranking.startImport(start, options: options("\(identity)/start"))
            var offset = Int(started.nextOffset)
            while offset < bytes.count {
                let part = RankingAPI.SendPartRequest(
                    importId: started.importId, offset: UInt64(offset),
                    bytes: Array(bytes[offset..<min(offset + Self.partByteCount, bytes.count)]))
                let sent = try await ranking.sendPart(part, options: options("\(identity)/part/\(offset)"))
                offset = Int(sent.nextOffset)
                progress.show(done: offset, of: bytes.count)
            }
            let finished = try await ranking.finishImport(
                .init(importId: started.importId), options: options("\(identity)/finish"))
            return finished.snapshot ?? .init()
        }
    }

    private func options(_ requestID: String) -> CallOptions {
        var metadata = Metadata()
        metadata[CallMetadata.requestID] = "import/" + requestID
        if let token { metadata[CallMetadata.authorization] = "Bearer " + token }
        return CallOptions(timeout: Self.timeout, metadata: metadata)
    }
}
