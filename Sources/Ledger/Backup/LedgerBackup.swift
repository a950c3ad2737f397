import Crypto
import Foundation
import GRDB

/// What a copy of a store holds.
package struct BackupReceipt: Sendable, Hashable {
    /// Where the record ends in the copy.
    package let head: LedgerHead
    package let byteCount: Int64
    /// SHA-256 of the file.
    package let digest: [UInt8]
}

extension Ledger {
    /// Copies the store as it is at one moment to a new file, while appends go on. Blocks meanwhile.
    ///
    /// Made by the process that writes, through a connection that only reads and never checkpoints: another
    /// process must not (`Durability.md`). The copy is complete, synchronised and checked when this returns;
    /// until then no file has its name.
    package func backUp(to path: String) throws(LedgerError) -> BackupReceipt {
        let path = StorePath.absolute(path)
        return try Self.copy(self.path, to: path, copyPages)
    }

    /// The same of a store that no process serves; none can start meanwhile.
    package static func backUp(idle path: String, to target: String) throws(LedgerError) -> BackupReceipt {
        let store = try ReadOnlyStore(StorePath.absolute(path))
        defer { store.close() }
        guard !store.isLive else {
            throw LedgerError(.inUse, "the store \(path) is served; let its process make the backup")
        }
        return try copy(path, to: StorePath.absolute(target)) { try store.queue.backup(to: $0) }
    }

    private static func copy(
        _ source: String, to path: String, _ copyPages: (DatabaseQueue) throws -> Void
    ) throws(LedgerError) -> BackupReceipt {
        guard StorePath.byteCount(path) == nil else {
            throw LedgerError(.outOfBounds, "\(path) exists and is not overwritten; give another name")
        }
        let draft = path + ".new"
        StorePath.remove(draft)
        do {
            let copy = try DatabaseQueue(path: draft, configuration: StoreFile.configuration(readonly: false))
            try copyPages(copy)
            let head = try settle(copy, path)
            try copy.close()
            try StorePath.synchronise(draft)
            try StorePath.move(draft, to: path)
            return try receipt(path, head)
        } catch {
            StorePath.remove(draft)
            throw LedgerError(error, while: "backing up \(source)")
        }
    }

    /// Makes the copy a file that stands alone, and checks its pages.
    private static func settle(_ copy: DatabaseQueue, _ path: String) throws -> LedgerHead {
        try copy.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA")
            let verdicts = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            guard verdicts == ["ok"] else {
                throw LedgerError(
                    .damaged, "the copy is damaged: \(verdicts.first ?? ""); audit the store it was made from"
                )
            }
            return try database.head(try database.storeMark(path))
        }
    }

    static func receipt(_ path: String, _ head: LedgerHead) throws -> BackupReceipt {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hasher = SHA256()
        var byteCount: Int64 = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hasher.update(data: piece)
            byteCount += Int64(piece.count)
        }
        return BackupReceipt(head: head, byteCount: byteCount, digest: Array(hasher.finalize()))
    }
}
