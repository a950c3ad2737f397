/// A scheme that is to be published (公布) after its notice.
package struct SchemePublication: Sendable {
    package var period: NoticePeriod
    package var publishedOn: CivilDate
    package var calendar: WorkingDayCalendar
    /// Objections lodged in this notice.
    package var objections: [LodgedObjection]
    package var isAgencyDetermined: Bool

    package init(
        period: NoticePeriod, publishedOn: CivilDate, calendar: WorkingDayCalendar,
        objections: [LodgedObjection], isAgencyDetermined: Bool
    ) {
        self.period = period
        self.publishedOn = publishedOn
        self.calendar = calendar
        self.objections = objections
        self.isAgencyDetermined = isAgencyDetermined
    }
}

/// A scheme is published when its notice is over, no objection stands against it and its agency is
/// determined.
///
/// Regulation 3.1.3 (公布), R3 and R4.
package struct SchemePublicationRule: Rule {
    package static let citation = Citation("3.1.3", term: "公布")

    package init() {}

    package func findings(in publication: SchemePublication) -> [Finding] {
        var findings = publication.period.findings(
            closingOn: publication.publishedOn, calendar: publication.calendar, kind: .scheme)
        for objection in publication.objections {
            if let finding = Self.finding(on: objection) { findings.append(finding) }
        }
        if !publication.isAgencyDetermined {
            findings.append(
                Finding(
                    Self.citation, code: "AGENCY_NOT_DETERMINED", subject: "application",
                    zh: "专家委员会尚未确定评估机构",
                    en: "the committee has not determined the evaluation agency"))
        }
        return findings
    }

    private static func finding(on objection: LodgedObjection) -> Finding? {
        guard let outcome = objection.outcome else {
            return Finding(
                citation, code: "OBJECTION_OPEN", subject: objection.id,
                zh: "异议\(objection.id)尚未处理", en: "objection \(objection.id) is open")
        }
        switch SchemeObjectionConsequence(outcome) {
        case .publicationMayGoOn:
            return nil
        case .schemeEnds:
            return Finding(
                citation, code: "OBJECTION_UPHELD", subject: objection.id,
                zh: "异议\(objection.id)成立，方案终止",
                en: "objection \(objection.id) was upheld, which ends the scheme")
        case .newNoticeNeeded:
            return Finding(
                citation, code: "NEW_NOTICE_NEEDED", subject: objection.id,
                zh: "方案须按异议\(objection.id)修改并重新公示",
                en: "the scheme is to be amended after objection \(objection.id) and put under a new notice")
        }
    }
}
