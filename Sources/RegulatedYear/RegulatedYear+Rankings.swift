import Contracts
import Regulation
import Wire

/// A ranking list on its way through 3.2.2 and 3.2.4.
struct ListLine: Sendable {
    let name: String
    let scheme: EvaluationAPI.EvaluationScheme
    let schemeID: String
    let listID: String
}

/// The days of one round of ranking.
struct RoundDays: Sendable {
    let computed, consents, submitted, reviewed, notice, published: CivilDate

    static let yearly = RoundDays(
        computed: Plan.rankingComputed, consents: Plan.consents, submitted: Plan.rankingSubmitted,
        reviewed: Plan.rankingReviewed, notice: Plan.rankingNotice, published: Plan.rankingPublished)
    static let next = RoundDays(
        computed: Plan.nextComputed, consents: Plan.nextConsents, submitted: Plan.nextSubmitted,
        reviewed: Plan.nextReviewed, notice: Plan.nextNotice, published: Plan.nextPublished)
    /// The round that is still under notice when the demonstration ends.
    static let afterwards = RoundDays(
        computed: Plan.lastComputed, consents: Plan.lastConsents, submitted: Plan.lastSubmitted,
        reviewed: Plan.lastReviewed, notice: Plan.lastNotice, published: Plan.lastNotice)
}

// 3.2.2 and 3.2.4: computing, consents, Annex 2-1, review, notice with an objection, publication.
extension RegulatedYear {
    /// Every twentieth enterprise does not consent: its rank stays as a gap (R13).
    private static let refusalStride = 20

    func rank(_ published: [PublishedLine], snapshot: RankingAPI.Snapshot) async throws -> [ListLine] {
        var lists: [ListLine] = []
        for line in published {
            lists.append(
                try await compute(
                    line, snapshot: snapshot, period: .init(year: 2025), days: .yearly, round: "2025"))
        }
        try await submit(lists, days: .yearly, round: "2025")
        return lists
    }

    func compute(
        _ line: PublishedLine, snapshot: RankingAPI.Snapshot, period: RankingAPI.Period, days: RoundDays,
        round: String
    ) async throws -> ListLine {
        try advance(to: days.computed)
        // RankingService learns of a published scheme through the feed, a moment after its publication.
        let receipt = try await calls.call(
            .agency, "compute/\(round)/\(line.name)", awaiting: [.notFound]
        ) { options throws(RPCStatus) in
            try await calls.ranking.computeRanking(
                .init(schemeId: line.schemeID, snapshotId: snapshot.id, period: period), options: options)
        }
        let list = try await head(of: receipt.id)
        on(
            days.computed, "3.2.2",
            zh: "计算排行榜《\(list.product)》：入榜\(list.entryCount)项，未入榜\(list.exclusionCount)项，"
                + "结果摘要\(Self.short(list.digests?.result))",
            en: "ranking computed: \(list.entryCount) entries, \(list.exclusionCount) left out with reasons, "
                + "result digest \(Self.short(list.digests?.result))")
        return ListLine(name: line.name, scheme: line.scheme, schemeID: line.schemeID, listID: receipt.id)
    }

    /// Consents, the Annex 2-1 letter, and the form review that recomputes the ranking.
    func submit(_ lists: [ListLine], days: RoundDays, round: String) async throws {
        try advance(to: days.consents)
        for list in lists { try await recordConsents(list, days: days, round: round) }

        try advance(to: days.submitted)
        for list in lists {
            _ = try await calls.call(.agency, "submit/\(round)/\(list.name)") { options throws(RPCStatus) in
                try await calls.ranking.submitRanking(
                    .init(listId: list.listID, undertakings: Self.undertakings), options: options)
            }
        }
        on(
            days.submitted, "A2-1", zh: "按附件2-1报送排行榜\(lists.count)份",
            en: "\(lists.count) ranking(s) submitted in the form of Annex 2-1")

        try advance(to: days.reviewed)
        for list in lists {
            _ = try await calls.call(.workAgency, "review/\(round)/\(list.name)") {
                options throws(RPCStatus) in
                try await calls.ranking.reviewRanking(
                    .init(listId: list.listID, pass: true, opinion: "重算结果一致，材料齐全"), options: options)
            }
        }
        on(
            days.reviewed, "3.2.4", zh: "形式审查：\(lists.count)份排行榜重新计算，结果摘要一致",
            en: "form review: \(lists.count) ranking(s) recomputed and equal")
    }

    private func recordConsents(_ list: ListLine, days: RoundDays, round: String) async throws {
        let codes = try await enterprises(of: list.listID)
        let result = try await head(of: list.listID).digests?.result ?? []
        let consents = codes.enumerated().map { index, code in
            Papers.consent(
                of: code, to: list.listID, on: days.consents, given: (index + 1) % Self.refusalStride != 0)
        }
        _ = try await calls.call(.agency, "consents/\(round)/\(list.name)") { options throws(RPCStatus) in
            try await calls.ranking.recordConsents(
                .init(listId: list.listID, consents: consents, resultDigest: result), options: options)
        }
        let refusing = consents.filter { !$0.given }.count
        on(
            days.consents, "3.2.4",
            zh: "征得入榜企业同意：\(consents.count - refusing)家同意，\(refusing)家不同意（名次保留空缺）",
            en:
                "consents: \(consents.count - refusing) given, \(refusing) withheld "
                + "(their ranks stay as gaps)"
        )
    }

