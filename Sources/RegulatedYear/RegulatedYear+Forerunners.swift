import Contracts
import Regulation
import Wire

struct ForerunnerLine: Sendable {
    let list: ListLine
    let forerunnerListID: String
}

// 3.2.3 to 3.2.5: reports and commitments, the choice, Annex 2-2, notice, publication, titles.
extension RegulatedYear {
    /// How many of the best entries hand in their papers.
    private static let candidateCount = 40

    func chooseForerunners(_ lists: [ListLine]) async throws -> [ForerunnerLine] {
        try advance(to: Plan.evidence)
        var candidates: [[RankingAPI.Entry]] = []
        for list in lists {
            let best = try await entries(of: list.listID, upTo: Self.candidateCount)
            try await recordEvidence(for: best, of: list)
            candidates.append(best)
        }
        try advance(to: Plan.chosen)
        var lines: [ForerunnerLine] = []
        for (list, best) in zip(lists, candidates) { lines.append(try await choose(from: best, of: list)) }
        try advance(to: Plan.forerunnerConsents)
        for line in lines { try await recordConsents(line) }
        try await announceForerunners(lines)
        return lines
    }

    /// 征得其同意 once more: having agreed to the ranking is not having agreed to be named as a forerunner.
    private func recordConsents(_ line: ForerunnerLine) async throws {
        let id = line.forerunnerListID
        let list = try await calls.call(.agency, "read/forerunners") { options throws(RPCStatus) in
            try await calls.ranking.getForerunnerList(.init(id: id), options: options)
        }
        let codes = Set(list.forerunners.compactMap { $0.enterprise?.creditCode }).sorted()
        // A record that went past this without it, as one of an earlier release, is left as it is.
        guard list.state == .computed, !codes.isEmpty else { return }
        let consents = codes.map { Papers.consent(of: $0, to: id, on: Plan.forerunnerConsents, given: true) }
        _ = try await calls.call(.agency, "f-consents/\(line.list.name)") { options throws(RPCStatus) in
            try await calls.ranking.recordConsents(
                .init(listId: id, consents: consents, resultDigest: list.digest), options: options)
        }
        on(
            Plan.forerunnerConsents, "3.2.4", zh: "征得入围企业同意列为“领跑者”：\(codes.count)家同意",
            en: "consents to be named as forerunners: \(codes.count) given")
    }

    private func recordEvidence(for candidates: [RankingAPI.Entry], of list: ListLine) async throws {
        let named = candidates.filter { $0.standing == .named }
        let evidence = RankingAPI.RecordEvidenceRequest(
            listId: list.listID, reports: named.flatMap(Papers.reports),
            supplements: named.map(Papers.supplement),
            commitments: named.map(Papers.commitment))
        _ = try await calls.call(.agency, "evidence/\(list.name)") { options throws(RPCStatus) in
            try await calls.ranking.recordEvidence(evidence, options: options)
        }
        on(
            Plan.evidence, "3.2.3", zh: "收到\(evidence.reports.count)份标准符合性报告、\(named.count)份补充信息和质量承诺",
            en:
                "\(evidence.reports.count) conformity reports, \(named.count) supplements and commitments"
        )
    }

    /// A prefix of the ranking as near to the target number as equal ranks allow; those without consent are
    /// skipped.
    private func choose(from candidates: [RankingAPI.Entry], of list: ListLine) async throws -> ForerunnerLine
    {
        let target = Int(list.scheme.forerunners?.targetNumber ?? 5)
        var chosen: [RankingAPI.Entry] = []
        var skips: [RankingAPI.Skip] = []
        for (rank, tied) in Papers.byRank(candidates) {
            let named = tied.filter { $0.standing == .named }
            if !chosen.isEmpty, chosen.count + named.count > max(target, 1) || rank > UInt32(candidates.count)
            {
                break
            }
            chosen += named
            skips += tied.filter { $0.standing != .named }.map {
                RankingAPI.Skip(entryKey: $0.key, code: "NO_CONSENT", reason: "企业未同意入榜")
            }
        }
        let request = RankingAPI.ChooseForerunnersRequest(
            listId: list.listID, number: UInt32(chosen.count),
            consumerChoice: "名单数量便于消费者比较选择", industryDevelopment: "与行业先进水平企业数量相当",
            declaredStandardCount: "约占公开标准数量的千分之一至百分之一", skips: skips)
        let receipt = try await calls.call(.agency, "choose/\(list.name)") { options throws(RPCStatus) in
            try await calls.ranking.chooseForerunners(request, options: options)
        }
        on(
            Plan.chosen, "3.2.3", zh: "确定“领跑者”\(chosen.count)个（目标\(target)个），注明三方面理由",
            en: "\(chosen.count) forerunners chosen (target \(target)), with a reason under each factor")
        return ForerunnerLine(list: list, forerunnerListID: receipt.id)
    }

