package import Contracts

extension RejectedRow {
    /// The reason is given in the language asked for; the code is the same in both.
    package func message(inChinese: Bool) -> StandardsAPI.RejectedRow {
        StandardsAPI.RejectedRow(
            file: file, row: UInt32(row), line: UInt32(line), column: column, value: value, code: flaw.code,
            reason: inChinese ? flaw.messageZH : flaw.messageEN)
    }
}
