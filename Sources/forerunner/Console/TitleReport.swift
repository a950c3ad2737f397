import Credentials
import Transparency

/// A verdict over a title, for people and for programs.
struct TitleReport {
    private let verdict: TitleVerdict
    private let language: Language

    init(_ verdict: TitleVerdict, _ language: Language) {
        self.verdict = verdict
        self.language = language
    }

    func tell() {
        if let claims = verdict.claims {
            Console.result(
                [
                    claims.titleID, claims.enterprise.name, claims.enterprise.creditCode, claims.product,
                    claims.standard, claims.models.joined(separator: ", "),
                ].joined(separator: "\t"))
        }
        for check in verdict.checks {
            let words = Self.words(check.outcome, language)
            Console.result("\(mark(check.outcome))  \(name(check.subject))\t\(words)")
        }
    }

    private func name(_ subject: TitleVerdict.Subject) -> String {
        switch subject {
        case .signature: language.pick(zh: "签名", en: "signature")
        case .time: language.pick(zh: "有效期", en: "validity")
        case .status: language.pick(zh: "状态", en: "status")
        case .log: language.pick(zh: "公开日志", en: "public log")
        }
    }

    private func mark(_ outcome: TitleVerdict.Outcome) -> String {
        switch outcome {
        case .passed: language.pick(zh: "通过", en: "ok")
        case .failed: language.pick(zh: "不符", en: "NO")
        case .unknown: language.pick(zh: "未知", en: "? ")
        }
    }

    private static func words(_ outcome: TitleVerdict.Outcome, _ language: Language) -> String {
        switch outcome {
        case .passed(let reason), .failed(let reason), .unknown(let reason):
            TitleWords(language: language).text(reason)
        }
    }

    private static func word(_ outcome: TitleVerdict.Outcome) -> String {
        switch outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }

    /// Stable, for scripts.
    static func json(_ verdict: TitleVerdict) -> CanonicalJSON {
        var members: JSONMembers = [
            "conclusion": .text(verdict.conclusion.rawValue),
            "checks": .list(
                verdict.checks.map { check in
                    .object([
                        "subject": .text(check.subject.rawValue), "outcome": .text(word(check.outcome)),
                        "reason": .text(words(check.outcome, .en)),
                    ])
                }),
        ]
        members["claims"] = verdict.claims?.json
        return .object(members)
    }
}
