import Glibc

/// Which call of a process fails, and how.
struct FaultPlan: Sendable, CustomStringConvertible {
    /// Calls on files below the data folder that are counted; names of `failing_calls.c`.
    enum Call: String, Sendable, CaseIterable {
        case sync, write, rename
    }

    enum Failure: Sendable {
        case code(Int32)
        /// Half is written, what follows finds the disk full.
        case torn
    }

    /// What the process begins with, and when counting does.
    enum Beginning: String, Sendable, CaseIterable {
        /// No folder at all: the store, the log and its key are made.
        case nothing
        /// What `kill -9` left: a write-ahead log to be recovered, and long enough for a checkpoint at once.
        case killed
        /// Counting begins when a process that has worked is told to end.
        case ending
    }

    let call: Call
    let failure: Failure
    let beginning: Beginning
    /// The first call that fails, from 1.
    let number: Int
    /// Whether all that follow fail, too.
    let isLasting: Bool

    var description: String {
        let what =
            switch failure {
            case .code(let code): String(cString: strerror(code))
            case .torn: "half written, then full"
            }
        let span = isLasting ? "from call \(number) on" : "at call \(number)"
        return "\(call.rawValue) \(span) (\(what)), beginning with \(beginning.rawValue)"
    }

    /// The settings of the library.
    func environment(below folder: String, report: String, trigger: String) throws -> [String: String] {
        let (error, usualCount) =
            switch failure {
            case .code(let code): ("\(code)", 1)
            case .torn: ("torn", 2)
            }
        var settings = [
            "LD_PRELOAD": try FaultLibrary.path(), "FAULT_BELOW": folder, "FAULT_CALL": call.rawValue,
            "FAULT_NUMBER": "\(number)", "FAULT_COUNT": "\(isLasting ? 0 : usualCount)",
            "FAULT_ERROR": error, "FAULT_REPORT": report,
        ]
        if beginning == .ending { settings["FAULT_WHILE"] = trigger }
        return settings
    }

    /// How each call fails.
    private static func failures(of call: Call) -> [Failure] {
        switch call {
        case .sync, .rename: [.code(EIO)]
        case .write: [.code(EIO), .torn, .code(ENOSPC)]
        }
    }

    /// So many calls an ending may have.
    private static func endingCount(of call: Call) -> Int {
        switch call {
        case .sync: 5
        case .write: 20
        case .rename: 3
        }
    }

    /// Every number up to the last, with each failure; the first ones, and each call of an ending, too. Every
    /// third is a disk that takes nothing from then on.
    static func all(_ call: Call, upTo last: Int) -> [FaultPlan] {
        failures(of: call).flatMap { failure in
            let numbers = (1...last).flatMap { number -> [(Beginning, Int)] in
                let usual: Beginning = number % 2 == 0 ? .killed : .nothing
                let early: [Beginning] = number <= 40 ? [.nothing, .killed] : [usual]
                return (number <= endingCount(of: call) ? early + [.ending] : early).map { ($0, number) }
            }
            return numbers.map { beginning, number in
                FaultPlan(
                    call: call, failure: failure, beginning: beginning, number: number,
                    isLasting: number % 3 == 0)
            }
        }
    }

    /// A dozen of them, spread.
    static func some(_ call: Call) -> [FaultPlan] {
        let failures = failures(of: call)
        // Few files are renamed in a second.
        let numbers =
            call == .rename
            ? [1, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 2] : [1, 3, 7, 12, 18, 25, 40, 60, 90, 150, 220, 2]
        return numbers.enumerated().map { place, number in
            FaultPlan(
                call: call, failure: failures[place % failures.count],
                beginning: number == 2 ? .ending : place % 2 == 0 ? .nothing : .killed, number: number,
                isLasting: place % 3 == 2)
        }
    }
}
