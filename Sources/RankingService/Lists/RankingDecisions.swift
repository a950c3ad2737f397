import Authority
import Contracts
import Regulation
import Wire

/// Submission, form review and publication of a ranking list (3.2.4): pure.
enum RankingDecisions {
    /// 提交评估结果: every enterprise was asked, and the letter carries its five undertakings. A submission after
    /// the due day is taken and remarked on.
    static func submit(
        _ request: RankingAPI.SubmitRankingRequest, _ list: RankingAPI.RankingList,
        consents: [String: Bool], listed: Set<String>, letter: (digest: [UInt8], rowCount: Int),
        by actor: Actor, on day: CivilDate
    ) throws -> (RankingAPI.RankingSubmitted, remarks: [Finding]) {
        try requireAgency(actor, list.agency, list.id)
        try RankingListLifecycle.require(.submit, of: list.id, in: try ResultState(list))
        let submission = ResultSubmission(
            isReady: true, enterprises: BarredNames.codes(listed), consents: consentsByCode(consents),
            undertakings: LetterUndertaking.given(in: request.undertakings))
        let due = CivilDate(list.dueOn).map { SubmissionArrival(submittedOn: day, dueOn: $0) }
        let examined = try examine(
            submission,
            findings: RankingSubmissionRule().findings(in: submission)
                + (due.map { SubmissionTimelinessRule().findings(in: $0) } ?? []))
        let event = RankingAPI.RankingSubmitted(
            listId: list.id, submittedOn: day.description, letterDigest: letter.digest,
            rowCount: UInt32(letter.rowCount))
        return (event, examined.remarks)
    }

    /// 形式审查: the work agency's, on a result computed anew.
    static func review(
        _ request: RankingAPI.ReviewRankingRequest, _ list: RankingAPI.RankingList, recomputed: [UInt8],
        named: Set<String>, barred: Set<String>, isSchemeInForce: Bool
    ) throws -> RankingAPI.RankingReviewed {
        try RankingListLifecycle.require(.review, of: list.id, in: try ResultState(list))
        let review = ResultFormReview(
            passes: request.pass, opinion: request.opinion, submittedDigest: list.digests?.result ?? [],
            recomputedDigest: recomputed, barredNamed: BarredNames.codes(named.intersection(barred)),
            isSchemeInForce: isSchemeInForce)
        _ = try examine(review, against: [ResultFormReviewRule()])
        return RankingAPI.RankingReviewed(
            listId: list.id, pass: request.pass, opinion: request.opinion, recomputedDigest: recomputed)
    }

    /// 发布: with what objections hold back or took off (R6).
    static func publish(
        _ list: RankingAPI.RankingList, subject: ListSubject, consents: [String: Bool],
        barred: Set<String>, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> RankingAPI.RankingPublished {
        let effect = subject.effect
        let unnamed = effect.heldBack.union(effect.removed)
        let named = Set(
            subject.enterprises.filter { !unnamed.contains($0.key) && consents[$0.value] == true }.values)
        try ResultNoticeDecisions.requirePublishable(
            subject, named: named, barred: barred, on: day, calendar: calendar)
        _ = try examine(
            ConsentCase(named: BarredNames.codes(named), consents: consentsByCode(consents)),
            against: [ConsentRule()])
        return RankingAPI.RankingPublished(
            listId: list.id, publishedOn: day.description, digests: list.digests,
            heldBack: effect.heldBack.sorted(), removed: effect.removed.sorted())
    }

    static func consentsByCode(_ consents: [String: Bool]) -> [CreditCode: Bool] {
        var byCode: [CreditCode: Bool] = [:]
        for (text, given) in consents {
            if let code = try? CreditCode(text) { byCode[code] = given }
        }
        return byCode
    }

    /// A list belongs to the agency of its scheme.
    static func requireAgency(
        _ actor: Actor, _ agency: CommonAPI.Institution?, _ id: String
    ) throws(RPCStatus) {
        guard actor.role == .evaluationAgency, let code = agency?.creditCode, !code.isEmpty,
            code == actor.institutionCode
        else {
            throw RPCStatus(
                code: .permissionDenied,
                message: "\(id) belongs to the evaluation agency \(agency?.creditCode ?? ""), not to \(actor)"
            )
        }
    }
}
