import Regulation

/// Makes rows of the register of a file's records, batch by batch.
struct RegisterSink: RecordSink {
    private let profile: Profile
    private let names: RegisterNames
    private let codes: SettledCodes
    private var reader: RowReader?
    private var encoder: RegisterEncoder
    private var plain: PlainRowEncoder?
    private(set) var batch = RegisterBatch()
    private var enterprises = NumberSet()
    /// By what stands for enterprise and models: one for each row that was taken.
    private var models = SortedRuns()
    private(set) var hasTooManyCategories = false
    /// Rows that were made straight of their bytes.
    private(set) var plainCount = 0
    private let takesPlain: Bool

    /// Without `takesPlain` a value is made of every field, which takes more than twice as long and leads to
    /// the same rows.
    init(profile: Profile, names: RegisterNames, codes: SettledCodes, takesPlain: Bool = true) {
        self.takesPlain = takesPlain
        self.profile = profile
        self.names = names
        self.codes = codes
        encoder = RegisterEncoder(names: names, profile: profile, codes: codes)
    }

    var mendedCount: Int { reader?.mendedCount ?? 0 }
    var enterpriseCount: Int { enterprises.count }

    /// The rows so far, each handed over once, by place in the table.
    mutating func takeBatch() -> RegisterBatch {
        defer { batch = RegisterBatch() }
        batch.order()
        return batch
    }

    /// The sink has none afterwards.
    mutating func takeModels() -> SortedRuns {
        defer { models = SortedRuns() }
        return models
    }

    mutating func bind(_ bound: BoundProfile) {
        reader = RowReader(profile, bound, fillsDeclarations: false)
        if takesPlain { plain = PlainRowEncoder(profile, bound, names: names, codes: codes) }
    }

    mutating func take(_ record: FieldRecord) {
        switch plain?.append(record, to: &batch) ?? .notPlain {
        case .row(let enterprise, let models):
            plainCount += 1
            count(enterprise, models)
        case .tooManyCategories: hasTooManyCategories = true
        case .notPlain: read(record)
        }
    }

    private mutating func read(_ record: FieldRecord) {
        guard let standard = reader?.read(record), let known = reader?.known else {
            if let reader { batch.rejections.append(RowCollector.Rejection(record, reader)) }
            return
        }
        guard let row = encoder.append(standard, known, to: &batch) else {
            hasTooManyCategories = true
            return
        }
        count(row.enterprise, row.models)
    }

    private mutating func count(_ enterprise: Int, _ models: UInt64) {
        enterprises.insert(enterprise)
        self.models.append(models)
    }
}

/// Small numbers, one bit each.
private struct NumberSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    mutating func insert(_ number: Int) {
        let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
        while word >= words.count { words.append(0) }
        if words[word] & bit == 0 {
            words[word] |= bit
            count += 1
        }
    }
}
