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

extension StandardNumber: Comparable, CustomStringConvertible {
    /// By match key, then by printed form: a total order that does not depend on locale.
    package static func < (left: StandardNumber, right: StandardNumber) -> Bool {
        left.matchKey == right.matchKey ? left.text < right.text : left.matchKey < right.matchKey
    }

    package var description: String { text }
}
