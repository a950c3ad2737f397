import GRDB

extension AuditPass {
    /// Each projection table row for row; tells the first difference of each table.
    mutating func compareProjections(with replayed: Database) throws {
        for (index, table) in projector.tables.enumerated() {
            progress(
                LedgerProgress(stage: .projections, done: Int64(index), total: Int64(projector.tables.count)))
            do {
                try compare(table, with: replayed)
            } catch {
                report.report(
                    "projection \(table)", "cannot be read: \(LedgerError(error, while: "auditing").message)")
            }
        }
        let count = Int64(projector.tables.count)
        progress(LedgerProgress(stage: .projections, done: count, total: count))
    }

    private mutating func compare(_ table: String, with replayed: Database) throws {
        // Columns are named from the replayed side: the store's own schema was compared before.
        let columns = try replayed.columns(in: table).map(\.name.quotedDatabaseIdentifier)
        let list = columns.joined(separator: ", ")
        let sql = "SELECT \(list) FROM \(table.quotedDatabaseIdentifier) ORDER BY \(list)"
        let found = try Row.fetchCursor(live, sql: sql)
        let expected = try Row.fetchCursor(replayed, sql: sql)
        var rowCount: Int64 = 0
        var isDifferent = false
        while true {
            let foundRow = try found.next()
            if foundRow != nil { rowCount += 1 }
            if isDifferent {
                if foundRow == nil { break }
                continue
            }
            let expectedRow = try expected.next()
            if foundRow == nil, expectedRow == nil { break }
            if foundRow != expectedRow {
                isDifferent = true
                report.report("projection \(table)", Self.difference(foundRow, expectedRow, rowCount))
            }
        }
        report.projectionRowCounts[table] = rowCount
    }

    /// Names the first column in which two rows differ; not its content, which may be personal.
    private static func difference(_ found: Row?, _ expected: Row?, _ number: Int64) -> String {
        guard let found else { return "ends after \(number) rows, the events give more" }
        guard let expected else { return "has a row \(number) that the events do not give" }
        let names = zip(found, expected).filter { $0.1 != $1.1 }.map { $0.0.0 }
        return "row \(number) in order of all columns differs from what the events give, in \(names)"
    }
}
