import Contracts
import Ledger
import Regulation

/// Compares the rows of a delivery with one another and with what stood before it.
struct LoadComparison: Sendable {
    /// Groups looked at, and rows written, in one step: some tens of milliseconds of the writer.
    private static let stepCount = 2_000

    let ledger: Ledger
    let request: RankingAPI.StartImportRequest
    let path: String
    let profile: Profile
    let number: Int
    let before: RegisterStore.Before

    struct Outcome: Sendable {
        /// Rows of the file.
        var rejectedRows = 0
        /// New rows taken out again.
        var removed = 0
        /// Matches that came to nothing: an old row said twice, or contradicted.
        var unmatchedRows = 0
        var changed = 0
        var withdrawn = 0
        var enterprises = 0
        /// How many rows with a mark were rejected; see `ModelsMark`.
        var rejectedModels: [UInt64: Int] = [:]

        /// Different enterprises with models among the rows that were taken.
        func distinctModels(_ marks: SortedRuns) -> Int {
            var distinct = 0
            marks.forEach { mark, count in
                if count > rejectedModels[mark] ?? 0 { distinct += 1 }
            }
            return distinct
        }
    }

    func run(_ reading: RegisterLoad.Reading) async throws -> Outcome {
        var outcome = Outcome()
        var matches = MatchedRows(reading.matches)
        var rejections: [Reconciliation.Rejection] = []
        var last = (enterprise: 0, number: "")
        while let step = try await look(behind: last, matches) {
            last = step.last
            try await settle(step.found, &outcome, &matches, &rejections)
        }
        // Rows that stand alone, and that the file says several times.
        for ids in matches.repeated.sorted().chunked(by: Self.stepCount) {
            let again = ids.filter { matches.contains($0) }
            try await settle(try await look(at: again, matches), &outcome, &matches, &rejections)
        }
        outcome.unmatchedRows = reading.matches.ids.count - matches.count
        outcome.rejectedRows = rejections.count
        try await report(rejections, from: reading.rejectedLines)
        if ImportRequests.kind(of: request) == .full, !before.categories.isEmpty {
            outcome.withdrawn = try await withdraw(all: matches)
        }
        outcome.enterprises = reading.totals.enterprises
        return outcome
    }

    private struct Found: Sendable {
        let reconciliation: Reconciliation
        let rejectedModels: [UInt64: Int]

        init?(
            _ group: (enterprise: Int, number: String), _ categories: Set<Int>, delivery: Int,
            _ matches: MatchedRows, _ store: RegisterStore
        ) throws {
            let rows = try store.standing(
                enterprise: group.enterprise, number: group.number, in: categories, delivery: delivery,
                fileRows: matches.fileRows)
            guard rows.count > 1 || rows.contains(where: { $0.fileRows.count > 1 }) else { return nil }
            reconciliation = Reconciliation(rows, delivery: delivery)
            rejectedModels = LoadComparison.rejectedModels(reconciliation, rows, group.enterprise)
        }
    }

    /// The next enterprises and numbers with several rows; nil behind the last.
    private func look(
        behind last: (enterprise: Int, number: String), _ matches: MatchedRows
    ) async throws -> (last: (enterprise: Int, number: String), found: [Found])? {
        let (number, series) = (number, before.series)
        return try await ledger.read { database in
            let store = RegisterStore(database: database)
            let categories = try Set(store.categories(of: series).map(\.number))
            let groups = try store.repeatedNumbers(behind: last, limit: Self.stepCount)
            guard let end = groups.last else { return nil }
            let found = try groups.compactMap {
                try Found($0, categories, delivery: number, matches, store)
            }
            return (end, found)
        }
    }

    private func look(at ids: [Int64], _ matches: MatchedRows) async throws -> [Found] {
        let (number, series) = (number, before.series)
        return try await ledger.read { database in
            let store = RegisterStore(database: database)
            let categories = try Set(store.categories(of: series).map(\.number))
            let groups = try ids.compactMap { try store.number(ofRow: $0) }
            // With several rows it was looked at before.
            return try groups.compactMap { group in
                let found = try Found(group, categories, delivery: number, matches, store)
                return try store.isRepeated(group) ? nil : found
            }
        }
    }

