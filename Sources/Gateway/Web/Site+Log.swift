import Contracts
import HTTPTypes
import Hummingbird
import Wire

/// The authorities' public logs as files that any cache may hold (C2SP tlog-tiles):
/// `/log/ROLE/checkpoint`, `/log/ROLE/tile/…`, and the log's public key in `/log/ROLE/key`.
extension Site {
    func addLogs(to router: Router<BasicRequestContext>) {
        router.get("/log/:role/key") { _, context in
            try await logAnswer(context) { client in
                let key = try await client.getKey(.init(), options: PublicReader.options).key
                return PublicFile(key + "\n", PublicFile.plainText, seconds: PublicFile.keySeconds)
            }
        }
        router.get("/log/:role/proof/:position") { _, context in
            try await logAnswer(context) { client in
                guard let position = context.parameters.get("position", as: Int64.self), position > 0 else {
                    return nil
                }
                let found = try await client.prove(.init(position: position), options: PublicReader.options)
                return PublicFile(
                    bytes: found.proof, mediaType: PublicFile.plainText, seconds: PublicFile.checkpointSeconds
                )
            }
        }
        router.get("/log/:role/**") { _, context in
            let path = context.parameters.getCatchAll().joined(separator: "/")
            return try await logAnswer(context) { client in try await reader.logFile(path, client) }
        }
    }

    private func logAnswer(
        _ context: BasicRequestContext, _ look: (PublicLogClient) async throws -> PublicFile?
    ) async throws -> Response {
        let log = reader.log(of: context.parameters.get("role") ?? "")
        return try await file {
            guard let log else { return nil }
            return try await look(log)
        }
    }
}

extension PublicReader {
    /// Larger than any bundle: 256 entries of 64 KiB.
    private static let logByteCountMax: UInt64 = 17 << 20

    /// The log of an authority, by its role's name.
    func log(of role: String) -> PublicLogClient? {
        backends.all.first { $0.role == role }.map { PublicLogClient($0.channel) }
    }

    /// A whole file, read part by part. Nil for one that is larger than any of a log.
    func logFile(_ path: String, _ log: PublicLogClient) async throws(RPCStatus) -> PublicFile? {
        var bytes: [UInt8] = []
        while true {
            let part = try await log.readFile(
                .init(path: path, offset: UInt64(bytes.count)), options: Self.options)
            guard part.totalBytes <= Self.logByteCountMax else { return nil }
            bytes += part.bytes
            if UInt64(bytes.count) >= part.totalBytes || part.bytes.isEmpty {
                return part.immutable
                    ? PublicFile(
                        bytes: bytes, mediaType: "application/octet-stream", seconds: PublicFile.tileSeconds)
                    : PublicFile(
                        bytes: bytes, mediaType: PublicFile.plainText, seconds: PublicFile.checkpointSeconds)
            }
        }
    }
}
