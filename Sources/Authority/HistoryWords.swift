package import Contracts
package import Ledger
import Regulation

/// What a line of a public history says of an event, and by which rule.
package typealias HistoryWords = (zh: String, en: String, citation: String)

extension CommonAPI.HistoryLine {
    /// The line of an event, under the day on which it happened in China.
    package init(_ event: StoredEvent, _ words: HistoryWords) {
        self.init(
            position: event.position, momentUtcUs: event.moment,
            date: Instant(utcMicroseconds: event.moment).shanghaiDate.description, type: event.type,
            textZh: words.zh, textEn: words.en, citation: words.citation)
    }
}
