/// An enterprise standard is in proper form: an enterprise standard's number, a name, its models, and
/// requirements that can be read.
///
/// Regulation 3.2.2 (格式规范). A requirement on one of the scheme's indicators cannot be read when it sets
/// no limit in the indicator's direction (`Declaration.requirement(in:)`).
package struct FormGate: Rule {
    package static let code = "MALFORMED"
    package static let citation = Citation("3.2.2", term: "格式规范")

    package init() {}

    package func findings(in candidate: Candidate) -> [Finding] {
        let unreadable = candidate.judgements.filter(\.hasUnreadable).map {
            Self.finding(unreadable: $0.indicator)
        }
        return Self.headFindings(candidate.standard) + unreadable
    }

    /// What can be said of number, name and models.
    package static func headFindings(_ standard: DeclaredStandard) -> [Finding] {
        var findings: [Finding] = []
        if standard.number.kind != .enterprise {
            findings.append(
                Finding(
                    citation, code: code, subject: standard.number.text, zh: "编号“\(standard.number)”不是企业标准编号",
                    en: "“\(standard.number)” is not the number of an enterprise standard"))
        }
        if standard.name.isUnstated {
            findings.append(
                Finding(citation, code: code, subject: "name", zh: "标准没有名称", en: "the standard has no name"))
        }
        if !isNamed(standard.models) {
            findings.append(
                Finding(citation, code: code, subject: "models", zh: "未写明产品型号", en: "a model is not named"))
        }
        return findings
    }

    /// Whether there is nothing to find in number, name and models.
    package static func isHeadSound(_ number: StandardNumber, _ name: String, _ models: [String]) -> Bool {
        number.kind == .enterprise && !name.isUnstated && isNamed(models)
    }

    private static func isNamed(_ models: [String]) -> Bool {
        !models.isEmpty && !models.contains(where: \.isUnstated)
    }

    package static func finding(unreadable indicator: Indicator) -> Finding {
        Finding(
            citation, code: code, subject: indicator.code, zh: "指标“\(indicator.name)”的要求无法判读",
            en: "the requirement on “\(indicator.name)” cannot be read")
    }
}
