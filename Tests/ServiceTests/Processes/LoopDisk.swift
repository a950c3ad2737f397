import Foundation

/// A small file system of its own, in a file; only root may mount it.
struct LoopDisk {
    let folder: String
    let image: String
    let mount: String

    init(mebibytes: Int) throws {
        folder = try Scratch.folder()
        image = folder + "/disk.img"
        mount = folder + "/disk"
        try Self.run("truncate", "-s", "\(mebibytes)M", image)
        // No blocks are kept for root: full is full.
        try Self.run("mkfs.ext4", "-q", "-F", "-m", "0", image)
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
        try Self.run("mount", "-o", "loop", image, mount)
    }

    func remove() {
        // What a failed test left open goes with its process.
        try? Self.run("umount", "--lazy", mount)
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func run(_ arguments: String...) throws {
        let outcome = try ForeignProgram.run("/usr/bin/env", arguments)
        guard outcome.status == 0 else { throw Missed("\(arguments): \(outcome.errors)") }
    }
}
