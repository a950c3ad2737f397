/// The number of a standard, as it is printed on the cover: what it is of, its sequence, and its year.
///
/// Written forms differ in width, case, blanks and dashes; all of them become one printed form with one blank
/// and one "—", for example "GB/T 9756—2018". Two enterprises may use the same enterprise number, so what
/// identifies an enterprise standard is the credit code together with `matchKey`. A later year is a new
/// edition and another number.
package struct StandardNumber: Hashable, Sendable {
    /// By whom a standard is published.
    package enum Kind: Hashable, Sendable {
        /// 国家标准; mandatory without /T or /Z.
        case national(mandatory: Bool)
        /// 行业标准; two letters of the trade.
        case industry(mandatory: Bool)
        /// 地方标准; the digits of the area, two, four or six.
        case local(area: String, mandatory: Bool)
        /// 团体标准; the code of the association.
        case group(String)
        /// 企业标准.
        case enterprise
        /// ISO and IEC, alone or with another body.
        case international
    }

    /// Most characters a number is read with.
    package static let characterCountMax = 64

    package let kind: Kind
    /// The printed form. An enterprise number keeps the blank it was written with, or its absence.
    package let text: String
    /// The printed form without blanks: two writings of one number have the same.
    package let matchKey: String
    /// Nil only for an international number that is cited without its year.
    package let year: Int?

    package init(_ text: some StringProtocol) throws(StandardNumberFlaw) {
        if let plain = Self(plain: text) {
            self = plain
            return
        }
        let written = try WrittenStandardNumber(text)
        let parsed = try StandardNumberParser.parse(written.characters)
        kind = parsed.kind
        year = parsed.year
        self.text = parsed.text
        matchKey =
            parsed.text.utf8.contains(WrittenStandardNumber.blank)
            ? String(decoding: parsed.text.utf8.filter { $0 != WrittenStandardNumber.blank }, as: UTF8.self)
            : parsed.text
    }
}

// The quick way for numbers that are written as nearly all of a registry are; see `PlainStandardNumber`.
extension StandardNumber {
    /// Nil for any other number.
    private init?(plain text: some StringProtocol) {
        guard let printed = Self.plainlyPrinted(text) else { return nil }
        self.init(
            plain: String(decoding: printed, as: UTF8.self),
            matchKey: String(
                decoding: printed.filter { $0 != WrittenStandardNumber.blank }, as: UTF8.self), printed)
    }

    /// A number that was kept as it is printed, with its key; nil for a text that no number is printed as. A
    /// key that is another number's is not taken.
    package init?(printed text: String, matchKey: String) {
        if let printed = Self.plainlyPrinted(text), printed.elementsEqual(text.utf8),
            Self.isKey(matchKey, of: printed)
        {
            self.init(plain: text, matchKey: matchKey, printed)
            return
        }
        guard let number = try? StandardNumber(text), number.text.utf8.elementsEqual(text.utf8) else {
            return nil
        }
        self = number
    }

    private init(plain text: String, matchKey: String, _ printed: [UInt8]) {
        kind = .enterprise
        year = printed.suffix(4).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        self.text = text
        self.matchKey = matchKey
    }

    private static func plainlyPrinted(_ text: some StringProtocol) -> [UInt8]? {
        var printed: [UInt8] = []
        printed.reserveCapacity(characterCountMax)
        let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
            PlainStandardNumber.print(UnsafeRawBufferPointer(bytes), to: &printed)
        }
        return isPlain == true ? printed : nil
    }

    private static func isKey(_ matchKey: String, of printed: [UInt8]) -> Bool {
        var rest = matchKey.utf8.makeIterator()
        for byte in printed where byte != WrittenStandardNumber.blank {
            guard rest.next() == byte else { return false }
        }
        return rest.next() == nil
    }
}

extension StandardNumber: Comparable, CustomStringConvertible {
    /// By match key, then by printed form: a total order that does not depend on locale.
    package static func < (left: StandardNumber, right: StandardNumber) -> Bool {
        left.matchKey == right.matchKey ? left.text < right.text : left.matchKey < right.matchKey
    }

    package var description: String { text }
}
