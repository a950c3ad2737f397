import Contracts
import Foundation
import GRDB
import Ledger
import Regulation
import Wire

// Writing the register: a load's rows, which nobody sees before the event of its snapshot.
extension RegisterStore {
    // MARK: The load under way

    /// A load that was begun and not finished, if there is one.
    func unfinishedLoad() throws -> Int? {
        try Int.fetchOne(database, sql: "SELECT number FROM standard_loads")
    }

    /// Begins a load; answers its number.
    func beginLoad(_ importID: String) throws -> Int {
        let last = try Int.fetchOne(database, sql: "SELECT max(number) FROM snapshots")
        let number = (last ?? 0) + 1
        try database.run(
            "INSERT INTO standard_loads (number, import_id) VALUES (?, ?)", .number(number), .text(importID))
        return number
    }

    /// The load's rows count from now on; in the transaction of the event that says so.
    func endLoad(_ number: Int) throws {
        try database.run("DELETE FROM standard_loads WHERE number = ?", .number(number))
    }

    /// Looks at some rows behind an id for what a load left behind, and takes it back: its rows go, and what
    /// it ended stands again. Answers the last id looked at, nil behind the last row.
    func undoLoad(_ number: Int, behind id: Int64, atMost limit: Int) throws -> Int64? {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, since, until FROM standards WHERE id > ? ORDER BY id LIMIT ?",
            arguments: [id, limit])
        for row in rows {
            if row[1] == number {
                try remove(row[0])
            } else if row[2] == number {
                try end(row[0], delivery: 0)
            }
        }
        return rows.last?[0]
    }

    /// Forgets a load whose rows are taken back.
    func forgetLoad(_ number: Int) throws {
        try database.run("DELETE FROM rejected_rows WHERE number = ?", .number(number))
        try endLoad(number)
    }

    // MARK: Names

    func names(of series: String) throws -> sending RegisterNames {
        var enterprises: [CreditCode: Int] = [:]
        let codes = try Row.fetchCursor(database, sql: "SELECT id, credit_code FROM standard_enterprises")
        while let row = try codes.next() { enterprises[try CreditCode(row[1] as String)] = row[0] }
        var texts = ByteTable<Int>()
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT id, text FROM standard_texts ORDER BY id DESC LIMIT \(RegisterNames.textCountMax)")
        while let row = try rows.next() {
            let text: String = row[1]
            // One that has two numbers is known by the later one.
            if texts.place(of: text) == nil { texts.insert(text, row[0]) }
        }
        var shapes: [StandardShape: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, payload FROM standard_shapes") {
            let message = try StandardsAPI.DeclaredStandard(serialized: Array(row[1] as Data))
            if let shape = StandardShape(message) { shapes[shape] = row[0] }
        }
        var categories = ByteTable<RegisterNames.Category>()
        for (number, name) in try self.categories(of: series) {
            let range = RegisterID.range(ofCategory: number)
            let last = try Int64.fetchOne(
                database, sql: "SELECT max(id) FROM standards WHERE id BETWEEN ? AND ?",
                arguments: [range.lowerBound, range.upperBound])
            let place = last.map { RegisterID(rawValue: $0).place } ?? 0
            categories.insert(name, RegisterNames.Category(number: number, nextPlace: place + 1))
        }
        return RegisterNames(
            enterprises: enterprises, texts: texts, shapes: shapes, categories: categories,
            free: (
                try free("standard_enterprises", "id"), try free("standard_texts", "id"),
                try free("standard_shapes", "id"), try free("standard_categories", "number")
            ))
    }

    private func free(_ table: String, _ column: String) throws -> Int {
        (try Int.fetchOne(database, sql: "SELECT max(\(column)) FROM \(table)") ?? 0) + 1
    }

    private func insertNames(of batch: RegisterBatch, series: String) throws {
        for (id, code) in batch.enterprises {
            try database.run(
                "INSERT INTO standard_enterprises (id, credit_code) VALUES (?, ?)", .number(id),
                .text(code.text))
        }
        for (id, text) in batch.texts {
            try database.run(
                "INSERT INTO standard_texts (id, text) VALUES (?, ?)", .number(id), .text(text))
        }
        for (id, shape) in batch.shapes {
            try database.run(
                "INSERT INTO standard_shapes (id, payload) VALUES (?, ?)", .number(id),
                .bytes(shape.message.serialized()))
        }
        for (number, name) in batch.categories {
            try database.run(
                "INSERT INTO standard_categories (number, series, name) VALUES (?, ?, ?)", .number(number),
                .text(series), .text(name))
        }
    }

    // MARK: Rows

    /// Old rows that a batch says again, each with its row of the file, and how many rows are new.
    struct Matches: Sendable {
        var ids: [Int64] = []
        var fileRows: [UInt32] = []
        /// Which rows of the batch they are.
        var places: [Int] = []
    }

    /// Writes a batch. With `mayStand`, rows that stand in the series and say the same are left as they are.
    func insert(
        _ batch: RegisterBatch, delivery number: Int, series: String, mayStand: Set<Int>
    ) throws -> Matches {
        try insertNames(of: batch, series: series)
        let insertion = try RowInsertion(database, delivery: number)
        let search =
            mayStand.isEmpty ? nil : try StandingSearch(database, categories: mayStand, before: number)
        var matches = Matches()
        try batch.bytes.withUnsafeBytes { bytes in
            for (place, row) in batch.rows.enumerated() {
                let key = UnsafeRawBufferPointer(rebasing: bytes[row.number])
                if let search, let id = try search.row(enterprise: row.enterprise, key, row.digest) {
                    matches.ids.append(id)
                    matches.fileRows.append(UInt32(truncatingIfNeeded: row.row))
                    matches.places.append(place)
                    continue
                }
                try insertion.insert(row, key, UnsafeRawBufferPointer(rebasing: bytes[row.payload]))
            }
        }
        return matches
    }

    /// Entries of the index by enterprise and number, best in its own order.
    func insert(_ part: (entries: [NumberEntries.Entry], bytes: [UInt8])) throws {
        let insertion = try NumberInsertion(database)
        try part.bytes.withUnsafeBytes { bytes in
            for entry in part.entries {
                try insertion.insert(entry, UnsafeRawBufferPointer(rebasing: bytes[entry.number]))
            }
        }
    }

    func insert(_ rows: [StandardsAPI.RejectedRow], delivery number: Int, from place: Int) throws {
        for (offset, row) in rows.enumerated() {
            try database.run(
                "INSERT INTO rejected_rows (number, row, place, payload) VALUES (?, ?, ?, ?)",
                .number(number), .number(row.row), .number(place + offset), .bytes(row.serialized()))
        }
    }
}
