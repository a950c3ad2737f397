/// The eight parts that a scheme has at least, in the regulation's order.
package enum SchemePart: String, Sendable, Hashable, CaseIterable {
    case purpose, scope, coreIndicators, methodAndCycle, enterpriseInformation, rankingFormation
    case forerunnerDetermination, objectives

    package var term: String {
        switch self {
        case .purpose: "评估目的"
        case .scope: "产品和服务范围"
        case .coreIndicators: "评估核心指标"
        case .methodAndCycle: "评估方法及周期"
        case .enterpriseInformation: "企业相关信息"
        case .rankingFormation: "企业标准排行榜形成机制"
        case .forerunnerDetermination: "企业标准领跑者确定机制"
        case .objectives: "实施目标"
        }
    }

    /// Path of the part in an application.
    package var path: String {
        switch self {
        case .purpose: "scheme.purpose"
        case .scope: "scheme.scope"
        case .coreIndicators: "scheme.indicators"
        case .methodAndCycle: "scheme.methodStatement"
        case .enterpriseInformation: "scheme.enterpriseInformation"
        case .rankingFormation: "scheme.rankingFormation"
        case .forerunnerDetermination: "scheme.forerunners"
        case .objectives: "scheme.objectives"
        }
    }
}

/// A scheme has a title and says something under each of the eight headings.
///
/// Regulation 3.1.1 (评估方案). What has to be said under a heading is the matter of the other rules on schemes
/// and of A1.
package struct SchemeContentsRule: Rule {
    package static let citation = Citation("3.1.1", term: "评估方案")

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        var findings: [Finding] = []
        if scheme.title.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_TITLE_MISSING", subject: "scheme.title",
                    zh: "方案没有名称", en: "the scheme has no title"))
        }
        for part in SchemePart.allCases where Self.isMissing(part, in: scheme) {
            findings.append(
                Finding(
                    Self.citation, code: "SCHEME_PART_MISSING", subject: part.path,
                    zh: "方案缺少\(part.term)", en: "the scheme lacks this part: \(part.rawValue)"))
        }
        return findings
    }

    private static func isMissing(_ part: SchemePart, in scheme: EvaluationScheme) -> Bool {
        switch part {
        case .purpose:
            scheme.purpose.presentLevel.isUnstated && scheme.purpose.microAim.isUnstated
                && scheme.purpose.macroAim.isUnstated
        case .scope: scheme.scope.items.isEmpty
        case .coreIndicators: scheme.indicators.isEmpty
        case .methodAndCycle: scheme.methodStatement.isUnstated
        case .enterpriseInformation: scheme.enterpriseInformation.isUnstated
        case .rankingFormation: scheme.rankingFormation.isUnstated
        case .forerunnerDetermination:
            scheme.forerunners.consumerChoice.isUnstated && scheme.forerunners.industryDevelopment.isUnstated
                && scheme.forerunners.declaredStandardCount.isUnstated
        case .objectives: scheme.objectives.isUnstated
        }
    }
}
