import Authority
import Contracts
import Regulation
import Wire

/// Consents, submission, form review and publication of a ranking list (3.2.4): pure.
enum RankingDecisions {
    /// Consents of one request; a later answer replaces an earlier one.
    private static let consentCountMax = 20_000

    /// 征得其同意: the agency records anybody's answer, an enterprise its own only. After the submission a
    /// consent can only be withdrawn.
    static func consent(
        _ request: RankingAPI.RecordConsentsRequest, to list: RankingAPI.RankingList, listed: Set<String>,
        by actor: Actor, on day: CivilDate
    ) throws -> RankingAPI.ConsentsRecorded {
        if actor.role == .evaluationAgency { try requireAgency(actor, list.agency, list.id) }
        guard !request.consents.isEmpty, request.consents.count <= consentCountMax else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "consents: \(request.consents.count) answers; send 1 to \(consentCountMax)")
        }
        let isWithdrawal = request.consents.allSatisfy { !$0.given }
        try RankingListLifecycle.require(
            isWithdrawal ? .withdrawConsents : .recordConsents, of: list.id, in: try ResultState(list))
        for (index, consent) in request.consents.enumerated() {
            let code = consent.enterpriseCode
            guard actor.role == .evaluationAgency || code == actor.institutionCode else {
                throw RPCStatus(
                    code: .permissionDenied,
                    message: "consents[\(index)]: an enterprise answers for itself, not for \(code)")
            }
            guard listed.contains(code) else {
                throw RPCStatus(
                    code: .invalidArgument, message: "consents[\(index)]: \(code) is not on list \(list.id)")
            }
        }
        return RankingAPI.ConsentsRecorded(
            listId: list.id, consents: request.consents, recordedOn: day.description)
    }

    /// 提交评估结果: every enterprise was asked, and the letter carries its five undertakings.
    static func submit(
        _ request: RankingAPI.SubmitRankingRequest, _ list: RankingAPI.RankingList,
        consents: [String: Bool], listed: Set<String>, letter: (digest: [UInt8], rowCount: Int),
        by actor: Actor, on day: CivilDate
    ) throws -> RankingAPI.RankingSubmitted {
        try requireAgency(actor, list.agency, list.id)
        try RankingListLifecycle.require(.submit, of: list.id, in: try ResultState(list))
        let submission = ResultSubmission(
            isReady: true, enterprises: BarredNames.codes(listed), consents: consentsByCode(consents),
            undertakings: LetterUndertaking.given(in: request.undertakings))
        _ = try examine(submission, against: [RankingSubmissionRule()])
        return RankingAPI.RankingSubmitted(
            listId: list.id, submittedOn: day.description, letterDigest: letter.digest,
            rowCount: UInt32(letter.rowCount))
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
