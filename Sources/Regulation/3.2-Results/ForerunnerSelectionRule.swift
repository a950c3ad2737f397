/// The choice of forerunners (入围名单) from the annual ranking.
package struct ForerunnerSelection: Sendable, Hashable {
    /// The ranking's entries; any order.
    package var candidates: [ForerunnerCandidate]
    package var number: Int
    package var skips: [ForerunnerSkip]
    /// 便于消费者选择, 产业发展水平, 公开标准数量: why this number.
    package var consumerChoice: String
    package var industryDevelopment: String
    package var declaredStandardCount: String
    /// The number the scheme aims at.
    package var targetNumber: Int

    package init(
        candidates: [ForerunnerCandidate], number: Int, skips: [ForerunnerSkip], consumerChoice: String,
        industryDevelopment: String, declaredStandardCount: String, targetNumber: Int
    ) {
        self.candidates = candidates
        self.number = number
        self.skips = skips
        self.consumerChoice = consumerChoice
        self.industryDevelopment = industryDevelopment
        self.declaredStandardCount = declaredStandardCount
        self.targetNumber = targetNumber
    }

    /// The ranking without the entries passed over, best first, equal ranks in the order of their keys.
    var remaining: [ForerunnerCandidate] {
        let skipped = Set(skips.map(\.key))
        return candidates.filter { !skipped.contains($0.key) }
            .sorted { ($0.rank, $0.key) < ($1.rank, $1.key) }
    }

    /// The entries that become forerunners: the first `number` of what remains.
    package var chosen: [ForerunnerCandidate] { Array(remaining.prefix(max(0, number))) }
}

/// Forerunners are a prefix of the ranking; equal ranks go together, and passing somebody over needs a true
/// reason.
///
/// Regulation 3.2.3 ("领跑者"数量, 排名领先), R12 and R14: the number is a judgement on three factors, each with its
/// reason; zero is a number. Who lacks a paper, declines or is barred is passed over and the next moves up.
package struct ForerunnerSelectionRule: Rule {
    package static let citation = Citation("3.2.3", term: "排名领先")
    package static let numberCitation = Citation("3.2.3", term: "合理确定“领跑者”数量")

    package init() {}

    package func findings(in selection: ForerunnerSelection) -> [Finding] {
        numberFindings(selection) + skipFindings(selection) + prefixFindings(selection)
    }

    private func numberFindings(_ selection: ForerunnerSelection) -> [Finding] {
        var findings = ForerunnerFactors(
            consumerChoice: selection.consumerChoice, industryDevelopment: selection.industryDevelopment,
            declaredStandardCount: selection.declaredStandardCount
        ).findings(citing: Self.numberCitation, under: "")
        if selection.number < 0 {
            findings.append(
                Finding(
                    Self.numberCitation, code: "NUMBER_NEGATIVE", subject: "number",
                    zh: "数量不能为负", en: "the number is negative"))
        }
        if selection.number > selection.targetNumber {
            findings.append(
                Finding(
                    Self.numberCitation, .advice, code: "NUMBER_ABOVE_TARGET", subject: "number",
                    zh: "数量\(selection.number)超过方案的实施目标\(selection.targetNumber)",
                    en:
                        "\(selection.number) is above the scheme's target of \(selection.targetNumber)"
                ))
        }
        return findings
    }

    private func skipFindings(_ selection: ForerunnerSelection) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ skip: ForerunnerSkip, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: skip.key, zh: zh, en: en))
        }
        let byKey = Dictionary(
            selection.candidates.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for skip in selection.skips {
            if !seen.insert(skip.key).inserted {
                add("SKIP_REPEATED", skip, zh: "同一条目重复跳过", en: "the entry is passed over twice")
            }
            if skip.reason.isUnstated {
                add(
                    "SKIP_REASON_MISSING", skip, zh: "未说明跳过的理由",
                    en: "the reason for passing it over is missing")
            }
            guard let candidate = byKey[skip.key] else {
                add("SKIPPED_ENTRY_UNKNOWN", skip, zh: "排行榜中没有该条目", en: "the ranking has no such entry")
                continue
            }
            guard let code = skip.code else {
                add("SKIP_CODE_MISSING", skip, zh: "跳过的理由代码无效", en: "the reason has no valid code")
                continue
            }
            // Declining is the enterprise's word; everything else is on record and is compared with it.
            if code != .declined, !candidate.obstacles.contains(code) {
                add(
                    "SKIP_NOT_BORNE_OUT", skip, zh: "与记录不符：\(code.term)",
                    en: "the record does not bear out \(code.rawValue)")
            }
        }
        return findings
    }

    private func prefixFindings(_ selection: ForerunnerSelection) -> [Finding] {
        var findings: [Finding] = []
        let remaining = selection.remaining
        let chosen = selection.chosen
        if selection.number > remaining.count {
            findings.append(
                Finding(
                    Self.citation, code: "TOO_FEW_CANDIDATES", subject: "number",
                    zh: "可入围的条目只有\(remaining.count)个", en: "only \(remaining.count) entries remain"))
        }
        if let last = chosen.last, remaining.count > chosen.count, remaining[chosen.count].rank == last.rank {
            findings.append(
                Finding(
                    Self.citation, code: "EQUAL_RANKS_SPLIT", subject: "rank \(last.rank)",
                    zh: "第\(last.rank)名并列，须全部列入或全部不列入",
                    en: "rank \(last.rank) is shared; equal ranks are taken together or not at all"))
        }
        for candidate in chosen {
            for obstacle in candidate.obstacles {
                findings.append(
                    Finding(
                        Self.citation, code: "CHOSEN_\(obstacle.rawValue)", subject: candidate.key,
                        zh: "不能列入：\(obstacle.term)",
                        en: "the entry cannot be a forerunner: \(obstacle.rawValue)"))
            }
        }
        return findings
    }
}
