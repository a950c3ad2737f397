/// What an agency undertakes when it submits a result, in the order of the letters of A2-1 and A2-2.
package enum LetterUndertaking: String, Sendable, Hashable, CaseIterable {
    case followsScheme, declaredStandardsOnly, openAndImpartial, noFee, consentObtained

    package var term: String {
        switch self {
        case .followsScheme: "按照既定评估方案"
        case .declaredStandardsOnly: "以声明公开的企业标准为对象"
        case .openAndImpartial: "评估过程公开透明、客观公正"
        case .noFee: "未收取评估费用"
        case .consentObtained: "已征得企业同意"
        }
    }
}

/// The letter that goes with a result carries all five undertakings.
///
/// Regulation A2-1 and A2-2 (报送函).
package struct LetterUndertakingsRule: Rule {
    package static let citation = Citation("A2-1", term: "报送函承诺")

    package init() {}

    package func findings(in given: Set<LetterUndertaking>) -> [Finding] {
        LetterUndertaking.allCases.filter { !given.contains($0) }.map { missing in
            Finding(
                Self.citation, code: "LETTER_UNDERTAKING_MISSING",
                subject: "undertakings.\(missing.rawValue)",
                zh: "报送函未承诺：\(missing.term)",
                en: "the letter lacks this undertaking: \(missing.rawValue)")
        }
    }
}
