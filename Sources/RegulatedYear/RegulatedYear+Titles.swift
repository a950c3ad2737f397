import Contracts
import Regulation
import Wire

struct CancelledLine: Sendable {
    let title: ComplianceAPI.Title
    let enterpriseCode: String
}

// 3.2.5 and 3.2.6: titles, a failed spot check, cancellation, the bar, and the next ranking without the
// barred one.
extension RegulatedYear {
    /// ComplianceService learns of a published list through the feed; this many looks, a quarter second
    /// apart.
    private static let lookCountMax = 240

    func grantTitles(_ lines: [ForerunnerLine]) async throws -> [ComplianceAPI.Title] {
        var wanted = 0
        for line in lines {
            let list = try await calls.call(.agency, "read/forerunners") { options throws(RPCStatus) in
                try await calls.ranking.getForerunnerList(.init(id: line.forerunnerListID), options: options)
            }
            wanted += Int(list.number)
        }
        for _ in 0..<Self.lookCountMax {
            let found = try await calls.call(.everybody, "read/titles") { options throws(RPCStatus) in
                try await calls.compliance.findTitles(.init(page: .init(limit: 1000)), options: options)
            }
            if Int(found.total) >= wanted {
                let valid = found.titles.first
                on(
                    Plan.forerunnersPublished, "3.2.5",
                    zh: "授予称号\(found.total)个，有效期\(valid?.validFrom ?? "")至\(valid?.validUntil ?? "")",
                    en: "\(found.total) titles granted, valid from \(valid?.validFrom ?? "") to "
                        + "\(valid?.validUntil ?? "")")
                return found.titles
            }
            try await Task.sleep(for: .milliseconds(250))
        }
        throw YearFailure(
            request: "grant",
            status: RPCStatus(code: .deadlineExceeded, message: "the titles were not granted within a minute")
        )
    }

    /// A spot check finds one product below its declared standard; its title is cancelled and its holder
    /// barred.
    func cancelOne(of titles: [ComplianceAPI.Title], ofScheme schemeID: String) async throws -> CancelledLine
    {
        guard let title = titles.first(where: { $0.schemeId == schemeID }),
            let forerunner = title.forerunner, let declared = Papers.checkable(forerunner)
        else {
            throw YearFailure(
                request: "spot-check", status: RPCStatus(code: .notFound, message: "no title to check"))
        }
        try advance(to: Plan.spotCheck)
        let checked = try await calls.call(.workAgency, "spot-check") { options throws(RPCStatus) in
            try await calls.compliance.recordSpotCheck(
                .init(
                    titleId: title.id, reportNumber: "DEMO-CC-2026-017", inspectedBy: "产品质量监督抽查（演示）",
                    inspectedOn: Plan.spotCheck.description, model: forerunner.models.first ?? "",
                    indicator: declared.indicator, measured: Papers.shortfall(of: declared)), options: options
            )
        }
        let check = checked.check ?? .init()
        on(
            Plan.spotCheck, "3.2.6(4)",
            zh: "抽检：\(check.indicator)实测\(check.measured)，公开标准\(check.declared)，未达到公开标准水平",
            en: "spot check: \(check.indicator) measured \(check.measured), "
                + "declared \(check.declared): not met")

        try advance(to: Plan.demand)
        _ = try await calls.call(.workAgency, "demand") { options throws(RPCStatus) in
            try await calls.compliance.demandCancellation(
                .init(
                    titleId: title.id,
                    evidence: [
                        .init(cause: .spotCheckFailed, reference: check.id, statement: "抽检达不到公开标准水平")
                    ]), options: options)
        }
        on(Plan.demand, "3.2.6", zh: "工作机构要求评估机构取消称号", en: "the work agency demands the cancellation")

        try advance(to: Plan.cancellation)
        _ = try await calls.call(.agency, "cancel") { options throws(RPCStatus) in
            try await calls.compliance.cancelTitle(
                .init(titleId: title.id, reason: "产品抽检未达到公开标准水平"), options: options)
        }
        let bars = try await calls.call(.everybody, "read/bars") { options throws(RPCStatus) in
            try await calls.compliance.listBars(.init(), options: options)
        }
        let lastDay = bars.bars.first { $0.titleId == title.id }?.lastDay ?? ""
        on(
            Plan.cancellation, "3.2.6",
            zh: "评估机构取消称号；\(forerunner.enterprise?.name ?? "")三年内不再纳入，至\(lastDay)止",
            en: "title cancelled; \(forerunner.enterprise?.name ?? "") barred up to and including \(lastDay)")
        return CancelledLine(title: title, enterpriseCode: forerunner.enterprise?.creditCode ?? "")
    }

    /// 3.2.5: the list is computed anew; the barred enterprise is left out, and the list says why.
    func rankAgain(
        _ line: PublishedLine, snapshot: RankingAPI.Snapshot, without cancelled: CancelledLine
    ) async throws -> String {
        let days = RoundDays.next
        let list = try await compute(
            line, snapshot: snapshot, period: .init(year: 2026), days: days, round: "2026")
        let barred = try await calls.call(.agency, "read/exclusions") { options throws(RPCStatus) in
            try await calls.ranking.listExclusions(
                .init(listId: list.listID, page: .init(limit: 1000), code: "BARRED"), options: options)
        }
        let named = try await enterprises(of: list.listID)
        guard !named.contains(cancelled.enterpriseCode), barred.total > 0 else {
            throw YearFailure(
                request: "rank-again",
                status: RPCStatus(code: .internalError, message: "the barred enterprise is on the list again")
            )
        }
        on(
            days.computed, "3.2.6", zh: "被取消称号的企业有\(barred.total)项标准未入榜，原因：三年内不再纳入",
            en: "\(barred.total) standards of the barred enterprise are left out, with the reason")
        try await submit([list], days: days, round: "2026")
        try advance(to: days.notice)
        try await openNotice(list, days: days, round: "2026")
        try advance(to: days.published)
        try await publish(list, days: days, round: "2026")
        return list.listID
    }

    /// The programme goes on: a list of the year, with one scheme its second version, is under notice at the
    /// demonstration's end.
    func openNextNotice(_ line: PublishedLine, snapshot: RankingAPI.Snapshot) async throws {
        let days = RoundDays.afterwards
        let list = try await compute(
            line, snapshot: snapshot, period: .init(year: 2026), days: days, round: "2026/2")
        try await submit([list], days: days, round: "2026/2")
        try advance(to: days.notice)
        try await openNotice(list, days: days, round: "2026/2")
    }
}

extension Papers {
    /// Fifteen in a hundred less than declared, to one decimal: what the spot check finds.
    static func shortfall(of declaration: StandardsAPI.Declaration) -> String {
        guard let value = ExactDecimal(declaration.value) else { return "0" }
        let scaled = Int128(value.significand) * 85
        let unit = (0..<value.scale).reduce(Int128(100)) { unit, _ in unit * 10 }
        return ExactDecimal.roundedHalfEven(numerator: scaled, denominator: unit, fractionDigits: 1)
            .description
    }

    /// A declared lower bound that a spot check can fall short of.
    static func checkable(_ forerunner: RankingAPI.Forerunner) -> StandardsAPI.Declaration? {
        forerunner.declarations.first { declaration in
            guard declaration.relation == .atLeast, let value = ExactDecimal(declaration.value),
                let one = ExactDecimal("1")
            else { return false }
            return value > one
        }
    }
}
