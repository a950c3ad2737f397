#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the file system says of a store's path.
package enum StorePath {
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path from the root: SQLite must not take a name such as `file:x` for an address.
    static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let current = getcwd(nil, 0) else { return "./" + path }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    /// Bytes of the file, or nil when there is none.
    package static func byteCount(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    static func isWritable(_ path: String) -> Bool { access(path, R_OK | W_OK) == 0 }

    static func isWritableFolder(_ path: String) -> Bool { access(path, W_OK | X_OK) == 0 }

    /// Creates an empty file that only its owner may read, and makes its name durable.
    static func createFile(_ path: String) throws(LedgerError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LedgerError(.store, "cannot create \(path): \(systemMessage())")
        }
        close(descriptor)
        try synchronise(folder(of: path))
    }

    /// Waits until a file or folder is on the disk.
    package static func synchronise(_ path: String) throws(LedgerError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LedgerError(.store, "cannot open \(path): \(systemMessage())")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw LedgerError(.store, "cannot synchronise \(path): \(systemMessage())")
        }
    }

    package static func move(_ path: String, to target: String) throws(LedgerError) {
        guard rename(path, target) == 0 else {
            throw LedgerError(.store, "cannot rename \(path) to \(target): \(systemMessage())")
        }
        try synchronise(folder(of: target))
    }

    static func remove(_ path: String) { unlink(path) }

    /// The first bytes of a file; fewer when it is shorter.
    static func prefix(_ path: String, byteCount: Int) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let count = pread(descriptor, &bytes, byteCount, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    package static func systemMessage() -> String { String(cString: strerror(errno)) }
}
