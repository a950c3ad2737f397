/// Imports one file of declared standards (3.2.1 自我声明公开的企业标准): bytes in, standards and rejected rows out.
///
/// CSV or NDJSON, packed with gzip or not, in pieces of any size. Nothing is dropped in silence: every row is
/// either a standard or a rejected row with its place and reason. Apart from row numbers, the result does not
/// depend on the order of the rows. After a failure the import is void.
///
/// Everything stays in memory; `RegisterLoad` brings millions into the register in bounded memory, by the
/// same rules.
package struct StandardsImport {
    private let file: String
    private let profile: Profile
    private let progress: (_ byteCount: Int) -> Void
    private var reading: StandardsReading<RowCollector>
    private var rows = RowCollector.Rows()

    /// `progress` is told how many bytes of the file have been taken, after each piece.
    package init(
        file: String, profile: Profile, limits: ImportLimits = ImportLimits(),
        progress: @escaping (_ byteCount: Int) -> Void = { _ in }
    ) {
        self.file = file
        self.profile = profile
        self.progress = progress
        reading = StandardsReading(
            profile: profile, limits: limits, sink: RowCollector(profile: profile))
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
        try reading.feed(bytes)
        keep(reading.sink.drain())
        progress(reading.byteCount)
    }

    /// The file is over.
    package mutating func finish() throws(ImportFailure) -> ImportOutcome {
        let digest = try reading.finish()
        keep(reading.sink.drain())
        let assembly = StandardsAssembly(rows, profile: profile)
        return assembly.outcome(
            file: file, total: reading.rowCount, mendedFields: reading.sink.mendedCount, fileSHA256: digest,
            byteCount: reading.byteCount)
    }

    private mutating func keep(_ more: RowCollector.Rows) {
        rows.standards += more.standards
        rows.lines += more.lines
        rows.rejections += more.rejections
    }
}
