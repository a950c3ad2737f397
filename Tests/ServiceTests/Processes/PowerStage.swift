import Foundation
import GRDB
import Glibc
import Testing

/// A process that writes to a file system of its own in a file. Copying that file while the process stands
/// still is what a power failure leaves: pages that were not synchronised are not in it.
struct PowerStage {
    /// Small, so that a copy takes a moment.
    private static let imageMiB = 96

    private let folder: String
    private let image: String
    private let mount: String

    /// How many acknowledged commands are missing in copies made in so many rounds. Standing in for power
    /// failures; `withoutSync` runs the process under a library that leaves fsync out.
    static func lost(images count: Int, withoutSync: Bool) async throws -> Int {
        let stage = try PowerStage()
        defer { stage.remove() }
        var deployed = try Deployed()
        defer { deployed.remove() }
        deployed.dataFolder = stage.mount + "/data"
        let hammer = Hammer(port: deployed.portBase)
        let preload = withoutSync ? ["LD_PRELOAD": "libeatmydata.so"] : [:]
        let servant = try await deployed.start("scheme", environment: preload)
        let hammering = Task { await hammer.run() }
        var lost = 0
        for _ in 0..<count {
            try await Task.sleep(for: .milliseconds(Int.random(in: 200...700)))
            kill(servant.process.processIdentifier, SIGSTOP)
            // What was answered by now must be in the copy.
            let answered = hammer.answered
            try stage.run("cp", "--sparse=always", stage.image, stage.image + ".copy")
            kill(servant.process.processIdentifier, SIGCONT)
            lost += try stage.missing(answered)
        }
        hammering.cancel()
        await hammering.value
        try await servant.end(SIGKILL)
        await hammer.close()
        return lost
    }

    private init() throws {
        folder = try Scratch.folder()
        image = folder + "/disk.img"
        mount = folder + "/disk"
        try run("truncate", "-s", "\(Self.imageMiB)M", image)
        try run("mkfs.ext4", "-q", "-F", image)
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
        try run("mount", "-o", "loop", image, mount)
    }

    private func remove() {
        try? run("umount", mount)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Commands that the copy does not have; also looks whether the copy is sound.
    private func missing(_ answered: [String: Int64]) throws -> Int {
        let copy = folder + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try run("mount", "-o", "loop", image + ".copy", copy)
        defer { try? run("umount", copy) }
        let store = copy + "/data/scheme.sqlite"
        // Without fsync not even the names are there.
        guard FileManager.default.fileExists(atPath: store) else { return answered.count }
        let queue = try DatabaseQueue(path: store)
        defer { try? queue.close() }
        let recorded = try queue.read { database in
            #expect(try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"])
            return try Set(String.fetchAll(database, sql: "SELECT request_id FROM requests"))
        }
        return answered.keys.filter { !recorded.contains($0) }.count
    }

    private func run(_ arguments: String...) throws {
        let outcome = try ForeignProgram.run("/usr/bin/env", arguments)
        guard outcome.status == 0 else { throw Missed("\(arguments): \(outcome.errors)") }
    }
}
