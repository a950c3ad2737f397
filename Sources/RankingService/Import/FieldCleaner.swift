/// Makes the text of a field fit for comparison: what cannot be seen must not make two names different.
///
/// Entities become their characters (when the profile says so), line ends and every other kind of blank
/// become a space, zero-width characters and direction marks vanish, outer blanks are trimmed. Nothing else
/// is changed.
package struct FieldCleaner: Sendable, Hashable {
    package let decodesEntities: Bool

    package init(decodesEntities: Bool) {
        self.decodesEntities = decodesEntities
    }

    /// A cleaned field.
    package struct Text: Sendable, Hashable {
        package let text: String
        /// Whether cleaning changed anything.
        package let isMended: Bool
    }

    /// nil when the bytes are not UTF-8.
    package func text(_ bytes: [UInt8], _ range: Range<Int>) -> Text? {
        if isClean(bytes, range) {
            return Text(text: String(decoding: bytes[range], as: UTF8.self), isMended: false)
        }
        guard let raw = String(validating: bytes[range], as: UTF8.self) else { return nil }
        if isClean(raw) { return Text(text: raw, isMended: false) }
        let cleaned = clean(raw)
        // Byte for byte: canonically equal strings compare equal.
        return Text(text: cleaned, isMended: !cleaned.utf8.elementsEqual(raw.utf8))
    }

    package func clean(_ raw: String) -> String {
        let decoded = decodesEntities ? HTMLEntity.decode(raw) : raw
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in decoded.unicodeScalars {
            defer { previous = scalar }
            switch Self.kind(of: scalar) {
            case .kept: scalars.append(scalar)
            case .removed: continue
            case .blank:
                let endsLine = scalar == "\n" && previous == "\r"
                if !endsLine, !scalars.isEmpty { scalars.append(" ") }
            }
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    /// Printable ASCII without outer blanks, and no entity to decode: nearly every field.
    private func isClean(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let space = UInt8(ascii: " ")
        guard let last = range.last else { return true }
        guard bytes[range.lowerBound] != space, bytes[last] != space else { return false }
        for index in range {
            let byte = bytes[index]
            if byte < space || byte > 0x7E || (decodesEntities && byte == UInt8(ascii: "&")) { return false }
        }
        return true
    }

    /// Nothing to remove, no blank but single spaces' own character, none of them at an end, no entity.
    private func isClean(_ raw: String) -> Bool {
        let space = UInt8(ascii: " ")
        guard raw.utf8.first != space, raw.utf8.last != space else { return false }
        if decodesEntities, raw.utf8.contains(UInt8(ascii: "&")) { return false }
        return raw.unicodeScalars.allSatisfy { scalar in
            // Chinese characters are nearly all there is beyond ASCII.
            if scalar.value >= 0x4E00 && scalar.value <= 0x9FFF { return true }
            return scalar == " " || Self.kind(of: scalar) == .kept
        }
    }

    private enum Kind { case kept, blank, removed }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        // Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark.
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: .removed
        // Controls with tab and line ends, and the blanks of Unicode with the ideographic one.
        case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .blank
        default: .kept
        }
    }
}
