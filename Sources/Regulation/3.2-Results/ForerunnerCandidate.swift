/// Why a better-ranked entry is passed over (R12, R14).
package enum SkipCode: String, Sendable, Hashable, CaseIterable {
    case declined = "DECLINED"
    case noConsent = "NO_CONSENT"
    case noReport = "NO_REPORT"
    case noSupplement = "NO_SUPPLEMENT"
    case noCommitment = "NO_COMMITMENT"
    case barred = "BARRED"
    case heldBack = "HELD_BACK"

    package var term: String {
        switch self {
        case .declined: "企业放弃"
        case .noConsent: "未征得同意"
        case .noReport: "无合格的标准符合性报告"
        case .noSupplement: "无补充信息"
        case .noCommitment: "无质量承诺"
        case .barred: "在禁入期内"
        case .heldBack: "异议未处理"
        }
    }
}

/// An entry of the annual ranking, and what its enterprise has handed in.
package struct ForerunnerCandidate: Sendable, Hashable {
    package var key: String
    package var rank: Int
    package var enterprise: CreditCode
    /// A conformity report that `ConformityReportRule` has no objection to, for every model.
    package var hasReport: Bool
    package var hasSupplement: Bool
    package var hasCommitment: Bool
    package var hasConsent: Bool
    package var isBarred: Bool
    /// Held back or taken off by an objection.
    package var isHeldBack: Bool

    package init(
        key: String, rank: Int, enterprise: CreditCode, hasReport: Bool, hasSupplement: Bool,
        hasCommitment: Bool, hasConsent: Bool, isBarred: Bool, isHeldBack: Bool
    ) {
        self.key = key
        self.rank = rank
        self.enterprise = enterprise
        self.hasReport = hasReport
        self.hasSupplement = hasSupplement
        self.hasCommitment = hasCommitment
        self.hasConsent = hasConsent
        self.isBarred = isBarred
        self.isHeldBack = isHeldBack
    }

    /// What keeps the entry off the list of forerunners, in the order of the codes; nothing for one that is
    /// complete.
    package var obstacles: [SkipCode] {
        var obstacles: [SkipCode] = []
        if !hasConsent { obstacles.append(.noConsent) }
        if !hasReport { obstacles.append(.noReport) }
        if !hasSupplement { obstacles.append(.noSupplement) }
        if !hasCommitment { obstacles.append(.noCommitment) }
        if isBarred { obstacles.append(.barred) }
        if isHeldBack { obstacles.append(.heldBack) }
        return obstacles
    }
}

/// A better-ranked entry passed over, with its coded reason.
package struct ForerunnerSkip: Sendable, Hashable {
    package var key: String
    /// nil when the code is none of ours.
    package var code: SkipCode?
    package var reason: String

    package init(key: String, code: SkipCode?, reason: String) {
        self.key = key
        self.code = code
        self.reason = reason
    }
}
