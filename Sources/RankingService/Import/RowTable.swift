internal import Regulation

/// Turns the text of a file into declared standards and rejected rows, as it arrives.
struct RowTable: Sendable {
    struct Rejection: Sendable {
        let row: Int
        let line: Int
        let flaws: [RowReader.FieldFlaw]
    }

    /// Rows that were read, each in one of the two lists.
    struct Rows: Sendable {
        var standards: [DeclaredStandard] = []
        /// Line of each standard.
        var lines: [Int] = []
        /// Declarations of all standards, one behind the other, and how many each has.
        var known: [KnownDeclaration] = []
        var knownCounts: [Int] = []
        var rejections: [Rejection] = []

        mutating func removeAll() {
            standards.removeAll(keepingCapacity: true)
            lines.removeAll(keepingCapacity: true)
            known.removeAll(keepingCapacity: true)
            knownCounts.removeAll(keepingCapacity: true)
            rejections.removeAll()
        }
    }

    private enum Source: Sendable {
        case csv(CSVReader)
        case ndjson(NDJSONReader)
    }

    private let limits: ImportLimits
    private var source: Source
    private var sink: Sink

    /// Hands over what was read since the last time, in the order of the file.
    mutating func drain() -> Rows {
        defer { sink.rows.removeAll() }
        return sink.rows
    }

    var rowCount: Int { sink.rowCount }
    var mendedCount: Int { sink.reader?.mendedCount ?? 0 }

    /// Without `fillsDeclarations` the declarations stand in `Rows.known` alone.
    init(profile: Profile, limits: ImportLimits, fillsDeclarations: Bool) {
        self.limits = limits
        sink = Sink(
            profile: profile, rowCountMax: limits.rowCountMax, fillsDeclarations: fillsDeclarations)
        switch profile.format {
        case .csv(let delimiter): source = .csv(CSVReader(delimiter: delimiter, limits: limits))
        case .ndjson: source = .ndjson(NDJSONReader(names: profile.columnNames, limits: limits))
        }
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(ImportFailure) {
        switch source {
        case .csv(var reader):
            // Moved out and back, so that its buffers are not shared while it writes to them.
            source = .csv(CSVReader())
            try reader.feed(bytes) { record throws(ImportFailure) in try sink.take(record) }
            source = .csv(reader)
        case .ndjson(var reader):
            source = .ndjson(NDJSONReader(names: []))
            try sink.bindMembers()
            try reader.feed(bytes) { record throws(ImportFailure) in try sink.take(record) }
            source = .ndjson(reader)
        }
    }

    mutating func finish() throws(ImportFailure) {
        switch source {
        case .csv(var reader):
            let truncation = try reader.finish { record throws(ImportFailure) in try sink.take(record) }
            if let truncation { throw .truncated(truncation) }
            guard sink.reader != nil else { throw .emptyFile }
        case .ndjson(var reader):
            try sink.bindMembers()
            try reader.finish { record throws(ImportFailure) in try sink.take(record) }
            try sink.checkNames(seen: reader.namesSeen)
        }
    }
}

extension RowTable {
    /// Where the records go.
    private struct Sink: Sendable {
        let profile: Profile
        let rowCountMax: Int
        let fillsDeclarations: Bool
        var reader: RowReader?
        var rows = Rows()
        var rowCount = 0

        init(profile: Profile, rowCountMax: Int, fillsDeclarations: Bool) {
            self.profile = profile
            self.rowCountMax = rowCountMax
            self.fillsDeclarations = fillsDeclarations
        }

        mutating func take(_ record: FieldRecord) throws(ImportFailure) {
            guard reader != nil else { return try bindHeader(record) }
            rowCount += 1
            guard rowCount <= rowCountMax else { throw .tooManyRows(countMax: rowCountMax) }
            if let standard = reader?.read(record) {
                rows.standards.append(standard)
                rows.lines.append(record.line)
                let known = reader?.known ?? []
                rows.known += known
                rows.knownCounts.append(known.count)
            } else {
                rows.rejections.append(
                    Rejection(row: record.row, line: record.line, flaws: reader?.flaws ?? []))
            }
        }

        /// Header names are cleaned like fields: what cannot be seen must not hide a column.
        private mutating func bindHeader(_ record: FieldRecord) throws(ImportFailure) {
            if let flaw = record.flaw { throw .headerUnreadable(flaw) }
            let cleaner = FieldCleaner(decodesEntities: profile.decodesEntities)
            var header: [String] = []
            for index in 0..<record.count {
                guard let name = cleaner.text(record.bytes, record.range(index)) else { throw .headerNotUTF8 }
                header.append(name.text)
            }
            try bind(header)
        }

        /// NDJSON has no header: its fields are the members that the profile reads.
        mutating func bindMembers() throws(ImportFailure) {
            if reader == nil { try bind(profile.columnNames) }
        }

        private mutating func bind(_ header: [String]) throws(ImportFailure) {
            do {
                reader = RowReader(
                    profile, try BoundProfile(profile, header: header),
                    fillsDeclarations: fillsDeclarations)
            } catch {
                throw .profile(error)
            }
        }

        /// A member that no line has is a misspelt one.
        func checkNames(seen: Set<String>) throws(ImportFailure) {
            guard rowCount > 0 else { throw .emptyFile }
            let flaws = profile.columnUses.filter { !seen.contains($0.column) }.map { use in
                ProfileFlaw(
                    use.path,
                    .unknownColumn(use.column, nearest: NearestNames.of(use.column, among: Array(seen))))
            }
            guard flaws.isEmpty || seen.isEmpty else { throw .profile(ProfileFlaws(flaws: flaws)) }
        }
    }
}
