internal import Crypto

/// Imports one file of declared standards (3.2.1 自我声明公开的企业标准): bytes in, standards and rejected rows out.
///
/// CSV or NDJSON, packed with gzip or not, in pieces of any size. Nothing is dropped in silence: every row is
/// either a standard or a rejected row with its place and reason. Apart from row numbers, the result does not
/// depend on the order of the rows. After a failure the import is void.
package struct StandardsImport {
    private let file: String
    private let profile: Profile
    private let limits: ImportLimits
    private let progress: (_ byteCount: Int) -> Void
    private var hash = SHA256()
    private var byteCount = 0
    /// The first bytes, until there are enough to tell gzip from text.
    private var start: [UInt8] = []
    private var inflater: GzipInflater?
    private var hasStarted = false
    private var table: RowTable

    /// `progress` is told how many bytes of the file have been taken, after each piece.
    package init(
        file: String, profile: Profile, limits: ImportLimits = ImportLimits(),
        progress: @escaping (_ byteCount: Int) -> Void = { _ in }
    ) {
        self.file = file
        self.profile = profile
        self.limits = limits
        self.progress = progress
        table = RowTable(profile: profile, limits: limits)
    }

    /// Imports a file that is in memory.
    package static func run(
        file: String, bytes: [UInt8], profile: Profile, limits: ImportLimits = ImportLimits(),
        progress: @escaping (_ byteCount: Int) -> Void = { _ in }
    ) throws(ImportFailure) -> ImportOutcome {
        var standardsImport = StandardsImport(
            file: file, profile: profile, limits: limits, progress: progress)
        let pieceByteCount = 256 << 10
        for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
            try standardsImport.feed(bytes[start..<min(start + pieceByteCount, bytes.count)])
        }
        return try standardsImport.finish()
    }

    /// Takes the next bytes of the file.
    package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(ImportFailure) {
        guard !bytes.isEmpty else { return }
        byteCount += bytes.count
        hash.update(data: bytes)
        if hasStarted {
            try take(bytes)
        } else {
            start += bytes
            if start.count >= GzipInflater.magic.count { try begin() }
        }
        progress(byteCount)
    }

    /// The file is over.
    package mutating func finish() throws(ImportFailure) -> ImportOutcome {
        guard byteCount > 0 else { throw .emptyFile }
        if !hasStarted { try begin() }
        if let inflater {
            do { try inflater.finish() } catch { throw .gzip(error) }
        }
        try table.finish()
        let assembly = StandardsAssembly(table, profile: profile)
        return assembly.outcome(
            file: file, total: table.rowCount, mendedFields: table.mendedCount,
            fileSHA256: Array(hash.finalize()), byteCount: byteCount)
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
