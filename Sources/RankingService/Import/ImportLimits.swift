/// Bounds of an import: a hostile or broken file costs a clear refusal, never the process.
package struct ImportLimits: Sendable, Hashable {
    /// A field of declared standards is a number, a name or a short note.
    package var fieldByteCountMax = 64 << 10
    /// The widest registry known to us has 83 columns.
    package var fieldCountMax = 1_024
    /// One record, all fields together.
    package var recordByteCountMax = 1 << 20
    /// Several times the declarations of the national platform for one category.
    package var rowCountMax = 5_000_000
    /// Bytes after unpacking.
    package var inflatedByteCountMax = 4 << 30
    /// Tables compress about ten to one, very regular ones fifty to one; a bomb reaches a thousand to one.
    package var inflationFactorMax = 200
    /// Up to here the factor is not looked at: small regular files compress without measure.
    package var inflationFreeByteCount = 16 << 20

    package init() {}

    /// A line with no more bytes keeps within the limits of a record and of each of its fields.
    var plainLineByteCountMax: Int { min(fieldByteCountMax, recordByteCountMax) }
}
