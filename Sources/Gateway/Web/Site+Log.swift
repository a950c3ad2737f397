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
                return LogFile(bytes: Array((key + "\n").utf8), kind: .text, seconds: LogFile.keySeconds)
            }
        }
        router.get("/log/:role/proof/:position") { _, context in
            try await logAnswer(context) { client in
                guard let position = context.parameters.get("position", as: Int64.self), position > 0 else {
                    return nil
                }
                let found = try await client.prove(.init(position: position), options: PublicReader.options)
                return LogFile(bytes: found.proof, kind: .text, seconds: LogFile.checkpointSeconds)
            }
        }
        router.get("/log/:role/**") { _, context in
            let path = context.parameters.getCatchAll().joined(separator: "/")
            return try await logAnswer(context) { client in try await reader.logFile(path, client) }
        }
    }

    private func logAnswer(
        _ context: BasicRequestContext, _ look: (PublicLogClient) async throws -> LogFile?
    ) async throws -> Response {
        guard let client = reader.log(of: context.parameters.get("role") ?? "") else {
            return try await apology(.notFound)
        }
        do {
            guard let file = try await look(client) else { return try await apology(.notFound) }
            return file.response
        } catch let status as RPCStatus {
            return try await apology(Self.answer(to: status.code))
        }
    }
}

/// A file of a log on its way to a reader.
struct LogFile {
    enum Kind {
        case text, tile

        var mediaType: String {
            switch self {
            case .text: "text/plain; charset=utf-8"
            case .tile: "application/octet-stream"
            }
        }
    }

    /// A checkpoint is a second old when it is read; caches may add as much.
    static let checkpointSeconds = 1
    static let keySeconds = 300
    /// A tile is the same for ever; a year is what caches take for that.
    static let tileSeconds = 31_536_000

    let bytes: [UInt8]
    let kind: Kind
    let seconds: Int

    var response: Response {
        var headers: HTTPFields = [.contentType: kind.mediaType, .accessControlAllowOrigin: "*"]
        let isImmutable = seconds == Self.tileSeconds
        headers[.cacheControl] = "public, max-age=\(seconds)" + (isImmutable ? ", immutable" : "")
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
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
    func logFile(_ path: String, _ log: PublicLogClient) async throws(RPCStatus) -> LogFile? {
        var bytes: [UInt8] = []
        while true {
            let part = try await log.readFile(
                .init(path: path, offset: UInt64(bytes.count)), options: Self.options)
            guard part.totalBytes <= Self.logByteCountMax else { return nil }
            bytes += part.bytes
            if UInt64(bytes.count) >= part.totalBytes || part.bytes.isEmpty {
                return LogFile(
                    bytes: bytes, kind: part.immutable ? .tile : .text,
                    seconds: part.immutable ? LogFile.tileSeconds : LogFile.checkpointSeconds)
            }
        }
    }
}