    func announce(_ lists: [ListLine], snapshot: RankingAPI.Snapshot) async throws -> [ListLine] {
        let days = RoundDays.yearly
        try advance(to: days.notice)
        for list in lists { try await openNotice(list, days: days, round: "2025") }
        try await object(to: lists[0])
        try advance(to: days.published)
        for list in lists { try await publish(list, days: days, round: "2025") }
        return lists
    }

    func openNotice(_ list: ListLine, days: RoundDays, round: String) async throws {
        _ = try await calls.call(.workAgency, "list-notice/\(round)/\(list.name)") {
            options throws(RPCStatus) in
            try await calls.ranking.openRankingNotice(.init(listId: list.listID), options: options)
        }
        let notice = try await head(of: list.listID).notice ?? .init()
        on(
            days.notice, "3.2.4", zh: "排行榜公示，至\(notice.lastDay)24时止",
            en: "ranking under notice until \(notice.lastDay) 24:00")
    }

    func publish(_ list: ListLine, days: RoundDays, round: String) async throws {
        _ = try await calls.call(.workAgency, "list-publish/\(round)/\(list.name)") {
            options throws(RPCStatus) in
            try await calls.ranking.publishRanking(.init(listId: list.listID), options: options)
        }
        on(days.published, "3.2.4", zh: "发布企业标准排行榜", en: "ranking list published")
        try await publishElsewhere(list.listID, on: days.published)
    }

    /// 同步发布: the agency puts the result on its own site the same day and has the content's digest recorded.
    func publishElsewhere(_ id: String, on day: CivilDate) async throws {
        let content = Array("\(id) \(day)（演示页面）\n".utf8)
        _ = try await calls.call(.agency, "elsewhere/\(id)") { options throws(RPCStatus) in
            try await calls.ranking.recordOwnPublication(
                .init(
                    subjectId: id, url: "https://agency.example/results/\(id)",
                    publishedOn: day.description, sha256: Digests.bytes(of: content),
                    byteCount: UInt64(content.count)), options: options)
        }
    }

    /// One objection: lodged by anyone, an opinion of conflict-free experts, the work agency's decision.
    private func object(to list: ListLine) async throws {
        try advance(to: Plan.objection)
        let page = try await page(of: list.listID, offset: 0, limit: 10)
        guard let entry = page.entries.last else { return }
        let notice = page.list?.notice?.id ?? ""
        let receipt = try await calls.call(.everybody, "objection") { options throws(RPCStatus) in
            try await calls.ranking.lodgeObjection(
                .init(
                    noticeId: notice, objector: "消费者（演示）", ground: "声明的功率因数与产品标识不一致",
                    entries: [entry.key], contact: "demo@reader.example"), options: options)
        }
        on(
            Plan.objection, "3.2.4", zh: "公示期内收到对第\(entry.rank)名的异议",
            en: "objection to the entry at rank \(entry.rank)")
        try await tryInVain(
            .workAgency, "list-publish/early/\(list.name)", on: Plan.objection,
            refusedWith: "NOTICE_STILL_OPEN"
        ) { options throws(RPCStatus) in
            try await calls.ranking.publishRanking(.init(listId: list.listID), options: options)
        }

        try advance(to: Plan.opinion)
        let voices = Cast.experts.filter { Cast.panel.contains($0.id) }.map { expert in
            RankingAPI.ExpertVoice(
                expertId: expert.id, employer: expert.employer, founded: false, comment: "声明值与标准文本一致")
        }
        _ = try await calls.call(.committee, "opinion/objection") { options throws(RPCStatus) in
            try await calls.ranking.giveComprehensiveOpinion(
                .init(objectionId: receipt.id, voices: voices, opinion: "经综合评议，异议不成立"),
                options: options)
        }
        on(Plan.opinion, "3.2.4", zh: "专家综合评议：异议不成立", en: "experts' comprehensive opinion: not founded")

        try advance(to: Plan.decision)
        _ = try await calls.call(.workAgency, "decide/objection") { options throws(RPCStatus) in
            try await calls.ranking.decideObjection(
                .init(objectionId: receipt.id, outcome: .rejected, reason: "采纳专家综合评议意见"),
                options: options)
        }
        on(
            Plan.decision, "3.2.4", zh: "工作机构决定：异议不成立，名次不变",
            en: "the work agency rejects the objection; the rank stands")
    }

    // MARK: Reading

    static let undertakings = RankingAPI.LetterUndertakings(
        followsScheme: true, declaredStandardsOnly: true, openAndImpartial: true, noFee: true,
        consentObtained: true)

    func page(of listID: String, offset: Int, limit: Int) async throws -> RankingAPI.GetRankingListResponse {
        try await calls.call(.agency, "read/list") { options throws(RPCStatus) in
            try await calls.ranking.getRankingList(
                .init(id: listID, page: .init(offset: UInt32(offset), limit: UInt32(limit))), options: options
            )
        }
    }

    func head(of listID: String) async throws -> RankingAPI.RankingList {
        try await page(of: listID, offset: 0, limit: 1).list ?? .init()
    }

    /// All entries of a list as its agency sees them.
    func entries(of listID: String) async throws -> [RankingAPI.Entry] {
        var entries: [RankingAPI.Entry] = []
        while true {
            let page = try await page(of: listID, offset: entries.count, limit: 500)
            entries += page.entries
            if page.entries.isEmpty || entries.count >= Int(page.total) { return entries }
        }
    }

    func enterprises(of listID: String) async throws -> [String] {
        Set(try await entries(of: listID).compactMap { $0.enterprise?.creditCode }).sorted()
    }

    static func short(_ digest: [UInt8]?) -> String {
        (digest ?? []).prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            + "…"
    }
}
