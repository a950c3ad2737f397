internal import Regulation

/// What is done with the records of a file.
protocol RecordSink {
    /// The columns are known: comes once, before the first record.
    mutating func bind(_ bound: BoundProfile)
    mutating func take(_ record: FieldRecord)
}

/// Takes the text of a file apart into records, as it arrives.
struct RowTable<Sink: RecordSink> {
    private enum Source: Sendable {
        case csv(CSVReader)
        case ndjson(NDJSONReader)
    }

    private let profile: Profile
    private let limits: ImportLimits
    private var source: Source
    private var isBound = false
    private(set) var rowCount = 0
    var sink: Sink

    init(profile: Profile, limits: ImportLimits, sink: Sink) {
        self.profile = profile
        self.limits = limits
        self.sink = sink
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
            try reader.feed(bytes) { record throws(ImportFailure) in try take(record) }
            source = .csv(reader)
        case .ndjson(var reader):
            source = .ndjson(NDJSONReader(names: []))
            try bindMembers()
            try reader.feed(bytes) { record throws(ImportFailure) in try take(record) }
            source = .ndjson(reader)
        }
    }

    mutating func finish() throws(ImportFailure) {
        switch source {
        case .csv(var reader):
            let truncation = try reader.finish { record throws(ImportFailure) in try take(record) }
            if let truncation { throw .truncated(truncation) }
            guard isBound else { throw .emptyFile }
        case .ndjson(var reader):
            try bindMembers()
            try reader.finish { record throws(ImportFailure) in try take(record) }
            try checkNames(seen: reader.namesSeen)
        }
    }

    private mutating func take(_ record: FieldRecord) throws(ImportFailure) {
        guard isBound else { return try bindHeader(record) }
        rowCount += 1
        guard rowCount <= limits.rowCountMax else { throw .tooManyRows(countMax: limits.rowCountMax) }
        sink.take(record)
    }

    // MARK: Columns

    /// Header names are cleaned like fields: what cannot be seen must not hide a column.
    private mutating func bindHeader(_ record: FieldRecord) throws(ImportFailure) {
        if let flaw = record.flaw { throw .headerUnreadable(flaw) }
        let cleaner = FieldCleaner(decodesEntities: profile.decodesEntities)
        var header: [String] = []
        for range in record.ranges {
            guard let name = cleaner.text(record.bytes, range) else { throw .headerNotUTF8 }
            header.append(name.text)
        }
        try bind(header)
    }

    /// NDJSON has no header: its fields are the members that the profile reads.
    private mutating func bindMembers() throws(ImportFailure) {
        if !isBound { try bind(profile.columnNames) }
    }

    private mutating func bind(_ header: [String]) throws(ImportFailure) {
        do {
            sink.bind(try BoundProfile(profile, header: header))
            isBound = true
        } catch {
            throw .profile(error)
        }
    }

    /// A member that no line has is a misspelt one.
    private func checkNames(seen: Set<String>) throws(ImportFailure) {
        guard rowCount > 0 else { throw .emptyFile }
        let flaws = profile.columnUses.filter { !seen.contains($0.column) }.map { use in
            ProfileFlaw(
                use.path,
                .unknownColumn(use.column, nearest: NearestNames.of(use.column, among: Array(seen))))
        }
        guard flaws.isEmpty || seen.isEmpty else { throw .profile(ProfileFlaws(flaws: flaws)) }
    }
}

extension RowTable: Sendable where Sink: Sendable {}
