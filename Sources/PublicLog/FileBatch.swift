import Dispatch
import Ledger
import Synchronization
import Transparency

/// Files of a log on their way to the disk, some at a time, while the next ones are still made: most of the
/// time of each is spent waiting for the disk.
struct FileBatch: ~Copyable {
    private let folder: LogFolder
    private var folders: Set<String> = []
    private let queue = DispatchQueue(label: "public log files", attributes: .concurrent)
    private let group = DispatchGroup()
    private let flaw = Flaw()

    init(_ folder: LogFolder) {
        self.folder = folder
    }

    /// Nothing is written any more when the batch is gone, also after a throw.
    deinit { group.wait() }

    /// Begins to write a file; a failure is told by `finish`.
    mutating func add(_ file: LogGrowth.File) throws(LogError) {
        let path = folder.path(of: file.tile)
        let parent = StorePath.folder(of: path)
        if folders.insert(parent).inserted { try DurableFile.makeFolder(parent) }
        queue.async(group: group) { [flaw] in
            do throws(LogError) {
                try DurableFile.write(file.bytes, to: path)
            } catch {
                flaw.first.withLock { $0 = $0 ?? error }
            }
        }
    }

    /// Waits until all files and their names are on the disk.
    func finish() throws(LogError) {
        group.wait()
        if let flaw = flaw.first.withLock({ $0 }) { throw flaw }
        for folder in folders { try DurableFile.synchronise(folder) }
    }

    private final class Flaw: Sendable {
        let first = Mutex<LogError?>(nil)
    }
}
