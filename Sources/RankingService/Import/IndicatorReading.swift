internal import Contracts
internal import Regulation

/// Reads the fields of one indicator's column.
///
/// A registry declares few different values again and again, so every judgement is kept and given again.
struct IndicatorReading: Sendable {
    enum Outcome: Sendable {
        case declared(KnownDeclaration)
        case notDeclared
        case flawed(RowFlaw)
    }

    /// Beyond this many different texts, the table starts anew.
    private static let knownCountMax = 4_096
    /// Longer texts are no numbers and seldom come twice.
    private static let knownByteCountMax = 64

    private let mapping: Profile.Indicator
    /// Of the indicator in the profile.
    private let place: Int
    private var known: [String: Outcome] = [:]

    init(_ mapping: Profile.Indicator, place: Int) {
        self.mapping = mapping
        self.place = place
    }

    mutating func outcome(_ text: String) -> Outcome {
        if let outcome = known[text] { return outcome }
        let outcome = judge(text)
        guard text.utf8.count <= Self.knownByteCountMax else { return outcome }
        if known.count >= Self.knownCountMax { known.removeAll(keepingCapacity: true) }
        known[text] = outcome
        return outcome
    }

    func judge(_ text: String) -> Outcome {
        if let meaning = mapping.words[text] { return .declared(declaration(value(ofWord: meaning), text)) }
        if text.isEmpty || mapping.missingWords.contains(text) {
            return mapping.isRequired ? .flawed(.missing) : .notDeclared
        }
        if !mapping.words.isEmpty {
            return .flawed(.unknownWord(known: mapping.words.keys.filter { !$0.isEmpty }.sorted()))
        }
        if let number = ExactDecimal(text) {
            return isPossible(number) ? .declared(declaration(.number(number), text)) : .flawed(outOfRange)
        }
        return mapping.relation == .equal ? interval(text) : .flawed(.notANumber)
    }

    /// "lower~upper", with the wave of either width.
    private func interval(_ text: String) -> Outcome {
        guard let mark = text.firstIndex(where: { $0 == "~" || $0 == "～" }) else {
            return .flawed(.notANumber)
        }
        let lower = text[..<mark].filter { $0 != " " }
        let upper = text[text.index(after: mark)...].filter { $0 != " " }
        guard let low = ExactDecimal(lower), let high = ExactDecimal(upper), low <= high
        else { return .flawed(.notAnInterval) }
        guard isPossible(low), isPossible(high) else { return .flawed(outOfRange) }
        return .declared(declaration(.interval(low, high), text))
    }

    private func isPossible(_ number: ExactDecimal) -> Bool {
        if let minimum = mapping.minimum, number < minimum { return false }
        if let maximum = mapping.maximum, number > maximum { return false }
        return true
    }

    private var outOfRange: RowFlaw {
        .outOfRange(
            minimum: mapping.minimum?.description ?? "-∞", maximum: mapping.maximum?.description ?? "∞")
    }

    private func value(ofWord meaning: String) -> RequirementValue {
        switch meaning {
        case "yes": .flag(true)
        case "no": .flag(false)
        default: .word(meaning)
        }
    }

    /// As the record says it: the same whether a ranking is computed from the file or from a snapshot of it.
    private func declaration(_ value: RequirementValue, _ written: String) -> KnownDeclaration {
        let read = Declaration(
            indicator: mapping.code, relation: mapping.relation, value: value, written: written,
            testMethod: mapping.testMethod, unit: mapping.unit, provenance: "")
        // A number is recorded as it is read.
        if case .number = value { return KnownDeclaration(read, place: place) }
        let recorded = try? Declaration(StandardsAPI.Declaration(read))
        return KnownDeclaration(recorded ?? read, place: place)
    }
}
