import Authority
import Contracts
import Crypto
import Regulation
import Wire

/// What the choice of forerunners is made from.
struct ForerunnerChoice {
    let ranking: RankingAPI.RankingList
    let scheme: EvaluationAPI.EvaluationScheme
    let candidates: [ForerunnerCandidate]
    let isLastOfYear: Bool
    /// Lists of forerunners already chosen from this ranking that may still be published.
    let earlier: [RankingAPI.ForerunnerList]
}

/// Choice, submission, form review and publication of forerunners (3.2.3, 3.2.4): pure.
enum ForerunnerDecisions {
    /// 入围名单: a prefix of the annual ranking, with the number's three reasons. `describe` makes the forerunner
    /// of an entry key.
    static func choose(
        _ request: RankingAPI.ChooseForerunnersRequest, from choice: ForerunnerChoice, id: String,
        by actor: Actor, on day: CivilDate, describe: (String) throws -> RankingAPI.Forerunner
    ) throws -> (RankingAPI.ForerunnersChosen, remarks: [Finding]) {
        let ranking = choice.ranking
        try RankingDecisions.requireAgency(actor, ranking.agency, ranking.id)
        try RankingListLifecycle.require(.chooseForerunners, of: ranking.id, in: try ResultState(ranking))
        let annual = AnnualRanking(
            isPublished: ranking.state == .published, year: Int(ranking.period?.year ?? 0),
            forerunnerYear: Int(choice.scheme.year), isLastOfYear: choice.isLastOfYear)
        let selection = selection(request, from: choice)
        let examined = try examine(
            selection,
            findings: AnnualRankingRule().findings(in: annual) + chosenBefore(choice)
                + ForerunnerSelectionRule().findings(in: selection))
        let rule = choice.scheme.forerunners ?? .init()
        let forerunners = try selection.chosen.map { try describe($0.key) }
        var list = RankingAPI.ForerunnerList(
            id: id, rankingListId: ranking.id, schemeId: ranking.schemeId,
            year: ranking.period?.year ?? 0, product: ranking.product, keyField: ranking.keyField,
            agency: ranking.agency, state: .computed, number: UInt32(forerunners.count),
            consumerChoice: request.consumerChoice, industryDevelopment: request.industryDevelopment,
            declaredStandardCount: request.declaredStandardCount, forerunners: forerunners,
            skips: request.skips,
            validityMonths: rule.validityMonths == 0 ? UInt32(TitleValidity.months) : rule.validityMonths,
            syntheticCodes: forerunners.contains(where: \.syntheticCode), targetNumber: rule.targetNumber,
            chosenOn: day.description)
        list.digest = ForerunnerDigest.digest(of: list)
        list.enterpriseCount = UInt32(enterprises(of: list).count)
        return (RankingAPI.ForerunnersChosen(list: list), examined.remarks)
    }

    private static func selection(
        _ request: RankingAPI.ChooseForerunnersRequest, from choice: ForerunnerChoice
    ) -> ForerunnerSelection {
        ForerunnerSelection(
            candidates: choice.candidates, number: Int(request.number),
            skips: request.skips.map(ForerunnerSkip.init), consumerChoice: request.consumerChoice,
            industryDevelopment: request.industryDevelopment,
            declaredStandardCount: request.declaredStandardCount,
            targetNumber: Int(choice.scheme.forerunners?.targetNumber ?? 0))
    }

    /// One list of forerunners comes out of a ranking, unless an earlier choice was sent back, was declined
    /// or fell.
    private static func chosenBefore(_ choice: ForerunnerChoice) -> [Finding] {
        choice.earlier.map { list in
            Finding(
                ForerunnerSelectionRule.citation, code: "FORERUNNERS_CHOSEN_BEFORE", subject: list.id,
                zh: "该排行榜已形成“领跑者”名单\(list.id)",
                en: "forerunners were chosen from this ranking already: \(list.id)")
        }
    }

