package import Contracts

extension RejectedRow {
    /// The reason is given in the language asked for; the code is the same in both.
    package func message(inChinese: Bool) -> StandardsAPI.RejectedRow {
        StandardsAPI.RejectedRow(
            file: file, row: UInt32(row), line: UInt32(line), column: column, value: value, code: flaw.code,
            reason: inChinese ? flaw.messageZH : flaw.messageEN)
    }
}

extension ImportCounts {
    /// `snapshotDigest` is that of the standards, computed where rankings are.
    package func message(snapshotDigest: [UInt8]) -> StandardsAPI.ImportSummary {
        StandardsAPI.ImportSummary(
            file: file, profile: profile, total: UInt32(total), accepted: UInt32(accepted),
            rejected: UInt32(rejected), mendedFields: UInt32(mendedFields),
            repeatedModels: UInt32(repeatedModels), enterprises: UInt32(enterprises),
            syntheticCodes: hasSyntheticCodes,
            categories: categories.map {
                StandardsAPI.CategoryCount(category: $0.category, accepted: UInt32($0.accepted))
            },
            fileSha256: fileSHA256, snapshotDigest: snapshotDigest)
    }
}
