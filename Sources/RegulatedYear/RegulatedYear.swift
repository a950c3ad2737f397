import Contracts
import Regulation
import Wire

/// A whole year of the programme on real product data, act by act, through the gateway.
///
/// The acts carry fixed request ids and the clock only moves forward, so a year that was interrupted goes on
/// where it stopped when it is run again on the same stores.
package struct RegulatedYear: Sendable {
    let stage: any YearStage
    let calls: YearCalls
    /// Resource names of the schemes that are taken through the year; the first one sees the objection and
    /// the cancellation.
    let schemeNames: [String]

    package init(stage: any YearStage, schemeNames: [String] = BundledData.lampSchemes) {
        self.stage = stage
        calls = YearCalls(stage: stage)
        self.schemeNames = schemeNames
    }

    /// Runs the year; throws `YearFailure` when an answer was not what the law leads one to expect.
    package func run() async throws -> YearOutcome {
        let callID = try await openCall()
        let lines = try await prepare(callID: callID)
        try await review(lines)
        let published = try await publishSchemes(lines)
        let snapshot = try await importStandards()
        var lists = try await rank(published, snapshot: snapshot)
        lists = try await announce(lists, snapshot: snapshot)
        let forerunners = try await chooseForerunners(lists)
        let titles = try await grantTitles(forerunners)
        let cancelled = try await cancelOne(of: titles, ofScheme: published[0].schemeID)
        let next = try await rankAgain(published[0], snapshot: snapshot, without: cancelled)
        try await openNextNotice(published[published.count - 1], snapshot: snapshot)
        return YearOutcome(
            schemes: published.map(\.schemeID), snapshot: snapshot.id, lists: lists.map(\.listID),
            forerunnerLists: forerunners.map(\.forerunnerListID), titleCount: titles.count,
            cancelledTitle: cancelled.title.id, nextList: next)
    }

    // MARK: Showing

    /// Moves the clock to 10 o'clock of a day and shows what was done then.
    func on(_ day: CivilDate, _ article: String, zh: String, en: String) {
        stage.show(YearStep(date: day, article: article, zh: zh, en: en, isRefusal: false))
    }

    /// Tries an act on a day on which the law must refuse it, and shows the refusal.
    ///
    /// A year that goes on later than that day leaves the attempt out: by then the act may be lawful.
    func tryInVain<Answer: Sendable>(
        _ office: Office, _ requestID: String, on day: CivilDate, refusedWith code: String,
        _ body: (CallOptions) async throws(RPCStatus) -> Answer
    ) async throws {
        guard try stage.now().shanghaiDate <= day,
            let finding = try await calls.refused(office, requestID, with: code, body)
        else { return }
        stage.show(
            YearStep(
                date: day, article: finding.citation, zh: finding.messageZh, en: finding.messageEn,
                isRefusal: true))
    }

    func advance(to day: CivilDate) throws {
        try stage.advance(to: .shanghai(day, hour: 10, minute: 0))
    }
}

/// What a year leaves behind.
package struct YearOutcome: Sendable {
    package let schemes: [String]
    package let snapshot: String
    package let lists: [String]
    package let forerunnerLists: [String]
    package let titleCount: Int
    package let cancelledTitle: String
    /// The ranking that leaves the barred enterprise out.
    package let nextList: String
}
