/// How an institution stands towards evaluation work.
package enum AgencyStanding: String, Sendable, Hashable, CaseIterable {
    case inGoodStanding
    /// Cancelled for charging fees, favouritism, abuse of office or another matter of integrity.
    case cancelledForIntegrity
    /// Cancelled because it no longer does the work.
    case cancelledOtherwise
}

/// A cancelled evaluation agency does no further evaluation work.
///
/// Regulation 2.2 (取消评估机构), R24: for integrity it is barred for good; for another reason it may apply again
/// and is barred from evaluating until the committee determines it anew. The bar follows the credit code,
/// not an account.
package struct AgencyBarRule: Rule {
    package static let citation = Citation("2.2", term: "取消评估机构")

    /// What the institution wants to do.
    package enum Act: Sendable, Hashable, CaseIterable {
        case apply, evaluate
    }

    package struct Attempt: Sendable, Hashable {
        package var agency: CreditCode
        package var standing: AgencyStanding
        package var act: Act

        package init(agency: CreditCode, standing: AgencyStanding, act: Act) {
            self.agency = agency
            self.standing = standing
            self.act = act
        }
    }

    package init() {}

    package func findings(in attempt: Attempt) -> [Finding] {
        switch (attempt.standing, attempt.act) {
        case (.inGoodStanding, _), (.cancelledOtherwise, .apply):
            return []
        case (.cancelledForIntegrity, _):
            return [
                Finding(
                    Self.citation, code: "AGENCY_BARRED", subject: attempt.agency.text,
                    zh: "该机构因诚信问题被取消，不得继续从事评估工作",
                    en: "the agency was cancelled for a matter of integrity and may not evaluate any more")
            ]
        case (.cancelledOtherwise, .evaluate):
            return [
                Finding(
                    Self.citation, code: "AGENCY_CANCELLED", subject: attempt.agency.text,
                    zh: "该机构已被取消，须经专家委员会重新确定后方可从事评估工作",
                    en:
                        "a cancelled agency evaluates only after the committee determines it anew"
                )
            ]
        }
    }
}
