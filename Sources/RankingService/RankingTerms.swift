import Contracts
import Regulation

// The words of the messages as the words of the rules.

extension ObjectionOutcome {
    init?(_ message: CommonAPI.ObjectionState) {
        switch message {
        case .rejected: self = .rejected
        case .upheld: self = .upheld
        case .amend: self = .amend
        case .received, .opinionGiven, .unspecified, .unrecognized: return nil
        }
    }
}

extension LodgedObjection {
    init(_ message: CommonAPI.Objection) {
        self.init(
            id: message.id, entries: message.entries, outcome: ObjectionOutcome(message.state))
    }
}

extension LetterUndertaking {
    static func given(in message: RankingAPI.LetterUndertakings?) -> Set<LetterUndertaking> {
        guard let message else { return [] }
        let given: [(LetterUndertaking, Bool)] = [
            (.followsScheme, message.followsScheme),
            (.declaredStandardsOnly, message.declaredStandardsOnly),
            (.openAndImpartial, message.openAndImpartial), (.noFee, message.noFee),
            (.consentObtained, message.consentObtained),
        ]
        return Set(given.filter(\.1).map(\.0))
    }
}

extension ForerunnerSkip {
    init(_ message: RankingAPI.Skip) {
        self.init(
            key: message.entryKey, code: SkipCode(rawValue: message.code), reason: message.reason)
    }
}

extension RankingAPI.Period {
    /// "2025年" or "2025年第3季度".
    var textZH: String { quarter == 0 ? "\(year)年" : "\(year)年第\(quarter)季度" }
    var textEN: String { quarter == 0 ? "\(year)" : "\(year), quarter \(quarter)" }
}

/// Names of the record's streams.
enum Stream {
    static func snapshot(_ id: String) -> String { "snapshot/\(id)" }
    static func scheme(_ id: String) -> String { "scheme/\(id)" }
    static func rankingList(_ id: String) -> String { "ranking-list/\(id)" }
    static func forerunnerList(_ id: String) -> String { "forerunner-list/\(id)" }
}
