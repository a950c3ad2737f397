package import Contracts
import Dispatch
import Foundation
package import Ledger
package import Logging
package import PublicLog
package import Wire

/// Makes backups while the process serves: `Maintenance`.
package struct MaintenanceDesk: MaintenanceProtocol {
    private static let nameByteCountMax = 64

    private let ledger: Ledger
    private let log: LogReader
    private let role: String
    /// Where backups are made, each in a folder of its own.
    private let folder: String
    private let logger: Logger

    package init(ledger: Ledger, log: LogReader, role: String, folder: String, logger: Logger) {
        self.ledger = ledger
        self.log = log
        self.role = role
        self.folder = folder
        self.logger = logger
    }

    package func backUp(
        _ request: MaintenanceAPI.BackUpRequest, _ call: CallContext
    ) async throws(RPCStatus) -> MaintenanceAPI.BackUpResponse {
        guard request.name.utf8.count <= Self.nameByteCountMax,
            request.name.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9.-]*/#) != nil
        else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "name: write 1 to \(Self.nameByteCountMax) letters, digits, dots and hyphens")
        }
        let backup = RecordBackup(folder: "\(folder)/\(request.name)", role: role)
        do {
            let ledger = ledger
            let (_, receipt) = try await backup.make(log: log.folder, key: log.key) { path in
                try ledger.backUp(to: path)
            }
            return .init(
                path: backup.storePath, position: receipt.head.position, chain: receipt.head.chain,
                byteCount: UInt64(receipt.byteCount), sha256: receipt.digest)
        } catch {
            logger.error("backup failed", metadata: ["error": "\(error)"])
            throw RPCStatus(code: .failedPrecondition, message: error.message)
        }
    }
}
