package import Contracts
package import Logging
package import PublicLog
import Transparency
package import Wire

/// Gives out the files of the authority's log, and proofs from them: `PublicLog`.
package struct LogDesk: PublicLogProtocol {
    private let reader: LogReader
    private let logger: Logger

    package init(reader: LogReader, logger: Logger) {
        self.reader = reader
        self.logger = logger
    }

    package func readFile(
        _ request: LogAPI.ReadFileRequest, _ call: CallContext
    ) async throws(RPCStatus) -> LogAPI.ReadFileResponse {
        let isCheckpoint = request.path == "checkpoint"
        let bytes = try look { () throws(LogError) in
            try reader.folder.file(request.path)
        }
        guard let bytes else {
            throw RPCStatus(code: .notFound, message: "the log has no file “\(request.path)”")
        }
        guard let offset = Int(exactly: request.offset), offset <= bytes.count else {
            throw RPCStatus(
                code: .outOfRange, message: "offset: \(request.path) has only \(bytes.count) bytes")
        }
        let part = bytes[offset...].prefix(LogLimits.partByteCountMax)
        return .init(bytes: Array(part), totalBytes: UInt64(bytes.count), immutable: !isCheckpoint)
    }

    package func getKey(
        _ request: LogAPI.GetKeyRequest, _ call: CallContext
    ) async throws(RPCStatus) -> LogAPI.GetKeyResponse {
        .init(key: "\(reader.key)")
    }

    package func prove(
        _ request: LogAPI.ProveRequest, _ call: CallContext
    ) async throws(RPCStatus) -> LogAPI.ProveResponse {
        let found = try look { () throws(LogError) in try reader.proof(ofEventAt: request.position) }
        guard let found else {
            throw RPCStatus(
                code: .notFound,
                message: "no act of event \(request.position) is in the log; acts are there a second after "
                    + "they were recorded")
        }
        return .init(proof: found.proof.encoded, entry: found.entry)
    }

    private func look<Value>(_ body: () throws(LogError) -> Value) throws(RPCStatus) -> Value {
        do throws(LogError) {
            return try body()
        } catch {
            logger.error("public log failed", metadata: ["error": "\(error)"])
            throw RPCStatus(code: .unavailable, message: "the log could not be read; try again later")
        }
    }
}
