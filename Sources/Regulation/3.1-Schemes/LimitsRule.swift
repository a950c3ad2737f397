/// The limits of every indicator are there, are of the indicator's kind, rise from baseline to advanced,
/// and never allow what the law forbids.
///
/// Regulation 3.1.1 (评估方法) and 3.2.2 (严于国家标准和行业标准). A core indicator has all three levels; an innovative
/// one has an advanced level, and an average one where the method asks for it; a basic one has something to
/// pass.
package struct LimitsRule: Rule {
    package static let citation = Citation("3.1.1", term: "指标水平")
    package static let legalCitation = Citation("3.2.2", term: "严于国家标准和行业标准")

    package init() {}

    package func findings(in scheme: EvaluationScheme) -> [Finding] {
        var findings: [Finding] = []
        for (index, indicator) in scheme.indicators.enumerated() {
            let path = "scheme.indicators[\(index)]"
            findings += gradeFindings(indicator, path)
            if indicator.variants.isEmpty {
                findings.append(
                    Finding(
                        Self.citation, code: "INDICATOR_WITHOUT_LIMITS", subject: "\(path).variants",
                        zh: "指标“\(indicator.name)”没有水平要求",
                        en: "indicator “\(indicator.name)” has no limits"))
            }
            for (number, variant) in indicator.variants.enumerated() {
                let place = "\(path).variants[\(number)]"
                findings += presenceFindings(indicator, variant, scheme.method, place)
                let kinds = kindFindings(indicator, variant, place)
                // Limits of the wrong kind have no order.
                findings += kinds.isEmpty ? orderFindings(indicator, variant, place) : kinds
                let fitsAll = variant.testMethod.isEmpty && variant.conditions.isEmpty
                if fitsAll, number + 1 < indicator.variants.count {
                    findings.append(
                        Finding(
                            Self.citation, .advice, code: "VARIANT_UNREACHABLE", subject: place,
                            zh: "该项无条件适用，其后的各项不会被采用",
                            en: "this variant fits everything, so the ones after it are never used"))
                }
            }
        }
        return findings
    }

    private func gradeFindings(_ indicator: Indicator, _ path: String) -> [Finding] {
        guard case .ordinal(let grades) = indicator.direction else { return [] }
        if grades.isEmpty {
            return [
                Finding(
                    Self.citation, code: "GRADES_MISSING", subject: "\(path).grades",
                    zh: "等级型指标“\(indicator.name)”未列出等级",
                    en: "ordinal indicator “\(indicator.name)” does not list its grades")
            ]
        }
        guard Set(grades).count != grades.count else { return [] }
        return [
            Finding(
                Self.citation, code: "GRADE_REPEATED", subject: "\(path).grades",
                zh: "指标“\(indicator.name)”的等级重复", en: "a grade of “\(indicator.name)” is listed twice")
        ]
    }

    private func presenceFindings(
        _ indicator: Indicator, _ variant: Variant, _ method: Method, _ place: String
    ) -> [Finding] {
        let needed: [(field: String, isThere: Bool)] =
            switch indicator.kind {
            case .core:
                [
                    ("baseline", variant.baseline != nil), ("average", variant.average != nil),
                    ("advanced", variant.advanced != nil),
                ]
            case .innovative:
                [
                    ("average", variant.average != nil || method.innovativeAverageMin == 0),
                    ("advanced", variant.advanced != nil),
                ]
            case .basic:
                [("baseline", variant.baseline != nil || variant.legal != nil)]
            }
        var findings = needed.filter { !$0.isThere }.map { field, _ in
            Finding(
                Self.citation, code: "LIMIT_MISSING", subject: "\(place).\(field)",
                zh: "指标“\(indicator.name)”缺少水平要求", en: "“\(indicator.name)” lacks its \(field) limit")
        }
        if variant.legal != nil, variant.legalSource.isUnstated {
            findings.append(
                Finding(
                    Self.legalCitation, code: "LEGAL_SOURCE_MISSING", subject: "\(place).legalSource",
                    zh: "未注明限值所依据的国家标准或行业标准",
                    en: "the national or industry standard of the legal limit is not named"))
        }
        return findings
    }

    private func kindFindings(_ indicator: Indicator, _ variant: Variant, _ place: String) -> [Finding] {
        variant.namedLimits.compactMap { field, limit in
            let subject = "\(place).\(field)"
            switch (indicator.direction, limit.value) {
            case (.lower, .number), (.higher, .number), (.yesNo, .flag):
                return nil
            case (.interval, .interval(let low, let high)):
                guard low > high else { return nil }
                return Finding(
                    Self.citation, code: "INTERVAL_REVERSED", subject: subject,
                    zh: "区间下限大于上限", en: "the interval's lower end is above its upper end")
            case (.ordinal(let grades), .word(let word)):
                guard !grades.contains(word) else { return nil }
                return Finding(
                    Self.citation, code: "GRADE_UNKNOWN", subject: subject,
                    zh: "“\(word)”不在列出的等级中", en: "“\(word)” is not one of the grades listed")
            case (.lower, _), (.higher, _), (.interval, _), (.ordinal, _), (.yesNo, _):
                return Finding(
                    Self.citation, code: "LIMIT_KIND_WRONG", subject: subject,
                    zh: "水平要求的类型与指标“\(indicator.name)”的方向不符",
                    en: "the limit's kind does not fit the direction of “\(indicator.name)”")
            }
        }
    }

    private func orderFindings(_ indicator: Indicator, _ variant: Variant, _ place: String) -> [Finding] {
        var findings: [Finding] = []
        let levels = variant.namedLimits.filter { $0.field != "legal" }
        for (lower, upper) in zip(levels, levels.dropFirst())
        where LimitOrder.isAtLeastAsStrict(upper.limit, as: lower.limit, indicator.direction) == false {
            findings.append(
                Finding(
                    Self.citation, code: "LIMITS_OUT_OF_ORDER", subject: "\(place).\(upper.field)",
                    zh: "指标“\(indicator.name)”的水平未由低到高（基准、平均、先进）",
                    en:
                        "“\(indicator.name)”: \(upper.field) asks for less than \(lower.field)"
                ))
        }
        if let legal = variant.legal, let lowest = levels.first,
            LimitOrder.isAtLeastAsStrict(lowest.limit, as: legal, indicator.direction) == false
        {
            findings.append(
                Finding(
                    Self.legalCitation, code: "LIMIT_LOOSER_THAN_LEGAL", subject: "\(place).\(lowest.field)",
                    zh: "指标“\(indicator.name)”的最低水平宽于国家标准或行业标准",
                    en: "the lowest level of “\(indicator.name)” is looser than the legal limit"))
        }
        return findings
    }
}

extension Variant {
    /// The limits there are, legal first, then from baseline to advanced.
    fileprivate var namedLimits: [(field: String, limit: Limit)] {
        let all: [(field: String, limit: Limit?)] = [
            ("legal", legal), ("baseline", baseline), ("average", average), ("advanced", advanced),
        ]
        return all.compactMap { field, limit in limit.map { (field, $0) } }
    }
}
