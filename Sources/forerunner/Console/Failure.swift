import ArgumentParser
import Foundation

/// How a command ends; scripts may rely on the numbers.
enum Ending: Int32 {
    case done = 0
    /// The answer is no: a refusal, a failed verification.
    case no = 1
    /// Usage or bad input.
    case badInput = 2
    /// A service could not be reached.
    case unreachable = 3
    /// The record may be damaged.
    case damaged = 4
}

/// A message for the person at the terminal, and the exit code that goes with it.
struct Failure: Error, CustomStringConvertible {
    let ending: Ending
    let description: String

    init(_ ending: Ending, _ description: String) {
        self.ending = ending
        self.description = description
    }
}

/// Runs a command's body; a failure goes to standard error, and the process ends with its code.
func endingWith(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let failure as Failure {
        Console.complain(failure.description)
        throw ExitCode(failure.ending.rawValue)
    }
}
