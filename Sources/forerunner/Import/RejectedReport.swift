import Contracts
import Foundation

/// Rejected rows on their way to a file, one a line, tab separated; or to standard error, the first of them.
struct RejectedReport {
    /// More lines than this on a terminal are read by nobody.
    private static let shownCountMax = 50

    private let path: String?
    private let file: FileHandle?
    private var shownCount = 0
    private var isBroken = false

    /// Without a path rows are told on standard error.
    init(_ path: String?) throws(Failure) {
        self.path = path
        guard let path else {
            file = nil
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Self.unwritable(path) }
        self.file = file
        try? file.write(contentsOf: Data("file\trow\tline\tcolumn\tvalue\tcode\treason\n".utf8))
    }

    mutating func add(_ rows: [StandardsAPI.RejectedRow]) {
        guard let file else {
            for row in rows {
                shownCount += 1
                if shownCount <= Self.shownCountMax { Console.tell(RankFileCommand.line(row)) }
            }
            return
        }
        let text = rows.map { row in
            [row.file, "\(row.row)", "\(row.line)", row.column, row.value, row.code, row.reason]
                .map(Self.plain).joined(separator: "\t") + "\n"
        }.joined()
        do { try file.write(contentsOf: Data(text.utf8)) } catch { isBroken = true }
    }

    func finish() throws(Failure) {
        if shownCount > Self.shownCountMax {
            Console.tell("… \(shownCount - Self.shownCountMax) more; --rejected FILE has them all")
        }
        guard let file, let path else { return }
        do {
            try file.synchronize()
            try file.close()
        } catch {
            throw Self.unwritable(path)
        }
        if isBroken { throw Self.unwritable(path) }
    }

    /// What would end a field or a line is shown as a blank.
    private static func plain(_ text: String) -> String {
        String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }

    private static func unwritable(_ path: String) -> Failure {
        Failure(.badInput, "\(path) cannot be written; check the path, its permissions and the disk")
    }
}
