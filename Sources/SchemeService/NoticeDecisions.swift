import Authority
import Contracts
import Regulation

/// Notice, objections, determination and publication of a scheme (3.1.1, 3.1.3).
enum NoticeDecisions {
    /// 公示: scheme and agency together, for ten working days.
    static func open(
        _ application: SchemeAPI.Application, noticeID: String, on day: CivilDate,
        calendar: WorkingDayCalendar
    ) throws(Refusal) -> SchemeAPI.SchemeNoticeOpened {
        try ApplicationLifecycle.require(.openNotice, of: application)
        let days = SchemeNoticeRule.workingDays
        _ = try examine(days, against: [SchemeNoticeRule()])
        let period = NoticePeriod(postedOn: day, workingDays: days, calendar: calendar)
        let agency = application.agency?.institution?.name ?? ""
        return SchemeAPI.SchemeNoticeOpened(
            applicationId: application.id,
            notice: CommonAPI.Notice(
                id: noticeID, kind: "SCHEME", subjectId: application.id,
                title: "\(application.scheme?.title ?? "") · \(agency)", period: period))
    }

    /// 异议: anyone, in time until 24:00 of the last day, with a ground.
    static func lodge(
        _ request: SchemeAPI.LodgeObjectionRequest, against application: SchemeAPI.Application,
        objectionID: String, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> SchemeAPI.SchemeObjectionLodged {
        try ApplicationLifecycle.require(.lodgeObjection, of: application)
        let notice = try Fields.found(application.notice, "notice", request.noticeId)
        let arrival = ObjectionArrival(
            kind: .scheme, period: try NoticePeriod(notice).settled(by: calendar), receivedOn: day,
            ground: request.ground)
        _ = try examine(arrival, against: [ObjectionTimelinessRule()])
        return SchemeAPI.SchemeObjectionLodged(
            applicationId: application.id,
            objection: CommonAPI.Objection(
                id: objectionID, noticeId: notice.id, objector: request.objector, ground: request.ground,
                receivedOn: day.description, state: .received))
    }

    /// 处理意见: the committee rejects, upholds or has the scheme amended (R4).
    static func settle(
        _ request: SchemeAPI.SettleObjectionRequest, in application: SchemeAPI.Application, on day: CivilDate
    ) throws -> SchemeAPI.SchemeObjectionSettled {
        try ApplicationLifecycle.require(.settleObjection, of: application)
        let objection = try Fields.found(
            application.notice?.objections.first { $0.id == request.objectionId }, "objection",
            request.objectionId)
        let settlement = SchemeObjectionSettlement(
            objection: LodgedObjection(objection), outcome: ObjectionOutcome(request.outcome),
            reason: request.reason)
        _ = try examine(settlement, against: [SchemeObjectionRule()])
        return SchemeAPI.SchemeObjectionSettled(
            applicationId: application.id, objectionId: objection.id, outcome: request.outcome,
            reason: request.reason, decidedOn: day.description)
    }

    /// 确定评估机构: the committee, when the notice is over and nothing stands against the scheme.
    static func determine(
        _ application: SchemeAPI.Application, minutes: String, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> SchemeAPI.AgencyDetermined {
        try ApplicationLifecycle.require(.determineAgency, of: application)
        let determination = AgencyDetermination(
            panelVerdict: PanelVerdict(application.panelVerdict), minutes: minutes)
        let standing = try publication(application, on: day, calendar: calendar, isAgencyDetermined: true)
        _ = try examine(
            determination,
            findings: AgencyDeterminationRule().findings(in: determination)
                + SchemePublicationRule().findings(in: standing))
        return SchemeAPI.AgencyDetermined(
            applicationId: application.id, agency: application.agency?.institution, minutes: minutes)
    }

    /// 公布: the scheme is in force from here on.
    static func publish(
        _ application: SchemeAPI.Application, schemeID: String, digest: [UInt8], keyFieldName: String,
        edition: String, on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> SchemeAPI.SchemePublished {
        try ApplicationLifecycle.require(.publishScheme, of: application)
        let publication = try publication(application, on: day, calendar: calendar, isAgencyDetermined: true)
        let examined = try examine(publication, against: [SchemePublicationRule()])
        var published = examined.publish(
            application, schemeID: schemeID, digest: digest, edition: edition, on: day)
        published.scheme?.keyFieldName = keyFieldName
        return published
    }

    private static func publication(
        _ application: SchemeAPI.Application, on day: CivilDate, calendar: WorkingDayCalendar,
        isAgencyDetermined: Bool
    ) throws -> SchemePublication {
        let notice = try Fields.found(application.notice, "notice", application.id)
        return SchemePublication(
            period: try NoticePeriod(notice), publishedOn: day, calendar: calendar,
            objections: notice.objections.map(LodgedObjection.init), isAgencyDetermined: isAgencyDetermined)
    }
}

extension Examined where Subject == SchemePublication {
    /// Only an examined publication makes a published scheme.
    fileprivate consuming func publish(
        _ application: SchemeAPI.Application, schemeID: String, digest: [UInt8], edition: String,
        on day: CivilDate
    ) -> SchemeAPI.SchemePublished {
        SchemeAPI.SchemePublished(
            scheme: SchemeAPI.PublishedScheme(
                id: schemeID, applicationId: application.id, agency: application.agency?.institution,
                scheme: application.scheme, digest: digest, publishedOn: day.description,
                ruleEdition: edition))
    }
}

extension LodgedObjection {
    init(_ message: CommonAPI.Objection) {
        self.init(id: message.id, entries: message.entries, outcome: ObjectionOutcome(message.state))
    }
}
