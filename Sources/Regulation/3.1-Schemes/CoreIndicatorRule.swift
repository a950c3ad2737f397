/// A ranking goes by core indicators that consumers care about or that better consumption needs.
///
/// Regulation 3.1.1 (核心指标) and A1 three, 3: there is at least one, and each says which of the two it is,
/// and why. The practice of the field has three or more; fewer are pointed out.
package struct CoreIndicatorRule: Rule {
    package static let citation = Citation("3.1.1", term: "核心指标")
    package static let countMin = 1
    /// Not the regulation's, but the field's.
    package static let countAdvised = 3

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        var findings: [Finding] = []
        let count = scheme.indicators.count { $0.kind == .core }
        if count < Self.countMin {
            findings.append(
                Finding(
                    Self.citation, code: "CORE_INDICATOR_MISSING", subject: "scheme.indicators",
                    zh: "方案没有核心指标", en: "the scheme has no core indicator"))
        } else if count < Self.countAdvised {
            findings.append(
                Finding(
                    Self.citation, .advice, code: "CORE_INDICATORS_FEW", subject: "scheme.indicators",
                    zh: "核心指标\(count)个，通常不少于\(Self.countAdvised)个",
                    en: "\(count) core indicators; \(Self.countAdvised) or more are usual"))
        }
        for (index, indicator) in scheme.indicators.enumerated() where indicator.kind == .core {
            let path = "scheme.indicators[\(index)]"
            if !indicator.isConsumerConcern, !indicator.isUpgradeNeed {
                findings.append(
                    Finding(
                        Self.citation, code: "CORE_INDICATOR_UNTAGGED", subject: path,
                        zh: "核心指标“\(indicator.name)”应为消费者高度关注或消费升级急需的指标",
                        en:
                            "“\(indicator.name)” is neither a consumers' concern nor an upgrade need"
                    ))
            }
            if indicator.reason.isUnstated {
                findings.append(
                    Finding(
                        Self.citation, code: "CORE_INDICATOR_REASON_MISSING", subject: "\(path).reason",
                        zh: "未说明选取核心指标“\(indicator.name)”的理由",
                        en: "the choice of core indicator “\(indicator.name)” is not reasoned"))
            }
        }
        return findings
    }
}
