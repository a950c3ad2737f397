/// What a measured value says of a declared requirement.
package enum SpotCheckJudgement: String, Sendable, Hashable, CaseIterable {
    case meets, fails
    /// The measured text is not of the requirement's kind; nothing is judged.
    case unreadable

    package static let citation = ExitCause.spotCheckFailed.citation

    /// Judges a measurement by what the enterprise declared, not by what the law demands of everybody.
    ///
    /// Regulation 3.2.6(4) (抽检达不到公开标准水平) and 3.2.3 (标准符合性报告). `direction` helps where the relation alone
    /// does not say what is better: "= 95" of an indicator where more is better is met by 96, and grades
    /// need their order. Without it "=" asks for the same value. Exact decimals; nothing is rounded.
    package init(measured text: String, declaration: Declaration, direction: Direction? = nil) {
        let isMet: Bool? =
            switch declaration.value {
            case .number(let declared):
                ExactDecimal(text).map {
                    Self.isMet($0, declaration.relation, declared, direction)
                }
            case .interval(let low, let high):
                ExactDecimal(text).map { low <= $0 && $0 <= high }
            case .word(let declared):
                Self.isMet(text, declared, direction)
            case .flag(let declared):
                Self.flag(text).map { $0 || !declared }
            }
        self =
            switch isMet {
            case nil: .unreadable
            case true?: .meets
            case false?: .fails
            }
    }

    private static func isMet(
        _ measured: ExactDecimal, _ relation: Relation, _ declared: ExactDecimal, _ direction: Direction?
    ) -> Bool {
        switch relation {
        case .atMost: measured <= declared
        case .below: measured < declared
        case .atLeast: measured >= declared
        case .above: measured > declared
        case .equal:
            switch direction {
            case .lower: measured <= declared
            case .higher: measured >= declared
            case .interval, .ordinal, .yesNo, nil: measured == declared
            }
        }
    }

    private static func isMet(_ measured: String, _ declared: String, _ direction: Direction?) -> Bool? {
        switch direction {
        case .ordinal(let grades):
            guard let mine = grades.firstIndex(of: measured), let asked = grades.firstIndex(of: declared)
            else { return nil }
            return mine <= asked
        case .lower, .higher, .interval, .yesNo, nil:
            return measured == declared
        }
    }

    private static func flag(_ text: String) -> Bool? {
        switch text {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}
