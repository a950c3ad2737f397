internal import Crypto

/// Reads one file of declared standards, row by row: CSV or NDJSON, packed with gzip or not, in pieces of any
/// size.
///
/// Memory is bounded by a piece and what the sink keeps. After a failure the reading is void.
struct StandardsReading<Sink: RecordSink> {
    private let limits: ImportLimits
    private var hash = SHA256()
    private(set) var byteCount = 0
    /// The first bytes, until there are enough to tell gzip from text.
    private var start: [UInt8] = []
    private var inflater: GzipInflater?
    private var hasStarted = false
    private var table: RowTable<Sink>

    init(profile: Profile, limits: ImportLimits = ImportLimits(), sink: Sink) {
        self.limits = limits
        table = RowTable(profile: profile, limits: limits, sink: sink)
    }

    /// Rows read so far, the rejected ones included.
    var rowCount: Int { table.rowCount }
    var sink: Sink {
        get { table.sink }
        _modify { yield &table.sink }
    }

    /// Takes the next bytes of the file.
    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(ImportFailure) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        hash.update(data: bytes)
        if hasStarted {
            try take(bytes)
        } else {
            start += bytes
            if start.count >= GzipInflater.magic.count { try begin() }
        }
    }

    /// The file is over. Answers SHA-256 of its bytes as given, packed or not.
    mutating func finish() throws(ImportFailure) -> [UInt8] {
        guard byteCount > 0 else { throw .emptyFile }
        if !hasStarted { try begin() }
        if let inflater {
            do { try inflater.finish() } catch { throw .gzip(error) }
        }
        try table.finish()
        return Array(hash.finalize())
    }

    private mutating func begin() throws(ImportFailure) {
        hasStarted = true
        if start.starts(with: GzipInflater.magic) {
            do { inflater = try GzipInflater(limits: limits) } catch { throw .gzip(error) }
        }
        let first = start
        start = []
        try take(first[...])
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) throws(ImportFailure) {
        try bytes.withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) throws(ImportFailure) in
            guard let inflater else { return try table.feed(bytes) }
            try inflater.feed(
                bytes,
                take: { (inflated: UnsafeBufferPointer<UInt8>) throws(ImportFailure) in
                    try table.feed(inflated)
                },
                refuse: { .gzip($0) })
        }
    }
}
