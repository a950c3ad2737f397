#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Keeps a second process (or a second opening in this one) away from a store.
///
/// The lock is `flock` on `<file>.lock`, which the kernel releases when its holder dies; the file holds the
/// holder's process id, for the message to the second one. SQLite 3.40 may damage a store that two
/// connections write and checkpoint, so this is not a courtesy.
final class StoreLock: Sendable {
    private let descriptor: CInt

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    static func path(for store: String) -> String { store + ".lock" }

    /// Takes the store for this process alone.
    static func exclusive(_ store: String) throws(LedgerError) -> StoreLock {
        let path = path(for: store)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            switch errno {
            case EACCES, EPERM, EROFS: throw .noPermission(StorePath.folder(of: store))
            default: throw LedgerError(.store, "cannot open \(path): \(StorePath.systemMessage())")
            }
        }
        let lock = StoreLock(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw LedgerError(
                .inUse,
                "the store \(store) is in use by process \(holder(descriptor)); stop that process first, or "
                    + "give this one another data folder")
        }
        lock.writeHolder()
        return lock
    }

    /// Whether somebody serves the store.
    enum Observation {
        /// Nobody does, and nobody can while this lock lives.
        case idle(StoreLock)
        /// Nobody does: the store was never opened where it lies now.
        case unlocked
        case live
    }

    /// Looks whether the store is served, without creating or changing anything.
    static func observe(_ store: String) -> Observation {
        let descriptor = open(path(for: store), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .unlocked }
        let lock = StoreLock(descriptor)
        return flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? .idle(lock) : .live
    }

    private func writeHolder() {
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func holder(_ descriptor: CInt) -> String {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? "unknown" : String(decoding: digits, as: UTF8.self)
    }
}
