internal import Regulation

/// A declaration as one field of the file gives it, with what is made of it again and again: a registry
/// declares few different values millions of times.
final class KnownDeclaration: Sendable {
    let declaration: Declaration
    /// Place of the indicator in the profile.
    let place: Int
    /// Its part of the standard's canonical line, the leading tab included.
    let canonical: [UInt8]
    /// Its part of the stored row; see `StandardCoding`.
    let stored: [UInt8]

    init(_ declaration: Declaration, place: Int) {
        self.declaration = declaration
        self.place = place
        canonical = declaration.canonicalPart
        var row = RowWriter()
        StandardCoding.write(declaration, to: &row) { _ in nil }
        stored = row.bytes
    }
}
