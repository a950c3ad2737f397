/// A scheme answers the points of the form's outline.
///
/// Regulation A1 three (评估方案提纲) and 5.3 (吸纳消费者意见). The headings themselves are `SchemeContentsRule`'s.
package struct SchemeOutlineRule: Rule {
    package static let citation = Citation("A1", term: "评估方案提纲")
    package static let consumerCitation = Citation("5.3", term: "吸纳消费者意见")

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        var points: [(path: String, text: String, term: String)] = [
            ("scheme.purpose.presentLevel", scheme.purpose.presentLevel, "企业标准现有水平"),
            ("scheme.purpose.microAim", scheme.purpose.microAim, "微观目的"),
            ("scheme.purpose.macroAim", scheme.purpose.macroAim, "宏观目的"),
            ("scheme.scope.category", scheme.scope.category, "公共服务平台的产品或服务分类"),
            ("scheme.verification", scheme.verification, "评估结果验证要求"),
            ("scheme.consistency", scheme.consistency, "产品或服务与企业标准一致性的说明"),
        ]
        for (index, item) in scheme.scope.items.enumerated() {
            let path = "scheme.scope.items[\(index)]"
            points += [
                ("\(path).name", item.name, "产品名称"), ("\(path).definition", item.definition, "产品定义"),
                ("\(path).applicability", item.applicability, "适用范围说明"),
                ("\(path).standards", item.standards.joined(), "执行的相关标准"),
            ]
        }
        var findings = points.filter { $0.text.isUnstated }.map { path, _, term in
            Finding(
                Self.citation, code: "OUTLINE_POINT_MISSING", subject: path, zh: "方案未写明\(term)",
                en: "the outline's point is not answered: \(path)")
        }
        if scheme.mandatoryStandards.isEmpty {
            findings.append(
                Finding(
                    Self.citation, .advice, code: "MANDATORY_STANDARDS_NONE",
                    subject: "scheme.mandatoryStandards",
                    zh: "方案未列出须符合的强制性标准", en: "the scheme names no mandatory standard to comply with"))
        }
        if scheme.consumerInput.isUnstated {
            findings.append(
                Finding(
                    Self.consumerCitation, code: "CONSUMER_INPUT_MISSING", subject: "scheme.consumerInput",
                    zh: "未说明如何吸纳消费者的意见和建议",
                    en: "it is not said how consumers' suggestions were taken in"))
        }
        return findings
    }
}
