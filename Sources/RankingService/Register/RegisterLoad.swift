package import Contracts
import Foundation
package import Ledger
import Regulation
import Transparency
package import Wire

/// Brings one delivery into the register: reads the file, writes its rows ahead of the event that makes them
/// count, compares them with what stands, and sums up.
///
/// Memory is bounded: two batches of rows, eight bytes a row for matches and for models, and the names in
/// use. A crash leaves rows that nobody sees; the next load takes them out first. One load runs at a time.
package struct RegisterLoad: Sendable {
    /// Of a file with more rejected rows than this, the profile does not fit.
    static let rejectedRowCountMax = 200_000
    /// Rows or groups of one transaction while comparing and taking back.
    private static let stepCount = 4_000
    /// Entries of the index that are written in one step.
    private static let numberStepCount = 65_536

    let ledger: Ledger
    let importID: String
    let request: RankingAPI.StartImportRequest
    let path: String
    let watch: LoadWatch

    /// `path` is that of the file's bytes; `watch` tells how far the load is.
    package init(
        ledger: Ledger, importID: String, request: RankingAPI.StartImportRequest, path: String,
        watch: LoadWatch
    ) {
        self.ledger = ledger
        self.importID = importID
        self.request = request
        self.path = path
        self.watch = watch
    }

    /// What the event says, and the load that the event's transaction ends.
    package struct Loaded: Sendable {
        package let number: Int
        package let series: String
        package let kind: RankingAPI.SnapshotKind
        package let previousID: String
        package let summary: StandardsAPI.ImportSummary
        package let changes: RankingAPI.SnapshotChanges
    }

    package func run() async throws(RPCStatus) -> Loaded {
        let profile = try ImportRequests.profile(of: request)
        let series = ImportRequests.series(of: request)
        do {
            try await clear()
            let before = try await ledger.read { database in
                try RegisterStore(database: database).before(series)
            }
            let number = try await ledger.stage { database in
                try RegisterStore(database: database).beginLoad(importID)
            }
            let reading = try await read(profile, series, number, before)
            guard reading.totals.fileSHA256 == request.sha256 else {
                throw Self.otherBytes(reading.totals.fileSHA256, request.sha256)
            }
            watch.enter(.comparing)
            let comparison = LoadComparison(
                ledger: ledger, request: request, path: path, profile: profile, number: number,
                before: before)
            let compared = try await comparison.run(reading)
            watch.enter(.summing)
            return try await sum(reading, compared, number, series, before)
        } catch {
            throw Self.status(error, request.fileName)
        }
    }

    /// Takes out what a load left behind that was not finished.
    private func clear() async throws {
        guard
            let number = try await ledger.read({ database in
                try RegisterStore(database: database).unfinishedLoad()
            })
        else { return }
        var last: Int64 = 0
        while true {
            let behind = last
            let end = try await ledger.stage { database in
                try RegisterStore(database: database)
                    .undoLoad(number, behind: behind, atMost: Self.stepCount)
            }
            guard let end else { break }
            last = end
        }
        try await ledger.stage { database in try RegisterStore(database: database).forgetLoad(number) }
    }

    // MARK: Reading

    struct Reading: Sendable {
        var totals = RegisterReader.Totals()
        var rejectedRows = 0
        var rejectedLines = 0
        var newCount = 0
        var numbers = NumberEntries()
        /// Old rows that the file says again, in the order of the file.
        var matches = RegisterStore.Matches()
    }

    private func read(
        _ profile: Profile, _ series: String, _ number: Int, _ before: RegisterStore.Before
    ) async throws -> Reading {
        let codes = try await settledCodes(profile)
        let (path, mayStand) = (path, before.categories)
        let reader = try await ledger.read { database in
            try RegisterReader(
                path: path, profile: profile, names: RegisterStore(database: database).names(of: series),
                codes: codes)
        }
        watch.enter(.reading, reader)
        var reading = Reading()
        var batch = try await reader.next()
        while let full = batch {
            // The next batch is parsed while this one is written.
            async let next = reader.next()
            let rejected = Self.messages(full.rejections, file: request.fileName)
            reading.rejectedRows += full.rejections.count
            guard reading.rejectedRows <= Self.rejectedRowCountMax else {
                throw LoadFailure.tooManyRejected(countMax: Self.rejectedRowCountMax)
            }
            let place = reading.rejectedLines
            let found = try await ledger.stage { database in
                let store = RegisterStore(database: database)
                try store.insert(rejected, delivery: number, from: place)
                return try store.insert(full, delivery: number, series: series, mayStand: mayStand)
            }
            reading.rejectedLines += rejected.count
            reading.newCount += full.rows.count - found.ids.count
            reading.numbers.append(full, without: found.places)
            if reading.numbers.isFull { try await writeNumbers(&reading.numbers) }
            reading.matches.ids += found.ids
            reading.matches.fileRows += found.fileRows
            batch = try await next
        }
        reading.totals = reader.totals
        try await writeNumbers(&reading.numbers)
        return reading
    }

    private func writeNumbers(_ numbers: inout NumberEntries) async throws {
        numbers.order()
        for start in stride(from: 0, to: numbers.count, by: Self.numberStepCount) {
            let part = numbers.part(start..<min(start + Self.numberStepCount, numbers.count))
            try await ledger.stage { database in try RegisterStore(database: database).insert(part) }
        }
        numbers.removeAll()
    }

    /// Of a file without codes the names are read first: codes of different names may collide.
    private func settledCodes(_ profile: Profile) async throws -> SettledCodes {
        guard profile.creditCode == nil else { return .none }
        return SettledCodes(names: try await FilePass.names(path: path, profile: profile))
    }

    static func messages(_ rejections: [RowCollector.Rejection], file: String) -> [StandardsAPI.RejectedRow] {
        rejections.flatMap { rejection in
            rejection.flaws.map { field in
                RejectedRow(
                    file: file, row: rejection.row, line: rejection.line, column: field.column,
                    value: field.value, flaw: field.flaw
                ).message(inChinese: true)
            }
        }
    }

    // MARK: Summing up

    private func sum(
        _ reading: Reading, _ compared: LoadComparison.Outcome, _ number: Int, _ series: String,
        _ before: RegisterStore.Before
    ) async throws -> Loaded {
        var categories: [CategoryDigest] = []
        for (category, name) in try await ledger.read({ database in
            try RegisterStore(database: database).categories(of: series)
        }) {
            let digests = try await ledger.read { database in
                try RegisterStore(database: database).digests(inCategory: category, at: number)
            }
            if !digests.isEmpty { categories.append(CategoryDigest(category: name, standards: digests)) }
        }
        categories.sort { ByteOrder.compare($0.category, $1.category) < 0 }
        let totals = reading.totals
        let rejected = reading.rejectedRows + compared.rejectedRows
        let accepted = totals.rows - rejected
        let summary = StandardsAPI.ImportSummary(
            file: request.fileName, profile: request.profile?.name ?? "", total: UInt32(totals.rows),
            accepted: UInt32(accepted), rejected: UInt32(rejected),
            mendedFields: UInt32(totals.mendedFields),
            repeatedModels: UInt32(accepted - compared.distinctModels(totals.models)),
            enterprises: UInt32(compared.enterprises), syntheticCodes: request.profile?.creditCode == nil,
            categories: categories.map {
                StandardsAPI.CategoryCount(
                    category: $0.category, accepted: UInt32($0.count), digest: $0.digest)
            }, fileSha256: totals.fileSHA256, snapshotDigest: SnapshotDigest.of(categories),
            standards: UInt32(categories.reduce(0) { $0 + $1.count }))
        let unchanged = reading.matches.ids.count - compared.unmatchedRows
        return Loaded(
            number: number, series: series, kind: ImportRequests.kind(of: request),
            previousID: before.snapshotID, summary: summary,
            changes: RankingAPI.SnapshotChanges(
                added: UInt32(reading.newCount - compared.removed - compared.changed),
                changed: UInt32(compared.changed), withdrawn: UInt32(compared.withdrawn),
                unchanged: UInt32(unchanged)))
    }

    // MARK: Failures

    private static func otherBytes(_ found: [UInt8], _ announced: [UInt8]) -> RPCStatus {
        RPCStatus(
            code: .dataLoss,
            message:
                "the file that arrived has SHA-256 \(HexText.text(found)), announced was "
                + "\(HexText.text(announced)); send it again")
    }

    private static func status(_ error: any Error, _ file: String) -> RPCStatus {
        switch error {
        case let status as RPCStatus: status
        case LoadFailure.file(let failure):
            RPCStatus(code: .invalidArgument, message: "\(file): \(failure.messageEN)")
        case LoadFailure.tooManyCategories:
            RPCStatus(
                code: .invalidArgument,
                message: "\(file): more than \(RegisterNames.categoryCountMax) categories; does the "
                    + "profile's category name the right column?")
        case LoadFailure.tooManyRejected(let countMax):
            RPCStatus(
                code: .invalidArgument,
                message: "\(file): more than \(countMax) rows are rejected; the profile does not fit the "
                    + "file: try it with `forerunner import standards --dry-run`")
        case let error as LedgerError where error.code == .busy:
            RPCStatus(code: .resourceExhausted, message: error.message)
        default:
            RPCStatus(
                code: .unavailable,
                message: "the register could not be written; finish the import again later")
        }
    }
}
