/// The work agency's demand that a title be cancelled.
package struct CancellationDemand: Sendable, Hashable {
    package var validity: TitleValidity
    package var isCancelled: Bool
    package var isDemanded: Bool
    package var demandedOn: CivilDate
    package var evidence: [ExitEvidence]
    /// Ids of the title's own spot checks that met what the enterprise declares: no evidence for cause 4.
    package var spotChecksMet: Set<String>

    package init(
        validity: TitleValidity, isCancelled: Bool, isDemanded: Bool, demandedOn: CivilDate,
        evidence: [ExitEvidence], spotChecksMet: Set<String> = []
    ) {
        self.validity = validity
        self.isCancelled = isCancelled
        self.isDemanded = isDemanded
        self.demandedOn = demandedOn
        self.evidence = evidence
        self.spotChecksMet = spotChecksMet
    }
}

/// The work agency demands the cancellation of a valid title for at least one cause, with its evidence.
///
/// Regulation 3.2.6 (要求取消称号), R17: the evaluation agency has ten working days to answer.
package struct CancellationDemandRule: Rule {
    package static let citation = Citation("3.2.6", term: "要求取消称号")
    package static let answerWorkingDays = 10

    package init() {}

    /// Last day for the agency's answer; afterwards the work agency may cancel.
    package static func answerBy(demandedOn day: CivilDate, calendar: WorkingDayCalendar) -> NoticeEnd {
        calendar.day(answerWorkingDays, workingDaysAfter: day)
    }

    package func findings(in demand: CancellationDemand) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if demand.isCancelled {
            add("TITLE_CANCELLED_ALREADY", "titleId", zh: "称号已取消", en: "the title is cancelled already")
        } else if demand.isDemanded {
            add(
                "CANCELLATION_DEMANDED_ALREADY", "titleId", zh: "已要求取消该称号",
                en: "the cancellation is demanded already")
        }
        if !demand.validity.isValid(on: demand.demandedOn) {
            add(
                "TITLE_NOT_VALID", "titleId",
                zh: "称号有效期为\(demand.validity.from)至\(demand.validity.until)，不在有效期内",
                en:
                    "the title is valid \(demand.validity.from) to \(demand.validity.until) only"
            )
        }
        if demand.evidence.isEmpty {
            add("EXIT_CAUSE_MISSING", "evidence", zh: "未写明退出原因", en: "no cause of exit is named")
        }
        for evidence in demand.evidence {
            findings += ExitEvidenceRule().findings(in: evidence)
            if evidence.cause == .spotCheckFailed, demand.spotChecksMet.contains(evidence.reference) {
                findings.append(
                    Finding(
                        evidence.cause.citation, code: "SPOT_CHECK_WAS_MET", subject: evidence.reference,
                        zh: "该次抽检达到公开标准水平", en: "that spot check met the declared standard"))
            }
        }
        return findings
    }
}
