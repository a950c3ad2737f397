import Authority
import Contracts
import Regulation
import Wire

/// Granting, spot checks, demand and cancellation (3.2.5, 3.2.6): pure.
enum TitleDecisions {
    /// Titles that follow from a published list of forerunners: valid from its publication (R15).
    static func grant(_ list: RankingAPI.ForerunnerList) throws -> [ComplianceAPI.TitleGranted] {
        let publishedOn = try Fields.date(list.publishedOn, "publishedOn")
        let months = list.validityMonths == 0 ? TitleValidity.months : Int(list.validityMonths)
        let validity = TitleValidity(publishedOn: publishedOn, months: months)
        return list.forerunners.map { forerunner in
            ComplianceAPI.TitleGranted(
                title: ComplianceAPI.Title(
                    id: Identifier.derive("TITLE", from: list.id, forerunner.entryKey),
                    forerunner: forerunner, forerunnerListId: list.id, rankingListId: list.rankingListId,
                    schemeId: list.schemeId, product: list.product, keyField: list.keyField,
                    agency: list.agency, validFrom: validity.from.description,
                    validUntil: validity.until.description, state: .valid))
        }
    }

    /// 产品抽检: the measured value is judged against the requirement declared at award.
    static func record(
        _ request: ComplianceAPI.RecordSpotCheckRequest, on title: ComplianceAPI.Title, id: String,
        by actor: Actor, today: CivilDate
    ) throws -> ComplianceAPI.SpotCheckRecorded {
        if actor.role == .evaluationAgency, actor.institutionCode != title.agency?.creditCode {
            throw RPCStatus(
                code: .permissionDenied, message: "title \(title.id) is of another evaluation agency")
        }
        for (field, text) in [
            ("reportNumber", request.reportNumber), ("inspectedBy", request.inspectedBy),
        ] where text.isEmpty {
            throw RPCStatus(code: .invalidArgument, message: "\(field) is missing")
        }
        try TitleLifecycle.require(.recordSpotCheck, of: title, on: today)
        let inspectedOn = try Fields.date(request.inspectedOn, "inspectedOn")
        guard inspectedOn <= today else {
            throw RPCStatus(
                code: .invalidArgument, message: "inspectedOn: \(inspectedOn) has not come yet")
        }
        let forerunner = title.forerunner ?? .init()
        guard forerunner.models.contains(request.model) else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "model: “\(request.model)” is not of this title; it covers "
                    + forerunner.models.joined(separator: ", "))
        }
        let declared = try Fields.found(
            forerunner.declarations.first { $0.indicator == request.indicator }, "declared indicator",
            request.indicator)
        let judgement = try SpotChecks.judge(measured: request.measured, against: declared)
        return ComplianceAPI.SpotCheckRecorded(
            check: ComplianceAPI.SpotCheck(
                id: id, titleId: title.id, reportNumber: request.reportNumber,
                inspectedBy: request.inspectedBy, inspectedOn: request.inspectedOn, model: request.model,
                indicator: request.indicator, measured: request.measured, declared: judgement.declared,
                outcome: judgement.meets ? .meetsDeclared : .failsDeclared))
    }

    /// 要求取消: by the work agency, for at least one cause with its evidence.
    static func demand(
        _ request: ComplianceAPI.DemandCancellationRequest, of title: ComplianceAPI.Title,
        checks: [ComplianceAPI.SpotCheck], on day: CivilDate, calendar: WorkingDayCalendar
    ) throws -> ComplianceAPI.CancellationDemanded {
        let demand = CancellationDemand(
            validity: try validity(of: title), isCancelled: title.state == .cancelled,
            isDemanded: title.state == .cancellationDemanded, demandedOn: day,
            evidence: try request.evidence.enumerated().map { index, evidence in
                ExitEvidence(
                    cause: try Fields.present(ExitCause(evidence.cause), "evidence[\(index)].cause"),
                    reference: evidence.reference, statement: evidence.statement,
                    secondStatement: evidence.secondStatement)
            },
            spotChecksMet: Set(checks.filter { $0.outcome == .meetsDeclared }.map(\.id)))
        _ = try examine(demand, against: [CancellationDemandRule()])
        let end = CancellationDemandRule.answerBy(demandedOn: day, calendar: calendar)
        return ComplianceAPI.CancellationDemanded(
            titleId: title.id, evidence: request.evidence, demandedOn: day.description,
            answerBy: end.lastDay.description)
    }

    /// 取消称号: the title ends and the enterprise is barred, in one act.
    static func cancel(
        _ request: ComplianceAPI.CancelTitleRequest, _ title: ComplianceAPI.Title, by actor: Actor,
        on day: CivilDate
    ) throws -> (ComplianceAPI.TitleCancelled, ComplianceAPI.EnterpriseBarred) {
        let decider: Cancellation.Decider =
            actor.role == .workAgency
            ? .workAgency : .evaluationAgency(try Fields.creditCode(actor.institutionCode, "institution"))
        let cancellation = Cancellation(
            decider: decider,
            titleAgency: try Fields.creditCode(title.agency?.creditCode ?? "", "title.agency"),
            isAgencyCancelled: false, isCancelled: title.state == .cancelled,
            answerBy: CivilDate(title.answerBy), decidedOn: day, reason: request.reason)
        let examined = try examine(cancellation, against: [CancellationAuthorityRule()])
        return examined.decide(title, by: actor, on: day, reason: request.reason)
    }

    static func validity(of title: ComplianceAPI.Title) throws(RPCStatus) -> TitleValidity {
        TitleValidity(
            from: try Fields.date(title.validFrom, "title.validFrom"),
            until: try Fields.date(title.validUntil, "title.validUntil"))
    }
}

extension Examined where Subject == Cancellation {
    /// Only an examined cancellation ends a title.
    fileprivate consuming func decide(
        _ title: ComplianceAPI.Title, by actor: Actor, on day: CivilDate, reason: String
    ) -> (ComplianceAPI.TitleCancelled, ComplianceAPI.EnterpriseBarred) {
        let bar = ThreeYearBar(decidedOn: day)
        return (
            ComplianceAPI.TitleCancelled(
                titleId: title.id, causes: title.causes, reason: reason, cancelledOn: day.description,
                cancelledBy: actor.institution),
            ComplianceAPI.EnterpriseBarred(
                bar: ComplianceAPI.Bar(
                    enterprise: title.forerunner?.enterprise, titleId: title.id,
                    decidedOn: day.description, lastDay: bar.lastDay.description, causes: title.causes))
        )
    }
}

extension ExitCause {
    init?(_ message: ComplianceAPI.Cause) {
        switch message {
        case .productionChanged: self = .productionChanged
        case .levelLowered: self = .levelLowered
        case .accidentOrQuality: self = .accidentOrQuality
        case .spotCheckFailed: self = .spotCheckFailed
        case .intellectualProperty: self = .intellectualProperty
        case .fraudOrIntegrity: self = .fraudOrIntegrity
        case .other: self = .other
        case .unspecified, .unrecognized: return nil
        }
    }
}
