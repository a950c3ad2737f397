import Ledger

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files that are on the disk, under their name and whole, when the call returns.
package enum DurableFile {
    /// Takes the place of the file at `path`, if there is one: a reader sees the old content or the new.
    /// The name is durable once its folder is synchronised.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(LogError) {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("create", draft) }
        var isOpen = true
        defer { if isOpen { close(descriptor) } }
        try writeAll(bytes, to: descriptor, draft)
        guard fsync(descriptor) == 0 else { throw failure("synchronise", draft) }
        isOpen = false
        guard close(descriptor) == 0 else { throw failure("close", draft) }
        guard rename(draft, path) == 0 else { throw failure("rename", draft) }
    }

    private static func writeAll(
        _ bytes: [UInt8], to descriptor: CInt, _ path: String
    ) throws(LogError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { unsafe in
                Glibc.write(descriptor, unsafe.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path) }
            done += count
        }
    }

    /// The file's bytes, or nil when there is none.
    static func read(_ path: String) throws(LogError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("open", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let missing = bytes.count - done
            let count = bytes.withUnsafeMutableBytes { unsafe in
                pread(descriptor, unsafe.baseAddress.map { $0 + done }, missing, off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("read", path) }
            done += count
        }
        return bytes
    }

    /// Makes a folder and those above it; each new name is durable.
    package static func makeFolder(_ path: String) throws(LogError) {
        if path.isEmpty || StorePath.byteCount(path) != nil { return }
        try makeFolder(StorePath.folder(of: path))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("create", path) }
        try synchronise(StorePath.folder(of: path))
    }

    /// Makes the names in a folder durable.
    static func synchronise(_ folder: String) throws(LogError) {
        do {
            try StorePath.synchronise(folder)
        } catch {
            throw LogError(error)
        }
    }

    private static func failure(_ doing: String, _ path: String) -> LogError {
        LogError(.storage, "cannot \(doing) \(path): \(StorePath.systemMessage())")
    }
}
