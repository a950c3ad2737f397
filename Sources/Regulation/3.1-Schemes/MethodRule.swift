/// The method of a scheme can be carried out as data: its indicators, weights and order fit together.
///
/// Regulation 3.1.1 (评估方法). A list comes from its scheme alone (2.1.2), so a method that leaves anything
/// open would leave a rank open. `LimitsRule` looks at the limits of each indicator.
package struct MethodRule: Rule {
    package static let citation = Citation("3.1.1", term: "评估方法")

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        indicatorFindings(scheme) + weightFindings(scheme) + orderFindings(scheme)
            + innovationFindings(scheme)
    }

    private func indicatorFindings(_ scheme: EvaluationScheme) -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        for (index, indicator) in scheme.indicators.enumerated() {
            let path = "scheme.indicators[\(index)]"
            if indicator.code.isUnstated {
                findings.append(
                    Finding(
                        Self.citation, code: "INDICATOR_CODE_MISSING", subject: "\(path).code",
                        zh: "指标未编号", en: "the indicator has no code"))
            } else if !seen.insert(indicator.code).inserted {
                findings.append(
                    Finding(
                        Self.citation, code: "INDICATOR_CODE_REPEATED", subject: "\(path).code",
                        zh: "指标编号\(indicator.code)重复",
                        en: "indicator code \(indicator.code) is used twice"))
            }
            if indicator.name.isUnstated {
                findings.append(
                    Finding(
                        Self.citation, code: "INDICATOR_NAME_MISSING", subject: "\(path).name",
                        zh: "指标未命名", en: "the indicator has no name"))
            }
        }
        return findings
    }

    /// Weights count where a score is composed of them.
    private func weightFindings(_ scheme: EvaluationScheme) -> [Finding] {
        let ordersByScore = scheme.method.orderWithinGrade.contains(.weightedScore)
        let usesWeights =
            switch scheme.method.model {
            case .weighted, .tiered: true
            case .graded: ordersByScore
            }
        guard usesWeights else { return [] }
        return scheme.indicators.enumerated().compactMap { index, indicator in
            switch indicator.kind {
            case .core where indicator.weight <= .zero:
                Finding(
                    Self.citation, code: "WEIGHT_NOT_POSITIVE", subject: "scheme.indicators[\(index)].weight",
                    zh: "核心指标“\(indicator.name)”的权重应大于零",
                    en: "the weight of core indicator “\(indicator.name)” is not positive")
            case .innovative where indicator.weight < .zero, .basic where indicator.weight < .zero:
                Finding(
                    Self.citation, code: "WEIGHT_NEGATIVE", subject: "scheme.indicators[\(index)].weight",
                    zh: "指标“\(indicator.name)”的权重不能为负",
                    en: "the weight of indicator “\(indicator.name)” is negative")
            case .core, .innovative, .basic:
                nil
            }
        }
    }

    private func orderFindings(_ scheme: EvaluationScheme) -> [Finding] {
        let codes = Set(scheme.indicators.map(\.code))
        return scheme.method.orderWithinGrade.enumerated().compactMap { index, key in
            guard case .indicator(let code) = key, !codes.contains(code) else { return nil }
            return Finding(
                Self.citation, code: "ORDER_KEY_UNKNOWN",
                subject: "scheme.method.orderWithinGrade[\(index)].indicator",
                zh: "排序所依据的指标“\(code)”不存在", en: "the list is ordered by “\(code)”, which is no indicator")
        }
    }

    private func innovationFindings(_ scheme: EvaluationScheme) -> [Finding] {
        let count = scheme.indicators.count { $0.kind == .innovative }
        let minima = [
            ("innovativeAdvancedMin", scheme.method.innovativeAdvancedMin),
            ("innovativeAverageMin", scheme.method.innovativeAverageMin),
        ]
        return minima.filter { $0.1 > count }.map { field, minimum in
            Finding(
                Self.citation, code: "INNOVATIVE_MIN_UNREACHABLE", subject: "scheme.method.\(field)",
                zh: "要求\(minimum)个创新性指标达标，方案只有\(count)个",
                en: "\(minimum) innovative indicators are required, the scheme has \(count)")
        }
    }
}
