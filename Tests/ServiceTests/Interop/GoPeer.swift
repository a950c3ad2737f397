import Foundation

/// The Go program in the folder beside this file: built and started once, then told what to do line by line.
///
/// It ends when its standard input does, and so with this process at the latest.
actor GoPeer {
    static let shared = GoPeer()

    private var process: Task<GoProcess, any Error>?

    /// Sends the command and waits for the answer to it; any number may be under way.
    nonisolated func ask(_ command: GoCommand) async throws -> GoAnswer {
        try await running().ask(command)
    }

    private func running() async throws -> GoProcess {
        if let process { return try await process.value }
        let process = Task { try await GoProcess(GoBuild.program("Go")) }
        self.process = process
        return try await process.value
    }
}
