import Authority
import Contracts
import Regulation
import Wire

/// What a notice of a result was decided to be.
struct OpenedNotice {
    let notice: CommonAPI.Notice
    let departures: [CommonAPI.Departure]
    let remarks: [Finding]
}

/// Notice and objections of a ranking list or a list of forerunners (3.2.4): pure.
enum ResultNoticeDecisions {
    /// 公示: ten working days or more; fewer only with a recorded reason (R2).
    static func open(
        _ subject: ListSubject, workingDays: UInt32, departures: [CommonAPI.Departure], noticeID: String,
        on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> OpenedNotice {
        try subject.require(.openNotice, .openNotice)
        let days = workingDays == 0 ? ResultNoticeRule.workingDaysMin : Int(workingDays)
        guard days <= workingDaysMax else {
            throw RPCStatus(
                code: .invalidArgument, message: "workingDays: \(days) is more than \(workingDaysMax)")
        }
        let examined = try examine(
            days, against: [ResultNoticeRule()], departures: departures.map(Departure.init))
        let period = NoticePeriod(postedOn: day, workingDays: days, calendar: calendar)
        return OpenedNotice(
            notice: CommonAPI.Notice(
                id: noticeID, kind: subject.kind.rawValue, subjectId: subject.id, title: subject.title,
                period: period),
            departures: examined.departures.map { CommonAPI.Departure(code: $0.code, reason: $0.reason) },
            remarks: examined.remarks)
    }

    /// A year of working days: a longer notice is a slip of the pen.
    private static let workingDaysMax = 250

    /// 异议: anyone, in time until 24:00 of the last day, with a ground, to the list or to entries of it.
    static func lodge(
        _ request: RankingAPI.LodgeObjectionRequest, against subject: ListSubject, objectionID: String,
        on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> RankingAPI.ObjectionLodged {
        try subject.require(.lodgeObjection, .lodgeObjection)
        let notice = try Fields.present(subject.notice, "notice")
        let arrival = ObjectionArrival(
            kind: .result, period: try NoticePeriod(notice).settled(by: calendar), receivedOn: day,
            ground: request.ground)
        let objected = ObjectedEntries(entries: request.entries, listed: Set(subject.enterprises.keys))
        _ = try examine(
            arrival,
            findings: ObjectionTimelinessRule().findings(in: arrival)
                + ObjectedEntriesRule().findings(in: objected))
        return RankingAPI.ObjectionLodged(
            subjectId: subject.id,
            objection: CommonAPI.Objection(
                id: objectionID, noticeId: notice.id, objector: request.objector, ground: request.ground,
                entries: request.entries, receivedOn: day.description, state: .received))
    }

    /// 综合评议: by experts who belong neither to the agency nor to an enterprise concerned.
    static func opine(
        _ request: RankingAPI.GiveComprehensiveOpinionRequest, in subject: ListSubject
    ) throws -> RankingAPI.ComprehensiveOpinionGiven {
        try subject.require(.giveOpinion, .giveOpinion)
        let objection = try Fields.found(
            subject.objections.first { $0.id == request.objectionId }, "objection", request.objectionId)
        let opinion = ComprehensiveOpinion(
            objection: LodgedObjection(objection),
            voices: try request.voices.enumerated().map { index, voice in
                ExpertVoice(
                    expert: voice.expertId,
                    affiliation: Affiliation(
                        body: try Fields.creditCode(
                            voice.employer?.creditCode ?? "", "voices[\(index)].employer.creditCode")),
                    isFounded: voice.founded)
            },
            interested: interested(in: objection, of: subject), statement: request.opinion)
        _ = try examine(opinion, against: [ComprehensiveOpinionRule()])
        return RankingAPI.ComprehensiveOpinionGiven(
            subjectId: subject.id, objectionId: objection.id, voices: request.voices,
            opinion: request.opinion, founded: opinion.isFounded)
    }

    /// The agency and the enterprises of the entries named; of all entries when the whole list is meant.
    private static func interested(
        in objection: CommonAPI.Objection, of subject: ListSubject
    ) -> [Affiliation] {
        let concerned =
            objection.entries.isEmpty
            ? Array(subject.enterprises.values) : objection.entries.compactMap { subject.enterprises[$0] }
        return Set([subject.agency.creditCode] + concerned).sorted()
            .compactMap { try? CreditCode($0) }.map { Affiliation(body: $0) }
    }

    /// The work agency decides, and says why where it departs from the experts (R5).
    static func decide(
        _ request: RankingAPI.DecideObjectionRequest, in subject: ListSubject, founded: Bool?,
        on day: CivilDate
    ) throws -> RankingAPI.ObjectionDecided {
        try subject.require(.decideObjection, .decideObjection)
        let objection = try Fields.found(
            subject.objections.first { $0.id == request.objectionId }, "objection", request.objectionId)
        let decision = ResultObjectionDecision(
            objection: LodgedObjection(objection), expertsFindFounded: founded,
            outcome: ObjectionOutcome(request.outcome), reason: request.reason)
        _ = try examine(decision, against: [ResultObjectionRule()])
        return RankingAPI.ObjectionDecided(
            subjectId: subject.id, objectionId: objection.id, outcome: request.outcome,
            reason: request.reason, decidedOn: day.description)
    }

    /// 发布: the notice is over, nothing stands against the whole, nobody named is barred.
    static func requirePublishable(
        _ subject: ListSubject, named: Set<String>, barred: Set<String>, on day: CivilDate,
        calendar: WorkingDayCalendar
    ) throws {
        try subject.require(.publish, .publish)
        let publication = ResultPublication(
            period: try NoticePeriod(try Fields.present(subject.notice, "notice")), publishedOn: day,
            calendar: calendar, objections: subject.effective,
            barredNamed: BarredNames.codes(named.intersection(barred)))
        _ = try examine(publication, against: [ResultPublicationRule()])
    }
}

enum BarredNames {
    static func codes(_ texts: Set<String>) -> Set<CreditCode> {
        Set(texts.compactMap { try? CreditCode($0) })
    }
}
