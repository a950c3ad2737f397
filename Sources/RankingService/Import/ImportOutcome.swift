package import Regulation

/// What an import gives: every row of the file is in one of the two lists.
package struct ImportOutcome: Sendable {
    /// In the order of the file.
    package let standards: [DeclaredStandard]
    /// In the order of the file; several for a row with several flawed fields.
    package let rejectedRows: [RejectedRow]
    package let summary: ImportCounts
}

/// The numbers of an import. total = accepted + rejected.
package struct ImportCounts: Sendable, Hashable {
    package let file: String
    package let profile: String
    package let total: Int
    package let accepted: Int
    /// Rows, not entries of the list.
    package let rejected: Int
    /// Fields that the profile reads in which something unseen, outer blanks, line ends or entities were
    /// mended.
    package let mendedFields: Int
    /// Accepted rows whose enterprise and models equal those of another accepted row, the first not counted.
    package let repeatedModels: Int
    /// Enterprises of the accepted rows.
    package let enterprises: Int
    package let hasSyntheticCodes: Bool
    /// Accepted rows by category, in the order of the category's text.
    package let categories: [CategoryCount]
    /// SHA-256 of the file's bytes as given, packed or not.
    package let fileSHA256: [UInt8]
    package let byteCount: Int

    package struct CategoryCount: Sendable, Hashable {
        package let category: String
        package let accepted: Int
    }
}