    private func settle(
        _ found: [Found], _ outcome: inout Outcome, _ matches: inout MatchedRows,
        _ rejections: inout [Reconciliation.Rejection]
    ) async throws {
        let number = number
        let reconciliations = found.map(\.reconciliation)
        try await ledger.stage { database in
            let store = RegisterStore(database: database)
            for reconciliation in reconciliations { try store.apply(reconciliation, delivery: number) }
        }
        for found in found {
            outcome.removed += found.reconciliation.removed.count
            outcome.changed += found.reconciliation.successions.count
            rejections += found.reconciliation.rejections
            matches.forget(found.reconciliation.unmatched)
            for (mark, count) in found.rejectedModels { outcome.rejectedModels[mark, default: 0] += count }
        }
    }

    fileprivate static func rejectedModels(
        _ reconciliation: Reconciliation, _ rows: [Reconciliation.Row], _ enterprise: Int
    ) -> [UInt64: Int] {
        guard !reconciliation.rejections.isEmpty else { return [:] }
        let rejected = Set(reconciliation.rejections.map(\.fileRow))
        var models: [UInt64: Int] = [:]
        for row in rows {
            let count = row.fileRows.count(where: rejected.contains)
            if count > 0 {
                models[ModelsMark(enterprise: enterprise, models: row.models).value, default: 0] += count
            }
        }
        return models
    }

    /// Rejected rows with the lines on which they start, which the file is read for once more.
    private func report(_ rejections: [Reconciliation.Rejection], from place: Int) async throws {
        guard !rejections.isEmpty else { return }
        let lines = try await FilePass.lines(
            of: Set(rejections.map(\.fileRow)), path: path, profile: profile)
        let rows = rejections.sorted { $0.fileRow < $1.fileRow }.map { rejection in
            let line = lines[rejection.fileRow]
            return RejectedRow(
                file: request.fileName, row: rejection.fileRow, line: line?.line ?? 0, column: "",
                value: line?.number ?? "", flaw: rejection.flaw
            ).message(inChinese: true)
        }
        let number = number
        for start in stride(from: 0, to: rows.count, by: Self.stepCount) {
            let part = Array(rows[start..<min(start + Self.stepCount, rows.count)])
            try await ledger.stage { database in
                try RegisterStore(database: database).insert(part, delivery: number, from: place + start)
            }
        }
    }

    /// Ends what stood before and the file does not say.
    private func withdraw(all matches: MatchedRows) async throws -> Int {
        let number = number
        var count = 0
        for category in before.categories.sorted() {
            var last: Int64 = 0
            while true {
                let behind = last
                let ids = try await ledger.read { database in
                    try RegisterStore(database: database).standing(
                        inCategory: category, before: number, behind: behind, limit: Self.stepCount)
                }
                guard let end = ids.last else { break }
                last = end
                let gone = ids.filter { !matches.contains($0) }
                guard !gone.isEmpty else { continue }
                count += gone.count
                try await ledger.stage { database in
                    let store = RegisterStore(database: database)
                    for id in gone { try store.end(id, delivery: number) }
                }
            }
        }
        return count
    }
}

/// Old rows that the file says again: by id, each with its rows of the file.
private struct MatchedRows: Sendable {
    private let ids: [Int64]
    private let rows: [UInt32]
    private var forgotten: Set<Int64> = []
    private let distinct: Int

    init(_ matches: RegisterStore.Matches) {
        let order = matches.ids.indices.sorted {
            (matches.ids[$0], matches.fileRows[$0]) < (matches.ids[$1], matches.fileRows[$1])
        }
        ids = order.map { matches.ids[$0] }
        rows = order.map { matches.fileRows[$0] }
        var distinct = 0
        for index in ids.indices where index == 0 || ids[index] != ids[index - 1] { distinct += 1 }
        self.distinct = distinct
    }

    /// Rows, however often the file says them.
    var count: Int { distinct - forgotten.count }

    /// Rows that the file says several times.
    var repeated: Set<Int64> {
        var repeated: Set<Int64> = []
        for index in ids.indices.dropFirst() where ids[index] == ids[index - 1] {
            repeated.insert(ids[index])
        }
        return repeated
    }

    mutating func forget(_ ids: [Int64]) { forgotten.formUnion(ids) }

    func contains(_ id: Int64) -> Bool {
        let place = place(of: id)
        return place < ids.count && ids[place] == id && !forgotten.contains(id)
    }

    func fileRows(_ id: Int64) -> [Int] {
        ids[place(of: id)...].prefix { $0 == id }.indices.map { Int(rows[$0]) }
    }

    private func place(of id: Int64) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Array {
    fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
