import Dispatch
import Foundation
import Regulation
import Synchronization

/// Reads a file batch by batch on a thread of its own: parsing keeps a core busy.
final class RegisterReader: Sendable {
    /// Rows of a batch: between a tenth and a fifth of a second of the writer.
    static let batchRowCount = 32_768
    /// Bytes read at a time: memory stays bounded by what their rows become.
    private static let pieceByteCount = 256 << 10

    /// What the file came to.
    struct Totals: Sendable {
        var rows = 0
        var mendedFields = 0
        var fileSHA256: [UInt8] = []
        var byteCount = 0
        var enterprises = 0
        /// By what stands for enterprise and models: one for each row that was taken.
        var models = SortedRuns()
    }

    private struct State {
        let file: FileHandle
        var reading: StandardsReading<RegisterSink>
        var totals = Totals()
        var hasEnded = false
    }

    private let state: Mutex<State>
    /// Bytes taken so far, and rows.
    private let progress = Mutex((bytes: 0, rows: 0))

    init(path: String, profile: Profile, names: sending RegisterNames, codes: SettledCodes) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let sink = RegisterSink(profile: profile, names: names, codes: codes)
        state = Mutex(State(file: file, reading: StandardsReading(profile: profile, sink: sink)))
    }

    var position: (bytes: Int, rows: Int) { progress.withLock { $0 } }

    /// The next batch, nil when the file is over.
    func next() async throws(LoadFailure) -> RegisterBatch? {
        let result: Result<RegisterBatch?, LoadFailure> = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(
                    returning: Result { () throws(LoadFailure) in
                        try self.state.withLock { state throws(LoadFailure) in try self.read(&state) }
                    })
            }
        }
        return try result.get()
    }

    /// What the file came to; when it is over.
    var totals: Totals { state.withLock { $0.totals } }

    private func read(_ state: inout State) throws(LoadFailure) -> RegisterBatch? {
        guard !state.hasEnded else { return nil }
        while state.reading.sink.batch.rows.count < Self.batchRowCount, !state.hasEnded {
            try readPiece(&state)
            guard !state.reading.sink.hasTooManyCategories else { throw .tooManyCategories }
        }
        progress.withLock { $0 = (state.reading.byteCount, state.reading.rowCount) }
        return state.reading.sink.takeBatch()
    }

    private func readPiece(_ state: inout State) throws(LoadFailure) {
        let piece: Data
        do {
            piece = try state.file.read(upToCount: Self.pieceByteCount) ?? Data()
        } catch {
            throw .unreadable
        }
        do {
            guard piece.isEmpty else { return try state.reading.feed(Array(piece)[...]) }
            let digest = try state.reading.finish()
            state.hasEnded = true
            state.totals = Totals(
                rows: state.reading.rowCount, mendedFields: state.reading.sink.mendedCount,
                fileSHA256: digest, byteCount: state.reading.byteCount,
                enterprises: state.reading.sink.enterpriseCount, models: state.reading.sink.takeModels())
        } catch {
            throw .file(error)
        }
    }
}

/// Why a load came to nothing.
enum LoadFailure: Error, Sendable, Hashable {
    case file(ImportFailure)
    /// The file that arrived cannot be read again.
    case unreadable
    case tooManyCategories
    case tooManyRejected(countMax: Int)
}
