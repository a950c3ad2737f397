/// What objections leave of a list (R6).
///
/// Regulation 3.2.4 (异议): entries under objection are held back and the rest may be published with its
/// ranks unchanged; an objection to the method or the list holds all of it.
package struct ObjectionEffect: Sendable, Hashable {
    /// Entries named by an objection that is still open.
    package private(set) var heldBack: Set<String> = []
    /// Entries that an upheld objection took off, or that would have to change.
    package private(set) var removed: Set<String> = []
    /// Ids of objections to the whole list that still stand, by outcome (nil: open).
    package private(set) var againstList: [LodgedObjection] = []

    package init(_ objections: [LodgedObjection]) {
        for objection in objections {
            if objection.entries.isEmpty {
                if objection.outcome != .rejected { againstList.append(objection) }
                continue
            }
            switch objection.outcome {
            case nil: heldBack.formUnion(objection.entries)
            case .upheld, .amend: removed.formUnion(objection.entries)
            case .rejected: break
            }
        }
        heldBack.subtract(removed)
    }
}

/// A result that is to be published after its notice.
package struct ResultPublication: Sendable {
    package var period: NoticePeriod
    package var publishedOn: CivilDate
    package var calendar: WorkingDayCalendar
    /// Objections lodged in this notice.
    package var objections: [LodgedObjection]
    /// Enterprises named although barred or blacklisted on the day of publication.
    package var barredNamed: Set<CreditCode>

    package init(
        period: NoticePeriod, publishedOn: CivilDate, calendar: WorkingDayCalendar,
        objections: [LodgedObjection], barredNamed: Set<CreditCode>
    ) {
        self.period = period
        self.publishedOn = publishedOn
        self.calendar = calendar
        self.objections = objections
        self.barredNamed = barredNamed
    }
}

/// A result is published when its notice is over and no objection to the whole of it stands.
///
/// Regulation 3.2.4 (发布), R3 and R6. Open objections to entries do not stop the rest; see `ObjectionEffect`.
package struct ResultPublicationRule: Rule {
    package static let citation = Citation("3.2.4", term: "发布")

    package init() {}

    package func findings(in publication: ResultPublication) -> [Finding] {
        var findings = publication.period.findings(
            closingOn: publication.publishedOn, calendar: publication.calendar, kind: .result)
        for objection in ObjectionEffect(publication.objections).againstList {
            if let finding = Self.finding(on: objection) { findings.append(finding) }
        }
        findings += BarredNameRule().findings(in: publication.barredNamed)
        return findings
    }

    private static func finding(on objection: LodgedObjection) -> Finding? {
        switch objection.outcome {
        case nil:
            Finding(
                citation, code: "OBJECTION_OPEN", subject: objection.id,
                zh: "对榜单的异议\(objection.id)尚未处理", en: "objection \(objection.id) to the list is open")
        case .upheld:
            Finding(
                citation, code: "OBJECTION_UPHELD", subject: objection.id,
                zh: "对榜单的异议\(objection.id)成立", en: "objection \(objection.id) to the list was upheld")
        case .amend:
            Finding(
                citation, code: "LIST_TO_BE_CHANGED", subject: objection.id,
                zh: "榜单须按异议\(objection.id)修改后重新提交",
                en: "the list is to be changed after objection \(objection.id) and submitted anew")
        case .rejected:
            nil
        }
    }
}
