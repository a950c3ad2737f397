/// What an agency published itself of a result, elsewhere than on the platform.
package struct OwnPublication: Sendable, Hashable {
    package var url: String
    /// nil when there is no valid date.
    package var publishedOn: CivilDate?
    /// SHA-256 of the content, as bytes.
    package var sha256: [UInt8]
    package var byteCount: UInt64
    /// Day of the publication on the platform.
    package var platformDay: CivilDate
    package var recordedOn: CivilDate

    package init(
        url: String, publishedOn: CivilDate?, sha256: [UInt8], byteCount: UInt64, platformDay: CivilDate,
        recordedOn: CivilDate
    ) {
        self.url = url
        self.publishedOn = publishedOn
        self.sha256 = sha256
        self.byteCount = byteCount
        self.platformDay = platformDay
        self.recordedOn = recordedOn
    }
}

/// An agency's own publication names its place, its day and its content, and follows the platform's at once.
///
/// Regulation 3.2.4 (同步公示和发布), R33: not before the platform's own day; on a later day than that it is
/// recorded and marked as not synchronous.
package struct OwnPublicationRule: Rule {
    package static let citation = Citation("3.2.4", term: "同步公示和发布")
    package static let digestByteCount = 32
    /// Longer addresses are cut off by browsers and mailers.
    package static let urlCharacterCountMax = 2000

    package init() {}

    package func findings(in publication: OwnPublication) -> [Finding] {
        contentFindings(publication) + dayFindings(publication)
    }

    private func contentFindings(_ publication: OwnPublication) -> [Finding] {
        var findings: [Finding] = []
        if !Self.isWebAddress(publication.url) {
            findings.append(
                finding(
                    "PUBLICATION_URL_MALFORMED", "url", zh: "网址应以https://或http://开头，不含空格",
                    en: "the address is an https:// or http:// one without blanks"))
        }
        if publication.sha256.count != Self.digestByteCount {
            findings.append(
                finding(
                    "PUBLICATION_DIGEST_MALFORMED", "sha256",
                    zh: "内容摘要应为\(Self.digestByteCount)字节",
                    en: "the content's SHA-256 has \(Self.digestByteCount) bytes"))
        }
        if publication.byteCount == 0 {
            findings.append(
                finding("PUBLICATION_EMPTY", "byteCount", zh: "内容为空", en: "the content is empty"))
        }
        return findings
    }

    private func dayFindings(_ publication: OwnPublication) -> [Finding] {
        guard let day = publication.publishedOn else {
            return [
                finding(
                    "PUBLICATION_UNDATED", "publishedOn", zh: "未写发布日期",
                    en: "the day of the publication is missing")
            ]
        }
        if day > publication.recordedOn {
            return [
                finding(
                    "PUBLICATION_DATED_AHEAD", "publishedOn", zh: "发布日期\(day)晚于记录日期",
                    en: "the publication is dated \(day), after its recording")
            ]
        }
        if day < publication.platformDay {
            return [
                finding(
                    "PUBLICATION_BEFORE_PLATFORM", "publishedOn",
                    zh: "统一平台于\(publication.platformDay)发布，不得早于该日",
                    en: "the platform published on \(publication.platformDay); nobody does before")
            ]
        }
        guard day > publication.platformDay else { return [] }
        return [
            Finding(
                Self.citation, .advice, code: "PUBLICATION_NOT_SYNCHRONOUS", subject: "publishedOn",
                zh: "统一平台于\(publication.platformDay)发布，应同步发布",
                en: "the platform published on \(publication.platformDay); the agency's is to be the same day"
            )
        ]
    }

    private static func isWebAddress(_ text: String) -> Bool {
        let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
        guard let rest, let first = rest.first, first != "/" else { return false }
        return text.count <= urlCharacterCountMax
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "<" && $0 != ">" && $0 != "\"" }
    }

    private func finding(_ code: String, _ subject: String, zh: String, en: String) -> Finding {
        Finding(Self.citation, code: code, subject: subject, zh: zh, en: en)
    }
}
