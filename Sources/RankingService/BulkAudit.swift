import Authority
import Contracts
import Foundation
import GRDB
import Regulation
import Wire

/// Holds the bulk rows against the digests in the record: snapshots by their own digest, results by
/// evaluating once more.
///
/// Rejected rows have no digest in the record; their number is compared.
struct BulkAudit {
    let store: RankingStore

    func problems() throws -> [String] {
        var problems: [String] = []
        problems += try RegisterAudit(store: RegisterStore(database: store.database)).problems()
        for snapshot in try store.snapshots() { problems += try self.problems(snapshot) }
        for list in try store.rankingLists(scheme: "") { problems += try self.problems(list) }
        problems += try strangers()
        return problems
    }

    private func problems(_ snapshot: RankingAPI.Snapshot) throws -> [String] {
        var problems = try RegisterAudit(store: RegisterStore(database: store.database)).problems(snapshot)
        let rejected = try store.rejectedRecordCount(of: Int(snapshot.number))
        let stated = Int(snapshot.summary?.rejected ?? 0)
        if rejected != stated {
            problems.append("snapshot \(snapshot.id): \(rejected) rejected rows instead of \(stated)")
        }
        return problems
    }

    private func problems(_ list: RankingAPI.RankingList) throws -> [String] {
        let calculation: Calculation
        do {
            calculation = try store.recalculate(list)
        } catch {
            return ["ranking list \(list.id): it cannot be evaluated again"]
        }
        var problems: [String] = []
        if calculation.digests != list.digests {
            problems.append("ranking list \(list.id): evaluating again gives another result")
        }
        do {
            if try store.entries(of: list.id) != calculation.entries {
                problems.append("ranking list \(list.id): its entries are not those of its evaluation")
            }
            if try store.exclusions(of: list.id) != calculation.exclusions {
                problems.append("ranking list \(list.id): its exclusions are not those of its evaluation")
            }
            let columns = try store.entryKeys(of: list.id)
            let expected = calculation.entries.map { ($0.key, Int($0.rank), $0.enterprise?.creditCode ?? "") }
            if !columns.elementsEqual(
                expected, by: { $0.key == $1.0 && $0.rank == $1.1 && $0.enterprise == $1.2 })
            {
                problems.append("ranking list \(list.id): an entry has wrong columns")
            }
        } catch {
            problems.append("ranking list \(list.id): a row of it cannot be read")
        }
        return problems
    }

    /// Rows of snapshots and lists that the record does not know.
    private func strangers() throws -> [String] {
        let sources = [
            ("ranking_entries", "list_id", "ranking_lists"),
            ("ranking_exclusions", "list_id", "ranking_lists"),
        ]
        return try sources.compactMap { table, column, owner in
            let count = try store.count(
                "SELECT count(*) FROM \(table) WHERE \(column) NOT IN (SELECT id FROM \(owner))", [])
            return count == 0 ? nil : "\(table): \(count) rows belong to nothing in the record"
        }
    }
}

extension RankingStore {
    /// Rows of the file that were rejected; a row with several flaws has several lines.
    func rejectedRecordCount(of delivery: Int) throws -> Int {
        try count("SELECT count(DISTINCT row) FROM rejected_rows WHERE number = ?", [delivery])
    }
}
