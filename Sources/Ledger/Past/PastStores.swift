import Dispatch
import GRDB
import Synchronization

/// The past states that were asked for last, made one at a time.
final class PastStores: Sendable {
    private struct Entry {
        let moment: Int64
        let making: Task<PastStore, any Error>
        var store: PastStore?
    }

    private struct State {
        /// Used last at the end.
        var entries: [Entry] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let path: String
    private let projector: any Projector
    private let worker = DispatchQueue(label: "ledger.past", qos: .utility)

    init(path: String, projector: any Projector) {
        self.path = path
        self.projector = projector
    }

    /// The state at a moment, in UTC microseconds since 1970.
    func store(at moment: Int64) async throws -> PastStore {
        while true {
            let store = try await making(moment).value
            if try await store.isWhole() { return store }
            state.withLock { state in state.entries.removeAll { $0.moment == moment } }
        }
    }

    private func making(_ moment: Int64) throws(LedgerError) -> Task<PastStore, any Error> {
        try state.withLock { state throws(LedgerError) in
            if state.isClosed { throw LedgerError.closed(path) }
            if let index = state.entries.firstIndex(where: { $0.moment == moment }) {
                let entry = state.entries.remove(at: index)
                state.entries.append(entry)
                return entry.making
            }
            try Self.makeRoom(&state)
            let making = Task { try await self.make(moment) }
            state.entries.append(Entry(moment: moment, making: making))
            return making
        }
    }

    /// Gives up what is being made, and forgets the rest.
    func close() {
        let entries = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [] }
            return state.entries
        }
        for entry in entries { try? entry.store?.queue.close() }
    }

    /// Drops the state that was not used for longest. States that are still being made stay.
    private static func makeRoom(_ state: inout State) throws(LedgerError) {
        guard state.entries.count >= LedgerLimits.pastStoreCountMax else { return }
        guard let index = state.entries.firstIndex(where: { $0.store != nil }) else {
            throw LedgerError(
                .busy, "other past states are being made; ask again later, or for one of the same moments")
        }
        state.entries.remove(at: index)
    }

    private func make(_ moment: Int64) async throws -> PastStore {
        let result: Result<PastStore, any Error> = await withCheckedContinuation { continuation in
            worker.async { continuation.resume(returning: Result { try self.replay(moment) }) }
        }
        switch result {
        case .success(let store):
            keep(store, moment)
            return store
        case .failure(let error):
            state.withLock { state in state.entries.removeAll { $0.moment == moment } }
            throw error
        }
    }

    private func replay(_ moment: Int64) throws -> PastStore {
        try PastStore.make(of: path, at: moment, projector: projector) {
            self.state.withLock { !$0.isClosed }
        }
    }

    private func keep(_ store: PastStore, _ moment: Int64) {
        let isKept = state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.moment == moment }) else { return false }
            state.entries[index].store = store
            return true
        }
        // Closed meanwhile: whoever waits for it finds it closed.
        if !isKept { try? store.queue.close() }
    }
}
