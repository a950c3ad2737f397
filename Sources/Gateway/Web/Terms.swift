import Contracts
import Regulation

// The field's Chinese words for the states and kinds shown on pages.

enum Terms {
    static func notice(_ kind: String) -> String {
        switch kind {
        case "SCHEME": "评估方案"
        case "RANKING": "排行榜"
        case "FORERUNNER": "领跑者名单"
        default: kind
        }
    }

    static func link(of notice: CommonAPI.Notice) -> String {
        switch notice.kind {
        case "RANKING": "/lists/\(notice.subjectId)"
        case "FORERUNNER": "/forerunners#\(notice.subjectId)"
        default: "/schemes"
        }
    }

    static func state(_ state: RankingAPI.ListState) -> String {
        switch state {
        case .computed: "已计算"
        case .submitted: "已报送"
        case .returned: "已退回"
        case .reviewed: "形式审查通过"
        case .underNotice: "公示中"
        case .published: "已发布"
        case .withdrawn: "已撤回"
        case .unspecified, .unrecognized: ""
        }
    }

    static func level(_ level: RankingAPI.Level) -> (name: String, style: String) {
        switch level {
        case .advanced: ("先进", "advanced")
        case .average: ("平均", "average")
        case .baseline: ("基准", "baseline")
        case .below: ("低于基准", "none")
        case .notApplicable: ("不适用", "none")
        case .missing: ("未声明", "none")
        case .unspecified, .unrecognized: ("—", "none")
        }
    }

    /// A declared or limiting value as shown: yes and no are words of the data.
    static func value(_ written: String) -> String {
        switch written {
        case "yes": "是"
        case "no": "否"
        default: written
        }
    }

    /// Why standards are left out, in a phrase; the rule's own term where the code is not known here.
    static func exclusion(_ code: String, term: String) -> String {
        switch code {
        case "OUT_OF_SCOPE": "不属于评估范围"
        case "NOT_DECLARED": "截止日前未声明公开"
        case "NOT_IN_FORCE": "截止日时不是现行标准"
        case "MALFORMED": "声明内容不规范"
        case "BREAKS_MANDATORY": "违反强制性标准"
        case "BASIC_FAILED": "基础指标不合格"
        case "MISSING_CORE": "缺少核心指标"
        case "LOOSER_THAN_LEGAL": "核心指标低于国家标准或行业标准"
        case "NOWHERE_STRICTER": "核心指标均未严于国家标准和行业标准"
        case "NOT_SERIES_PRODUCED": "产品未批量生产"
        case "NOT_WIDELY_OFFERED": "服务未普遍提供"
        case "BARRED": "企业在三年限制期内"
        case "BLACKLISTED": "企业在黑名单内"
        case "BELOW_BASELINE": "未达到基准水平"
        default: term.isEmpty ? code : term
        }
    }

    static func standing(_ standing: RankingAPI.EntryStanding) -> String {
        switch standing {
        case .named: ""
        case .consentNotGiven: "企业未同意，不具名"
        case .heldBack: "异议处理中，暂缓发布"
        case .removed: "异议成立，已移出"
        case .unspecified, .unrecognized: ""
        }
    }

    static func change(_ kind: RankingAPI.ChangeKind) -> (name: String, style: String) {
        switch kind {
        case .entered: ("新入榜", "advanced")
        case .left: ("退出", "demanded")
        case .movedUp: ("上升", "average")
        case .movedDown: ("下降", "baseline")
        case .values: ("数值变化", "none")
        case .unspecified, .unrecognized: ("", "none")
        }
    }

    static func input(_ name: String) -> String {
        switch name {
        case "SCHEME": "评估方案"
        case "SNAPSHOT": "标准快照"
        case "STANDING": "限制名单"
        case "RESULT": "结果"
        default: name
        }
    }

    static func model(_ name: String) -> String {
        if name.hasSuffix("GRADED") { return "质量分级（基准、平均、先进）" }
        if name.hasSuffix("WEIGHTED") { return "加权综合得分" }
        if name.hasSuffix("TIERED") { return "分档综合" }
        return name
    }

    static func period(_ period: RankingAPI.Period?) -> String {
        guard let period else { return "" }
        return period.quarter == 0 ? "\(period.year)年度" : "\(period.year)年第\(period.quarter)季度"
    }

    static func state(_ state: ComplianceAPI.TitleState) -> (name: String, style: String) {
        switch state {
        case .valid: ("有效", "valid")
        case .cancellationDemanded: ("已要求取消", "demanded")
        case .cancelled: ("已取消", "cancelled")
        case .expired: ("已到期", "expired")
        case .unspecified, .unrecognized: ("—", "expired")
        }
    }

    static func causes(_ causes: [ComplianceAPI.Cause]) -> String {
        causes.compactMap { ExitCause(rawValue: Int($0.rawValue)) }
            .map { "（\($0.number)）\($0.term)" }.joined(separator: "；")
    }

    /// What an objection is about; entries that are not named stay so.
    static func target(_ objection: CommonAPI.Objection) -> String {
        if objection.entries.isEmpty { return "整个榜单" }
        return objection.entries.map { $0.contains("/") ? $0 : "不具名的一项" }.joined(separator: "、")
    }

    static func outcome(_ objection: CommonAPI.Objection) -> String {
        let reason = objection.decisionReason.isEmpty ? "" : "：\(objection.decisionReason)"
        return switch objection.state {
        case .received: "处理中"
        case .opinionGiven: "已评议，待决定"
        case .rejected: "不成立\(reason)"
        case .upheld: "成立\(reason)"
        case .amend: "修改后重新公示\(reason)"
        case .unspecified, .unrecognized: ""
        }
    }

    static func kind(_ kind: EvaluationAPI.IndicatorKind) -> String {
        switch kind {
        case .basic: "基础指标"
        case .core: "核心指标"
        case .innovative: "创新性指标"
        case .unspecified, .unrecognized: ""
        }
    }

    static func condition(_ condition: EvaluationAPI.Condition) -> String {
        let test =
            switch condition.test {
            case .equals: "="
            case .differs: "≠"
            case .atLeast: "≥"
            case .atMost: "≤"
            case .above: ">"
            case .below: "<"
            case .present: "已声明"
            case .unspecified, .unrecognized: "?"
            }
        return "\(condition.attribute) \(test) \(condition.value)"
    }

    static func limit(_ limit: EvaluationAPI.Limit?, _ direction: EvaluationAPI.Direction) -> String {
        guard let limit else { return "—" }
        return switch direction {
        case .lower: (limit.strict ? "< " : "≤ ") + limit.value
        case .higher: (limit.strict ? "> " : "≥ ") + limit.value
        case .interval: "\(limit.value) … \(limit.upper)"
        case .yesNo: value(limit.value)
        case .ordinal, .unspecified, .unrecognized: limit.value
        }
    }

    static func relation(_ declaration: StandardsAPI.Declaration) -> String {
        let sign =
            switch declaration.relation {
            case .atMost: "≤ "
            case .below: "< "
            case .atLeast: "≥ "
            case .above: "> "
            case .equal, .unspecified, .unrecognized: ""
            }
        let upper = declaration.upper.isEmpty ? "" : " … \(declaration.upper)"
        return "\(sign)\(value(declaration.value))\(upper) \(declaration.unit)"
    }
}
