import Foundation
import Synchronization

/// Results go to standard output, words for people to standard error.
enum Console {
    /// Ends the process where nobody reads any more, as every filter does, or where a file is full.
    static func result(_ text: String, terminator: String = "\n") {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((text + terminator).utf8))
        } catch {
            // The network library has the signal ignored, so a closed pipe arrives here.
            if (error as NSError).isBrokenPipe {
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
            }
            complain("standard output cannot be written; is the file system full?")
            exit(Ending.badInput.rawValue)
        }
    }

    static func tell(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func complain(_ text: String) {
        FileHandle.standardError.write(Data(("forerunner: " + text + "\n").utf8))
    }

    /// Whether a person watches standard error; without one there are no progress bars.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }
}

extension NSError {
    /// Foundation wraps the system's error in one of its own.
    fileprivate var isBrokenPipe: Bool {
        let own = domain == NSPOSIXErrorDomain && code == Int(EPIPE)
        return own || (userInfo[NSUnderlyingErrorKey] as? NSError)?.isBrokenPipe == true
    }
}

/// One line on the terminal that is rewritten while long work goes on.
final class ProgressLine: Sendable {
    private let label: String
    private let lastShown = Mutex(-1)
    private let isShown: Bool

    init(_ label: String) {
        self.label = label
        isShown = Console.isWatched
    }

    /// Shows a whole number of percent, only when it changed.
    func show(done: Int, of total: Int) {
        guard isShown, total > 0 else { return }
        let percent = min(100, done * 100 / total)
        lastShown.withLock { lastShown in
            guard percent != lastShown else { return }
            lastShown = percent
            let filled = percent / 4
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 25 - filled)
            FileHandle.standardError.write(Data("\r\(label) [\(bar)] \(percent) %".utf8))
        }
    }

    func finish() {
        guard isShown, lastShown.withLock({ $0 }) >= 0 else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
