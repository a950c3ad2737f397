import EchoMessages
import Foundation
import Wire

/// `echo-client PORT CONNECTIONS INFLIGHT SECONDS`: keeps so many calls in flight on each connection, and
/// prints one JSON line like the other load clients'.
@main
struct EchoLoad {
    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap(Double.init)
        guard numbers.count == 4, CommandLine.arguments.count == 5 else {
            FileHandle.standardError.write(
                Data("usage: echo-client PORT CONNECTIONS INFLIGHT SECONDS\n".utf8))
            exit(2)
        }
        let channels = (0..<Int(numbers[1])).map { _ in
            ClientChannel(host: "127.0.0.1", port: Int(numbers[0]))
        }
        let span = MeasuredSpan(seconds: numbers[3])
        let report = try await withThrowingTaskGroup(of: LoadReport.self) { group in
            for channel in channels {
                for caller in 0..<Int(numbers[2]) {
                    group.addTask(executorPreference: channel.executor) {
                        try await calls(on: EchoClient(channel), caller: caller, span)
                    }
                }
            }
            var report = LoadReport()
            for try await part in group { report.add(part) }
            return report
        }
        print(report.line(until: .now, of: span))
        for channel in channels { await channel.close() }
    }

    /// One caller: the next call follows the answer.
    private static func calls(
        on client: EchoClient, caller: Int, _ span: MeasuredSpan
    ) async throws -> LoadReport {
        var report = LoadReport()
        var request = Bench.EchoRequest(
            name: String(repeating: "n", count: 37), id: 1_234_567_890_123 + Int64(caller) << 32,
            tags: ["tag-aaaaaaaaaaaa", "tag-bbbbbbbbbbbb", "tag-cccccccccccc"])
        var sent = MonotonicInstant.now
        while sent < span.end {
            request.id += 1
            let response = try await client.echo(request)
            guard response.id == request.id + 1, response.tags.count == 3 else { throw WrongAnswer() }
            let received = MonotonicInstant.now
            report.add(from: sent, to: received, in: span)
            sent = received
        }
        return report
    }
}

struct WrongAnswer: Error {}
