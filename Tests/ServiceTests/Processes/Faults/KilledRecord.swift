import Foundation
import Glibc
import Synchronization

/// A data folder that a process left when it was killed, with much in its write-ahead log; made once and
/// only copied.
actor KilledRecord {
    struct Made: Sendable {
        let data: String
        /// Positions of its commands.
        let recorded: [String: Int64]
    }

    static let shared = KilledRecord()
    /// A checkpoint is due at 1000 pages: the next commits bring it.
    private static let logByteCount = 900 * 4096
    private static let leftover = Mutex("")
    private var made: Task<Made, any Error>?

    func record() async throws -> Made {
        if let made { return try await made.value }
        let made = Task { try await Self.make() }
        self.made = made
        return try await made.value
    }

    private static func make() async throws -> Made {
        let deployed = try Deployed()
        leftover.withLock { $0 = deployed.folder }
        atexit { try? FileManager.default.removeItem(atPath: KilledRecord.leftover.withLock { $0 }) }
        let servant = try await deployed.start("scheme")
        let hammer = Hammer(port: deployed.portBase)
        let hammering = Task { await hammer.run() }
        try await eventually("the write-ahead log is long") {
            Scratch.byteCount(deployed.data + "/scheme.sqlite-wal") > logByteCount
        }
        try await servant.end(SIGKILL)
        hammering.cancel()
        await hammering.value
        await hammer.close()
        // Looking into it would recover it.
        let copy = deployed.folder + "/copy"
        try FileManager.default.copyItem(atPath: deployed.data, toPath: copy)
        return Made(data: deployed.data, recorded: try RecordCheck(data: copy).positions())
    }
}
