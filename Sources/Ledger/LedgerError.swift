import GRDB

/// Why a record could not be opened, read or written, and what to do about it.
///
/// Two errors are equal when their codes are: the words are for people and may change.
package struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Another process (or another part of this one) holds the store.
        case inUse
        /// There is no store at the path, or its making was not finished.
        case missing
        /// The file is something else than a store of ours.
        case foreign
        /// The store was made or changed by a newer release.
        case newerSchema
        /// The bulk tables of the store are not those that this release expects.
        case otherSchema
        /// The store belongs to the other kind of time, or to another simulated clock.
        case otherTime
        /// The store belongs to another role.
        case otherRole
        /// The file system does not let this user do it.
        case noPermission
        /// The stored bytes contradict themselves.
        case damaged
        /// Too many appends wait already; nothing was written.
        case busy
        /// The append or query is larger than the limits allow, or malformed; nothing was written.
        case outOfBounds
        /// The ledger was closed; nothing was written.
        case closed
        /// SQLite refused or failed; nothing was written.
        case store
        /// A commit failed: whether it lasts is only known after the next start. Nothing more is written.
        case fatal
    }

    package let code: Code
    /// What happened and what to do, without personal data and without SQL.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }

    package static func == (left: LedgerError, right: LedgerError) -> Bool { left.code == right.code }
}

extension LedgerError {
    package static func noPermission(_ path: String) -> LedgerError {
        LedgerError(
            .noPermission,
            "no permission for \(path); run as the user who owns the data folder, or give this user the "
                + "right to write there")
    }

    static func closed(_ path: String) -> LedgerError {
        LedgerError(.closed, "the store \(path) was closed; nothing was written")
    }

    /// Of a row of the record's own tables.
    static func unreadable(_ column: Int) -> LedgerError {
        LedgerError(
            .damaged,
            "a row of the record cannot be read in column \(column); audit the store and restore it from a "
                + "backup")
    }

    /// Wraps whatever a store operation threw, once. `doing` completes "while …".
    init(_ error: any Error, while doing: String) {
        switch error {
        case let error as LedgerError:
            self = error
        case let error as DatabaseError:
            self.init(error, while: doing)
        default:
            self.init(.store, "failed while \(doing): \(error)")
        }
    }

    private init(_ error: DatabaseError, while doing: String) {
        let detail =
            "SQLite says \(error.message ?? "no more") (\(error.extendedResultCode.rawValue)) while \(doing)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(.damaged, "\(detail); stop the service, audit the store, restore it from a backup")
        case .SQLITE_FULL:
            self.init(.store, "\(detail); the disk is full: make room and send the request again")
        case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(.noPermission, "\(detail); check the owner and the rights of the data folder")
        default:
            self.init(.store, detail)
        }
    }
}
