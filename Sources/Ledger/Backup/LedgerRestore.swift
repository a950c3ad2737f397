import Foundation
import GRDB

extension Ledger {
    /// Puts a backup in the place of a store that is not there, after an audit of the copy: chain,
    /// projections, requests and bulk rows agree, or nothing is put there.
    ///
    /// - Parameter expected: digest and head that the backup was said to have; nil when nobody said.
    package static func restore(
        from backup: String, to path: String, expecting expected: (digest: [UInt8], head: LedgerHead)?,
        projector: any Projector,
        progress: @escaping @Sendable (LedgerProgress) -> Void = { _ in }
    ) throws(LedgerError) -> (receipt: BackupReceipt, report: AuditReport) {
        let path = StorePath.absolute(path)
        guard StorePath.byteCount(path) == nil else {
            throw LedgerError(
                .outOfBounds, "there is a store at \(path); move it away first, nothing is overwritten")
        }
        guard try StoreFile.checkHeader(StorePath.absolute(backup)) else {
            throw LedgerError(.missing, "\(backup) is no finished backup; give another one")
        }
        let lock = try StoreLock.exclusive(path)
        defer { withExtendedLifetime(lock) {} }
        let draft = path + ".restoring"
        do {
            StorePath.remove(draft)
            try FileManager.default.copyItem(atPath: backup, toPath: draft)
            let report = try LedgerAudit.run(path: draft, projector: projector, progress: progress)
            guard report.isSound, let head = report.head else {
                throw LedgerError(
                    .damaged,
                    "\(backup) is damaged: \(report.problems.first?.description ?? ""); restore another one")
            }
            try StorePath.synchronise(draft)
            let receipt = try receipt(draft, head)
            if let expected, receipt.digest != expected.digest || receipt.head != expected.head {
                throw LedgerError(
                    .damaged, "\(backup) is not the copy that its backup speaks of; restore another one")
            }
            try StorePath.move(draft, to: path)
            return (receipt, report)
        } catch {
            StorePath.remove(draft)
            throw LedgerError(error, while: "restoring \(path)")
        }
    }
}
