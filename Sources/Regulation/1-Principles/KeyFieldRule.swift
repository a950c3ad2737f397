/// A key field (重点领域) as its authority is about to determine and publish it.
package struct KeyFieldProposal: Sendable, Hashable {
    package var code: String
    package var name: String
    package var year: Int
    /// 企业标准自我声明公开情况.
    package var declaredStandards: String
    /// 消费者关注程度.
    package var consumerConcern: String
    /// 标准对产品和服务质量提升效果.
    package var qualityEffect: String
    /// 企业产品和服务差别化程度.
    package var differentiation: String

    package init(
        code: String, name: String, year: Int, declaredStandards: String, consumerConcern: String,
        qualityEffect: String, differentiation: String
    ) {
        self.code = code
        self.name = name
        self.year = year
        self.declaredStandards = declaredStandards
        self.consumerConcern = consumerConcern
        self.qualityEffect = qualityEffect
        self.differentiation = differentiation
    }
}

/// A key field is determined for one year, and each of the four considerations is stated.
///
/// Regulation 1 (重点领域). The considerations are weighed by people; the rule sees to it that none is left out.
package struct KeyFieldRule: Rule {
    package static let citation = Citation("1", term: "重点领域")
    /// The year the programme began; a key field of an earlier year is a slip of the pen.
    package static let yearMin = 2018

    package init() {}

    package func findings(in field: KeyFieldProposal) -> [Finding] {
        var findings: [Finding] = []
        if field.code.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "KEY_FIELD_CODE_MISSING", subject: "keyField.code",
                    zh: "重点领域未编号", en: "the key field has no code"))
        }
        if field.name.isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "KEY_FIELD_NAME_MISSING", subject: "keyField.name",
                    zh: "重点领域未命名", en: "the key field has no name"))
        }
        if field.year < Self.yearMin {
            findings.append(
                Finding(
                    Self.citation, code: "KEY_FIELD_YEAR_MISSING", subject: "keyField.year",
                    zh: "未写明重点领域的年度（\(Self.yearMin)年及以后）",
                    en: "the key field has no year of \(Self.yearMin) or later"))
        }
        for consideration in Consideration.allCases where field[keyPath: consideration.text].isUnstated {
            findings.append(
                Finding(
                    Self.citation, code: "CONSIDERATION_MISSING",
                    subject: "keyField.\(consideration.rawValue)",
                    zh: "未说明\(consideration.term)", en: "\(consideration.words) is not stated"))
        }
        return findings
    }

    /// The four considerations, in the regulation's order.
    enum Consideration: String, CaseIterable {
        case declaredStandards, consumerConcern, qualityEffect, differentiation

        var text: KeyPath<KeyFieldProposal, String> {
            switch self {
            case .declaredStandards: \.declaredStandards
            case .consumerConcern: \.consumerConcern
            case .qualityEffect: \.qualityEffect
            case .differentiation: \.differentiation
            }
        }

        var term: String {
            switch self {
            case .declaredStandards: "企业标准自我声明公开情况"
            case .consumerConcern: "消费者关注程度"
            case .qualityEffect: "标准对产品和服务质量提升效果"
            case .differentiation: "企业产品和服务差别化程度"
            }
        }

        var words: String {
            switch self {
            case .declaredStandards: "the state of declared standards"
            case .consumerConcern: "the concern of consumers"
            case .qualityEffect: "the effect of standards on quality"
            case .differentiation: "how far products and services differ"
            }
        }
    }
}