    /// 提交评估结果, with the letter of Annex 2-2: every enterprise agreed to be named on this very list.
    ///
    /// - Parameters:
    ///   - consents: answers to this list, not to the ranking.
    ///   - later: the list that was chosen anew after this one, if any.
    static func submit(
        _ request: RankingAPI.SubmitForerunnersRequest, _ list: RankingAPI.ForerunnerList,
        consents: [String: Bool], later: String?, letterDigest: [UInt8], by actor: Actor,
        on day: CivilDate
    ) throws -> RankingAPI.ForerunnersSubmitted {
        try RankingDecisions.requireAgency(actor, list.agency, list.id)
        try ForerunnerListLifecycle.require(.submit, of: list.id, in: try ResultState(list))
        let enterprises = BarredNames.codes(enterprises(of: list))
        let recorded = RankingDecisions.consentsByCode(consents)
        let submission = ResultSubmission(
            isReady: true, enterprises: enterprises, consents: recorded,
            undertakings: LetterUndertaking.given(in: request.undertakings))
        _ = try examine(
            submission,
            findings: RankingSubmissionRule().findings(in: submission)
                + ConsentRule().findings(in: ConsentCase(named: enterprises, consents: recorded))
                + chosenAnew(list.id, later))
        return RankingAPI.ForerunnersSubmitted(
            forerunnerListId: list.id, submittedOn: day.description, letterDigest: letterDigest)
    }

    private static func chosenAnew(_ id: String, _ later: String?) -> [Finding] {
        guard let later else { return [] }
        return [
            Finding(
                ForerunnerSelectionRule.citation, code: "FORERUNNERS_CHOSEN_ANEW", subject: id,
                zh: "已重新确定“领跑者”名单\(later)", en: "forerunners were chosen anew: \(later)")
        ]
    }

    /// 形式审查: the list is still what the ranking, the papers on record and the skips give.
    static func review(
        _ request: RankingAPI.ReviewForerunnersRequest, _ list: RankingAPI.ForerunnerList,
        from choice: ForerunnerChoice, barred: Set<String>
    ) throws -> RankingAPI.ForerunnersReviewed {
        try ForerunnerListLifecycle.require(.review, of: list.id, in: try ResultState(list))
        let again = RankingAPI.ChooseForerunnersRequest(
            listId: list.rankingListId, number: list.number, consumerChoice: list.consumerChoice,
            industryDevelopment: list.industryDevelopment,
            declaredStandardCount: list.declaredStandardCount, skips: list.skips)
        let selection = selection(again, from: choice)
        let review = ResultFormReview(
            passes: request.pass, opinion: request.opinion,
            submittedDigest: digest(of: list.forerunners.map(\.entryKey)),
            recomputedDigest: digest(of: selection.chosen.map(\.key)),
            barredNamed: BarredNames.codes(enterprises(of: list).intersection(barred)),
            isSchemeInForce: true)
        var findings = ResultFormReviewRule().findings(in: review)
        if request.pass { findings += ForerunnerSelectionRule().findings(in: selection) }
        _ = try examine(review, findings: findings)
        return RankingAPI.ForerunnersReviewed(
            forerunnerListId: list.id, pass: request.pass, opinion: request.opinion)
    }

    private static func digest(of keys: [String]) -> [UInt8] {
        Array(SHA256.hash(data: Array(keys.joined(separator: "\n").utf8)))
    }

    /// 发布: all forerunners that no objection holds back and whose enterprise did not take its consent back;
    /// later again those that were cleared. The event carries exactly the forerunners it publishes, because
    /// titles are granted from it.
    static func publish(
        _ list: RankingAPI.ForerunnerList, subject: ListSubject, published: Set<String>,
        declining: Set<String>, barred: Set<String>, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> RankingAPI.ForerunnersPublished {
        let effect = subject.effect
        let kept = list.forerunners.filter {
            !published.contains($0.entryKey) && !effect.heldBack.contains($0.entryKey)
                && !effect.removed.contains($0.entryKey)
                && !declining.contains($0.enterprise?.creditCode ?? "")
        }
        try ResultNoticeDecisions.requirePublishable(
            subject, named: Set(kept.map { $0.enterprise?.creditCode ?? "" }), barred: barred, on: day,
            calendar: calendar)
        if case .published = subject.state, kept.isEmpty {
            throw Refusal(
                Finding(
                    ResultPublicationRule.citation, code: "NOTHING_TO_PUBLISH", subject: list.id,
                    zh: "没有新的“领跑者”可发布", en: "no forerunner is left to publish"))
        }
        var published = list
        published.state = .published
        published.publishedOn = day.description
        published.forerunners = kept
        published.notice?.state = .closed
        return RankingAPI.ForerunnersPublished(list: published)
    }

    static func enterprises(of list: RankingAPI.ForerunnerList) -> Set<String> {
        Set(list.forerunners.compactMap { $0.enterprise?.creditCode })
    }
}
