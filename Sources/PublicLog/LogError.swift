package import Ledger

/// Why a public log cannot be opened, extended or read, and what to do about it.
package struct LogError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A key, the note of what was published, or a folder is not there or may not be used.
        case unusable
        /// What lies in the folder is not what was published.
        case damaged
        /// The record is older than what was published from it, or another one.
        case rolledBack
        /// Somebody else published in this log's name.
        case otherInstance
        /// The disk did not take a write.
        case storage
    }

    package let code: Code
    /// What happened and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}

extension LogError {
    /// The record could not be read.
    package init(_ error: LedgerError) {
        self.init(.storage, error.message)
    }

    static func database(_ error: any Error, _ path: String) -> LogError {
        (error as? LogError) ?? LogError(.storage, "\(path) could not be used: \(error)")
    }
}
