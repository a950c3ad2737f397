/// A field for which a row of a file was not taken. A row with several such fields has several of these.
package struct RejectedRow: Sendable, Hashable {
    package let file: String
    /// Counted from 1 for the first record after the header.
    package let row: Int
    /// Line of the file on which the record starts, from 1; quoted line ends make it run ahead of `row`.
    package let line: Int
    /// Empty when the record as a whole is at fault.
    package let column: String
    /// As cleaned, cut after 200 characters.
    package let value: String
    package let flaw: RowFlaw

    static let valueLengthMax = 200
}
