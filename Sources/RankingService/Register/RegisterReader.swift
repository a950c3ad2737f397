import Dispatch
import Foundation
import Regulation
import Synchronization

/// Reads a file batch by batch on a thread of its own: parsing keeps a core busy.
final class RegisterReader: Sendable {
    /// Rows of a batch: some tens of milliseconds of the writer.
    static let batchRowCount = 16_384
    /// Bytes read at a time: memory stays bounded by what their rows become.
    private static let pieceByteCount = 256 << 10

    /// What the file came to.
    struct Totals: Sendable {
        var rows = 0
        var mendedFields = 0
        var fileSHA256: [UInt8] = []
        var byteCount = 0
        var enterprises = 0
        /// By what stands for enterprise and models, sorted: one for each row that was taken.
        var models: [UInt64] = []
    }

    private struct State {
        let file: FileHandle
        var reading: StandardsReading
        var encoder: RegisterEncoder
        var totals = Totals()
        var enterprises: Set<Int> = []
        var hasEnded = false
    }

    private let state: Mutex<State>
    /// Bytes taken so far, and rows.
    private let progress = Mutex((bytes: 0, rows: 0))

    init(path: String, profile: Profile, names: sending RegisterNames, codes: SettledCodes) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let encoder = RegisterEncoder(names: names, profile: profile, codes: codes)
        state = Mutex(
            State(
                file: file, reading: StandardsReading(profile: profile, fillsDeclarations: false),
                encoder: encoder))
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
    var totals: Totals {
        state.withLock { state in
            var totals = state.totals
            totals.enterprises = state.enterprises.count
            totals.models.sort()
            return totals
        }
    }

    private func read(_ state: inout State) throws(LoadFailure) -> RegisterBatch? {
        guard !state.hasEnded else { return nil }
        var batch = RegisterBatch()
        while batch.rows.count < Self.batchRowCount, !state.hasEnded {
            let piece: Data
            do {
                piece = try state.file.read(upToCount: Self.pieceByteCount) ?? Data()
            } catch {
                throw .unreadable
            }
            do {
                if piece.isEmpty {
                    state.totals.fileSHA256 = try state.reading.finish()
                    state.hasEnded = true
                } else {
                    try state.reading.feed(Array(piece)[...])
                }
            } catch {
                throw .file(error)
            }
            try take(state.reading.drain(), into: &batch, &state)
        }
        state.totals.rows = state.reading.rowCount
        state.totals.mendedFields = state.reading.mendedCount
        state.totals.byteCount = state.reading.byteCount
        progress.withLock { $0 = (state.reading.byteCount, state.reading.rowCount) }
        batch.order()
        return batch
    }

    private func take(
        _ rows: RowTable.Rows, into batch: inout RegisterBatch, _ state: inout State
    ) throws(LoadFailure) {
        batch.rejections += rows.rejections
        var first = 0
        for index in rows.standards.indices {
            let end = first + rows.knownCounts[index]
            guard
                let row = state.encoder.append(
                    rows.standards[index], rows.known[first..<end], to: &batch)
            else { throw .tooManyCategories }
            first = end
            state.enterprises.insert(row.enterprise)
            state.totals.models.append(row.models)
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
