import Authority
package import Contracts
import Ledger
import Regulation
package import Wire

// Statistics for the authorities and the public (统计分析, section 4).
extension RankingService {
    /// Standards of a list that are still counted while somebody waits. Beyond, the figures come from
    /// `forerunner statistics` on the file.
    private static let standardCountMax = 200_000

    package func getStatistics(
        _ request: RankingAPI.GetStatisticsRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.GetStatisticsResponse {
        guard !request.listId.isEmpty || request.earlierSnapshotId.isEmpty else {
            throw RPCStatus(
                code: .invalidArgument, message: "earlierSnapshotId goes with listId, whose scheme judges it")
        }
        let cache = statistics
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let tables = try store.countTables().map(StatisticsMessages.message)
            guard !request.listId.isEmpty else { return .init(tables: tables) }
            let list = try store.visibleList(request.listId, to: Actor(call))
            let key = "\(list.id) \(request.earlierSnapshotId)"
            if let kept = cache.answer(key) { return .init(tables: tables, list: kept) }
            let statistics = try store.statistics(
                of: list, earlier: request.earlierSnapshotId, countMax: Self.standardCountMax)
            if list.state == .published { cache.keep(statistics, as: key) }
            return .init(tables: tables, list: statistics)
        }
    }
}

extension RankingStore {
    /// Of the last snapshot of each series of deliveries, of all published rankings and of all published
    /// forerunners.
    fileprivate func countTables() throws -> [CountTable] {
        var tables = [CountTable(.standards, by: .category, counts: try categoryCounts())]
        let lists = try rankingLists(scheme: "").filter { $0.state == .published }
        func entries(_ attribute: CountTable.Attribute, _ value: (RankingAPI.RankingList) -> String)
            -> CountTable
        {
            let counts = Dictionary(lists.map { (value($0), Int($0.entryCount)) }, uniquingKeysWith: +)
            return CountTable(.entries, by: attribute, counts: counts)
        }
        tables.append(entries(.keyField, \.keyField))
        tables.append(entries(.product, \.product))
        tables.append(entries(.year) { "\($0.period?.year ?? 0)" })
        return tables + (try forerunnerTables())
    }

    /// Accepted rows by category: of the last snapshot of each series.
    private func categoryCounts() throws -> [String: Int] {
        var last: [String: RankingAPI.Snapshot] = [:]
        for snapshot in try snapshots() where last[snapshot.series]?.number ?? 0 <= snapshot.number {
            last[snapshot.series] = snapshot
        }
        let counts = last.values.flatMap { $0.summary?.categories ?? [] }.map {
            ($0.category, Int($0.accepted))
        }
        return Dictionary(counts, uniquingKeysWith: +)
    }

    /// Those that publications named, by year, key field, sector and province.
    private func forerunnerTables() throws -> [CountTable] {
        var named: [(list: RankingAPI.ForerunnerList, forerunner: RankingAPI.Forerunner)] = []
        for list in try forerunnerLists(scheme: "") where list.state == .published {
            let keys = try publishedKeys(list.id)
            named += list.forerunners.filter { keys.contains($0.entryKey) }.map { (list, $0) }
        }
        let sectors = try Dictionary(
            Set(named.map(\.list.schemeId)).map { ($0, try scheme($0)?.scheme?.scope?.sector.name ?? "") }
        ) { first, _ in first }
        return [
            CountTable(.forerunners, by: .year, named.map { "\($0.list.year)" }),
            CountTable(.forerunners, by: .keyField, named.map(\.list.keyField)),
            CountTable(.forerunners, by: .product, named.map(\.list.product)),
            CountTable(.forerunners, by: .sector, named.map { sectors[$0.list.schemeId] ?? "" }),
            CountTable(.forerunners, by: .province, named.map(\.forerunner.province)),
        ]
    }

    /// A list's standards, ranked or not, by the list's own scheme and inputs.
    fileprivate func statistics(
        of list: RankingAPI.RankingList, earlier: String, countMax: Int
    ) throws -> RankingAPI.ListStatistics {
        guard Int(list.entryCount) + Int(list.exclusionCount) <= countMax else {
            throw RPCStatus(
                code: .resourceExhausted,
                message:
                    "the list has more than \(countMax) standards; run `forerunner statistics` on its file")
        }
        let learnt = try Fields.found(try scheme(list.schemeId), "scheme", list.schemeId)
        let scheme = try EvaluationScheme(learnt.scheme ?? .init())
        func read(_ snapshot: RankingAPI.Snapshot) throws -> [DeclaredStandard] {
            RecordedForm.read(
                try standards(of: snapshot, category: scheme.scope.category), under: scheme)
        }
        let after = try read(
            try Fields.found(try snapshot(list.snapshotId), "snapshot", list.snapshotId))
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: after, standing: try Standing(try bars(usedBy: list.id)),
            cutoff: try Fields.date(list.cutoff, "cutoff"))
        var rises: [LevelRise] = []
        if !earlier.isEmpty {
            let snapshot = try Fields.found(try snapshot(earlier), "snapshot", earlier)
            let accepted = snapshot.summary?.categories.first { $0.category == scheme.scope.category }
            guard Int(accepted?.accepted ?? 0) <= countMax else {
                throw RPCStatus(
                    code: .resourceExhausted,
                    message: "snapshot \(earlier) has more than \(countMax) standards of the category")
            }
            rises = LevelRise.all(from: try read(snapshot), to: after, under: scheme)
        }
        return RankingAPI.ListStatistics(
            listId: list.id, product: list.product, category: scheme.scope.category,
            standardCount: UInt32(after.count), entryCount: list.entryCount,
            indicators: IndicatorStatistics.all(of: after, under: scheme).map(StatisticsMessages.message),
            rises: rises.map(StatisticsMessages.message),
            tables: (CountTable.tables(of: after) + CountTable.tables(of: result))
                .map(StatisticsMessages.message))
    }
}
