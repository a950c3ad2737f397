import Foundation
import Glibc
import Testing

/// A process that writes to a file system of its own in a file. Copying that file while the process stands
/// still is what a power failure leaves: pages that were not synchronised are not in it.
struct PowerStage {
    /// Small, so that a copy takes a moment.
    private static let imageMiB = 96

    private let disk: LoopDisk

    /// How many acknowledged commands are missing in copies made in so many rounds. Standing in for power
    /// failures; `withoutSync` runs the process under a library that leaves fsync out.
    static func lost(images count: Int, withoutSync: Bool) async throws -> Int {
        let stage = PowerStage(disk: try LoopDisk(mebibytes: imageMiB))
        defer { stage.disk.remove() }
        var deployed = try Deployed()
        defer { deployed.remove() }
        deployed.dataFolder = stage.disk.mount + "/data"
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
            try LoopDisk.run("cp", "--sparse=always", stage.disk.image, stage.disk.image + ".copy")
            kill(servant.process.processIdentifier, SIGCONT)
            lost += try stage.missing(answered)
        }
        hammering.cancel()
        await hammering.value
        try await servant.end(SIGKILL)
        await hammer.close()
        return lost
    }

    /// Commands that the copy does not have; also looks whether the copy is sound.
    private func missing(_ answered: [String: Int64]) throws -> Int {
        let copy = disk.folder + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try LoopDisk.run("mount", "-o", "loop", disk.image + ".copy", copy)
        defer { try? LoopDisk.run("umount", copy) }
        let store = copy + "/data/scheme.sqlite"
        // Without fsync not even the names are there.
        guard FileManager.default.fileExists(atPath: store) else { return answered.count }
        let recorded = try RecordCheck(data: copy + "/data").positions()
        return answered.keys.filter { recorded[$0] == nil }.count
    }
}
