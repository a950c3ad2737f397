import Foundation
import Glibc

/// Folders and ports of a test's own.
enum Scratch {
    static func folder() throws -> String {
        let folder = NSTemporaryDirectory() + "forerunner-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The first of so many neighbouring ports that nobody listens on now, below those that the system hands
    /// to outgoing connections.
    static func freePorts(_ count: Int) throws -> Int {
        for _ in 0..<200 {
            let base = Int.random(in: 20_000..<32_000)
            if (base..<base + count).allSatisfy(isFree) { return base }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// Bytes of every file in a folder, at any depth, by relative path.
    static func contents(of folder: String) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: folder + "/" + $1) }
    }

    /// The same without the lock files, which say who tried last, and without SQLite's counters of changes in
    /// a header, which an opening connection moves though it writes no row.
    static func stores(in folder: String) throws -> [String: Data] {
        try contents(of: folder).filter { !$0.key.hasSuffix(".lock") }.mapValues { data in
            guard data.starts(with: Array("SQLite format 3\0".utf8)), data.count >= 100 else { return data }
            var data = data
            for counter in [24..<28, 40..<44, 92..<96] {
                data.replaceSubrange(counter, with: repeatElement(0, count: 4))
            }
            return data
        }
    }

    /// Paths of what lies in a folder; none when there is no such folder.
    static func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { folder + "/" + $0 }
    }

    static func byteCount(_ path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.intValue ?? 0
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { Glibc.close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// Files that come with the program, where they lie in the repository.
enum Bundled {
    static let bulbs = path("standards/energystar_light_bulbs_2020.csv.gz")
    static let bulbProfile = path("profiles/light-bulbs.json")
    static let refrigerators = path("standards/energystar_refrigerators_2021.csv.gz")
    static let refrigeratorProfile = path("profiles/refrigerators.json")
    static let refrigeratorScheme = path("schemes/compact-refrigerators.json")

    static func path(_ name: String) -> String {
        var repository = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { repository.deleteLastPathComponent() }
        return repository.path + "/Sources/RegulatedYear/Resources/" + name
    }

    static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
