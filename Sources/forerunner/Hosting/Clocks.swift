import Authority
import Foundation
import Ledger
import Regulation

/// The machine's own time, in UTC microseconds.
struct RealTime: TimeSource {
    let kind = TimeKind.real

    func now() -> Instant {
        Instant(utcMicroseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down)))
    }
}

/// A clock kept in a small file and read by every process of a demonstration.
///
/// Two lines: the clock's identity and the moment, as in "2025-06-03T01:00:00.000000Z". It is replaced as a
/// whole (write, rename), so a reader sees the old moment or the new one. Stores of simulated time carry the
/// identity and open under no other clock.
struct SharedClock: TimeSource {
    let path: String
    let clockID: String
    var kind: TimeKind { .simulated(clockID: clockID) }

    /// Opens an existing clock; the file must be there and well-formed.
    init(path: String) throws(TimeUnavailable) {
        self.path = path
        clockID = try Self.read(path).clockID
    }

    /// Makes a clock file unless there is one, and opens it.
    init(creating path: String, clockID: String, start: Instant) throws {
        if !FileManager.default.fileExists(atPath: path) {
            try Self.write(path, clockID: clockID, moment: start)
        }
        try self.init(path: path)
    }

    func now() throws(TimeUnavailable) -> Instant {
        let (found, moment) = try Self.read(path)
        guard found == clockID else {
            throw TimeUnavailable(
                "\(path) now holds another clock (\(found), not \(clockID)); restart the process")
        }
        return moment
    }

    /// Moves the clock forward; a moment in the past leaves it where it is, for time never runs back.
    func advance(to moment: Instant) throws {
        guard try now() < moment else { return }
        try Self.write(path, clockID: clockID, moment: moment)
    }

    private static func read(_ path: String) throws(TimeUnavailable) -> (clockID: String, moment: Instant) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TimeUnavailable(
                "the simulated clock \(path) cannot be read; was this process started by a year?")
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count == 2, !lines[0].isEmpty, let moment = Instant(lines[1]) else {
            throw TimeUnavailable("\(path) is no clock file: it needs an identity and a moment, one a line")
        }
        return (lines[0], moment)
    }

    private static func write(_ path: String, clockID: String, moment: Instant) throws {
        try Data("\(clockID)\n\(moment)\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