    private func announceForerunners(_ lines: [ForerunnerLine]) async throws {
        try advance(to: Plan.forerunnersSubmitted)
        for line in lines {
            _ = try await calls.call(.agency, "f-submit/\(line.list.name)") { options throws(RPCStatus) in
                try await calls.ranking.submitForerunners(
                    .init(forerunnerListId: line.forerunnerListID, undertakings: Self.undertakings),
                    options: options)
            }
        }
        on(
            Plan.forerunnersSubmitted, "A2-2", zh: "按附件2-2报送“领跑者”评估结果",
            en: "forerunners submitted in the form of Annex 2-2")
        try advance(to: Plan.forerunnersReviewed)
        for line in lines {
            _ = try await calls.call(.workAgency, "f-review/\(line.list.name)") { options throws(RPCStatus) in
                try await calls.ranking.reviewForerunners(
                    .init(forerunnerListId: line.forerunnerListID, pass: true, opinion: "材料齐全"),
                    options: options)
            }
        }
        on(
            Plan.forerunnersReviewed, "3.2.4", zh: "“领跑者”名单形式审查通过",
            en: "form review of the forerunners passed")
        try advance(to: Plan.forerunnerNotice)
        for line in lines {
            _ = try await calls.call(.workAgency, "f-notice/\(line.list.name)") { options throws(RPCStatus) in
                try await calls.ranking.openForerunnerNotice(
                    .init(forerunnerListId: line.forerunnerListID), options: options)
            }
        }
        on(
            Plan.forerunnerNotice, "3.2.4", zh: "“领跑者”名单公示10个工作日",
            en: "forerunners under notice for ten working days")
        try advance(to: Plan.forerunnersPublished)
        for line in lines {
            _ = try await calls.call(.workAgency, "f-publish/\(line.list.name)") {
                options throws(RPCStatus) in
                try await calls.ranking.publishForerunners(
                    .init(forerunnerListId: line.forerunnerListID), options: options)
            }
        }
        on(Plan.forerunnersPublished, "3.2.4", zh: "发布企业标准“领跑者”名单", en: "forerunners published")
        for line in lines {
            try await publishElsewhere(line.forerunnerListID, on: Plan.forerunnersPublished)
        }
    }

    private func entries(of listID: String, upTo count: Int) async throws -> [RankingAPI.Entry] {
        try await page(of: listID, offset: 0, limit: count).entries
    }
}

/// The papers that a candidate enterprise of the demonstration hands in.
enum Papers {
    /// A laboratory report for each model, in which every declared core requirement was measured and met.
    static func reports(_ entry: RankingAPI.Entry) -> [RankingAPI.ConformityReport] {
        let measured = entry.indicators.compactMap { result -> RankingAPI.MeasuredValue? in
            let value = result.declared.drop { !"0123456789-+.yn是否有无".contains($0) }
            guard !value.isEmpty else { return nil }
            return RankingAPI.MeasuredValue(
                indicator: result.indicator, value: String(value), unit: result.unit)
        }
        return (entry.models.isEmpty ? [""] : entry.models).map { model in
            RankingAPI.ConformityReport(
                entryKey: entry.key, laboratory: "国家灯具质量检验检测中心（演示）", approval: "CMA-DEMO-0001",
                issuedOn: Plan.evidence.adding(days: -10).description,
                sha256: Digests.hex(of: "report/\(entry.key)/\(model)"), measured: measured, model: model)
        }
    }

    /// An enterprise's answer to being named on a list.
    static func consent(
        of code: String, to listID: String, on day: CivilDate, given: Bool
    ) -> RankingAPI.Consent {
        RankingAPI.Consent(
            enterpriseCode: code, given: given, givenBy: "联系人（演示）", evidence: "企业答复函（演示）",
            office: "标准化负责人", givenOn: day.description, sha256: Digests.hex(of: "consent/\(listID)/\(code)"))
    }

    static func supplement(_ entry: RankingAPI.Entry) -> RankingAPI.Supplement {
        RankingAPI.Supplement(
            entryKey: entry.key, text: "产品已量产，型号与声明一致（演示）",
            sha256: Digests.hex(of: "supplement/\(entry.key)"))
    }

    static func commitment(_ entry: RankingAPI.Entry) -> RankingAPI.QualityCommitment {
        RankingAPI.QualityCommitment(
            entryKey: entry.key, signedBy: "质量负责人（演示）", signedOn: Plan.evidence.description,
            text: "承诺产品持续符合声明公开的企业标准（演示）")
    }

    /// Entries grouped by rank, best first.
    static func byRank(_ entries: [RankingAPI.Entry]) -> [(UInt32, [RankingAPI.Entry])] {
        Dictionary(grouping: entries, by: \.rank).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
