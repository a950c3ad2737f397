import Dispatch
import Foundation
import Regulation

/// Reads a whole file once more for something that is known only afterwards, or needed before.
enum FilePass {
    private static let pieceByteCount = 256 << 10

    /// Names of the enterprises of all rows that can be read.
    static func names(path: String, profile: Profile) async throws -> Set<String> {
        try await pass(path, profile, Set<String>()) { names, rows in
            for standard in rows.standards { names.insert(standard.enterpriseName) }
        }
    }

    /// Lines on which rows start, and their standards' numbers.
    static func lines(
        of wanted: Set<Int>, path: String, profile: Profile
    ) async throws -> [Int: (line: Int, number: String)] {
        try await pass(path, profile, [Int: (line: Int, number: String)]()) { lines, rows in
            for (standard, line) in zip(rows.standards, rows.lines) where wanted.contains(standard.sourceRow)
            {
                lines[standard.sourceRow] = (line, standard.number.text)
            }
        }
    }

    private static func pass<Value: Sendable>(
        _ path: String, _ profile: Profile, _ start: Value,
        _ take: @escaping @Sendable (inout Value, RowCollector.Rows) -> Void
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(with: Result { try passNow(path, profile, start, take) })
            }
        }
    }

    private static func passNow<Value>(
        _ path: String, _ profile: Profile, _ start: Value, _ take: (inout Value, RowCollector.Rows) -> Void
    ) throws -> Value {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var reading = StandardsReading(
            profile: profile, sink: RowCollector(profile: profile, fillsDeclarations: false))
        var value = start
        do throws(ImportFailure) {
            while let piece = try? file.read(upToCount: pieceByteCount), !piece.isEmpty {
                try reading.feed(Array(piece)[...])
                take(&value, reading.sink.drain())
            }
            _ = try reading.finish()
            take(&value, reading.sink.drain())
        } catch {
            throw LoadFailure.file(error)
        }
        return value
    }
}
