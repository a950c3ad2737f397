import Foundation
import Glibc

/// The machine's processes, read from /proc.
enum ProcessTable {
    /// Processes whose arguments contain these words one after another.
    static func find(_ words: [String]) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { pid in
            let arguments = arguments(of: pid)
            return arguments.indices.contains { arguments[$0...].starts(with: words) }
        }
    }

    /// The process that serves a role on a data folder.
    static func servant(_ role: String, on folder: String) -> Int32? {
        find(["serve", role, "--data", folder]).first
    }

    /// Processors' time that a process has used, in hundredths of a second; nil when it is gone.
    static func ticks(of pid: Int32) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
        return user + system
    }

    private static func arguments(of pid: Int32) -> [String] {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return [] }
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
