import Contracts
import Regulation
import Wire

/// One evaluation scheme on its way through section 3.1.
struct SchemeLine: Sendable {
    let name: String
    let scheme: EvaluationAPI.EvaluationScheme
    let applicationID: String
}

struct PublishedLine: Sendable {
    let name: String
    let scheme: EvaluationAPI.EvaluationScheme
    let schemeID: String
}

// Section 1 and 3.1: key field, call, application, review, notice, publication.
extension RegulatedYear {
    func openCall() async throws -> String {
        try advance(to: Plan.keyFieldPublished)
        let keyField = SchemeAPI.KeyField(
            code: Plan.keyField, name: "照明电器（LED灯）", year: 2025,
            declaredStandards: "照明电器类企业标准自我声明公开数量大，指标齐全，可以比较",
            consumerConcern: "光效、寿命、显色性为消费者选购时的主要关注点",
            qualityEffect: "标准指标直接决定能耗、光品质与使用寿命",
            differentiation: "同类产品光效与寿命差别明显，有排行意义",
            plans: ["《消费品标准和质量提升规划(2016-2020年)》"])
        _ = try await calls.call(.authority, "key-field") { options throws(RPCStatus) in
            try await calls.scheme.publishKeyField(.init(keyField: keyField), options: options)
        }
        on(
            Plan.keyFieldPublished, "1", zh: "公布重点领域 \(Plan.keyField) \(keyField.name)",
            en: "key field \(Plan.keyField) published")

        try advance(to: Plan.callOpened)
        for expert in Cast.experts {
            _ = try await calls.call(.workAgency, "expert/\(expert.id)") { options throws(RPCStatus) in
                try await calls.scheme.enrolExpert(.init(expert: expert), options: options)
            }
        }
        on(
            Plan.callOpened, "2.1.3", zh: "专家委员会入库专家\(Cast.experts.count)名",
            en: "\(Cast.experts.count) experts enrolled in the committee")
        let opened = try await calls.call(.workAgency, "call") { options throws(RPCStatus) in
            try await calls.scheme.openCall(
                .init(
                    keyField: Plan.keyField, conditions: "具有独立法人资格的专业技术机构；评估方案按附件1编制",
                    deadline: Plan.callDeadline.description), options: options)
        }
        on(
            Plan.callOpened, "3.1.1", zh: "公开征集评估方案，截止\(Plan.callDeadline)",
            en: "call opened, deadline \(Plan.callDeadline)")
        return opened.id
    }

    /// Applications: one per scheme, and a hasty one that the form review stops.
    func prepare(callID: String) async throws -> [SchemeLine] {
        try advance(to: Plan.applied)
        var lines: [SchemeLine] = []
        for name in schemeNames {
            let scheme = try BundledData.scheme(name)
            let receipt = try await calls.call(.agency, "apply/\(name)") { options throws(RPCStatus) in
                try await calls.scheme.submitApplication(
                    Annex1.application(callID: callID, agency: Cast.agency, scheme: scheme), options: options)
            }
            lines.append(SchemeLine(name: name, scheme: scheme, applicationID: receipt.id))
            on(
                Plan.applied, "3.1.1", zh: "\(Cast.agency.name)提交《\(scheme.title)》",
                en: "application submitted: \(scheme.title)")
        }
        var hasty = Annex1.application(callID: callID, agency: Cast.hastyAgency, scheme: lines[0].scheme)
        hasty.scheme?.verification = ""
        hasty.undertakings?.noFee = false
        let receipt = try await calls.call(.hastyAgency, "apply/hasty") { [hasty] options throws(RPCStatus) in
            try await calls.scheme.submitApplication(hasty, options: options)
        }
        on(
            Plan.applied, "3.1.1", zh: "\(Cast.hastyAgency.name)提交材料不全的申请",
            en: "an incomplete application arrives from another agency")
        try await failForm(of: receipt.id)
        return lines
    }

    private func failForm(of applicationID: String) async throws {
        try advance(to: Plan.formReviewed)
        try await tryInVain(
            .workAgency, "form/hasty/pass", on: Plan.formReviewed, refusedWith: "UNDERTAKING_MISSING"
        ) { options throws(RPCStatus) in
            try await calls.scheme.reviewForm(
                .init(applicationId: applicationID, pass: true, opinion: "通过"), options: options)
        }
        _ = try await calls.call(.workAgency, "form/hasty/fail") { options throws(RPCStatus) in
            try await calls.scheme.reviewForm(
                .init(applicationId: applicationID, pass: false, opinion: "缺评估结果验证要求，未承诺不收费，不予通过"),
                options: options)
        }
        on(
            Plan.formReviewed, "3.1.2", zh: "形式审查未通过，不再进行专家审核",
            en: "its form review fails; there is no expert review")
    }

    func review(_ lines: [SchemeLine]) async throws {
        for line in lines {
            _ = try await calls.call(.workAgency, "form/\(line.name)") { options throws(RPCStatus) in
                try await calls.scheme.reviewForm(
                    .init(applicationId: line.applicationID, pass: true, opinion: "材料齐全，形式审查通过"),
                    options: options)
            }
        }
        on(
            Plan.formReviewed, "3.1.2", zh: "\(lines.count)份评估方案形式审查通过",
            en: "\(lines.count) schemes pass the form review")
        try advance(to: Plan.panelAppointed)
        try await refuseBadPanels(for: lines[0])
        for line in lines { try await conclude(line) }
        on(
            Plan.panelConcluded, "3.1.2", zh: "评审专家组（\(Cast.panel.count)人）形成评审意见，一致通过",
            en: "panels of \(Cast.panel.count) conclude: pass")
    }

    private func refuseBadPanels(for line: SchemeLine) async throws {
        try await tryInVain(
            .workAgency, "panel/\(line.name)/four", on: Plan.panelAppointed, refusedWith: "TOO_FEW_EXPERTS"
        ) { options throws(RPCStatus) in
            try await calls.scheme.appointPanel(
                .init(applicationId: line.applicationID, expertIds: Array(Cast.panel.prefix(4))),
                options: options)
        }
        try await tryInVain(
            .workAgency, "panel/\(line.name)/conflict", on: Plan.panelAppointed,
            refusedWith: "EXPERT_FROM_DRAFTING_BODY"
        ) { options throws(RPCStatus) in
            try await calls.scheme.appointPanel(
                .init(applicationId: line.applicationID, expertIds: Cast.panel + [Cast.conflicted]),
                options: options)
        }
    }

    private func conclude(_ line: SchemeLine) async throws {
        try advance(to: Plan.panelAppointed)
        _ = try await calls.call(.workAgency, "panel/\(line.name)") { options throws(RPCStatus) in
            try await calls.scheme.appointPanel(
                .init(applicationId: line.applicationID, expertIds: Cast.panel), options: options)
        }
        try advance(to: Plan.opinionsGiven)
        for expert in Cast.panel {
            let opinion = SchemeAPI.Opinion(
                expertId: expert, feasibility: .pass, indicators: .pass, fairness: .pass, authority: .pass,
                comment: "同意", noConflict: true)
            _ = try await calls.call(.committee, "opinion/\(line.name)/\(expert)") {
                options throws(RPCStatus) in
                try await calls.scheme.giveOpinion(
                    .init(applicationId: line.applicationID, opinion: opinion), options: options)
            }
        }
        try advance(to: Plan.panelConcluded)
        _ = try await calls.call(.workAgency, "conclude/\(line.name)") { options throws(RPCStatus) in
            try await calls.scheme.concludePanel(
                .init(applicationId: line.applicationID, opinion: "方案可行，指标选取科学，程序公正，同意通过"),
                options: options)
        }
    }

    func publishSchemes(_ lines: [SchemeLine]) async throws -> [PublishedLine] {
        try advance(to: Plan.schemeNotice)
        for line in lines {
            _ = try await calls.call(.workAgency, "notice/\(line.name)") { options throws(RPCStatus) in
                try await calls.scheme.openNotice(.init(applicationId: line.applicationID), options: options)
            }
        }
        on(
            Plan.schemeNotice, "3.1.3", zh: "评估方案和评估机构公示10个工作日",
            en: "schemes and agency under notice for ten working days")
        try await tryInVain(
            .committee, "determine/\(lines[0].name)/early", on: Plan.schemeNotice,
            refusedWith: "NOTICE_STILL_OPEN"
        ) { options throws(RPCStatus) in
            try await calls.scheme.determineAgency(
                .init(applicationId: lines[0].applicationID, minutes: "过早"), options: options)
        }

        try advance(to: Plan.schemePublished)
        var published: [PublishedLine] = []
        for line in lines {
            _ = try await calls.call(.committee, "determine/\(line.name)") { options throws(RPCStatus) in
                try await calls.scheme.determineAgency(
                    .init(applicationId: line.applicationID, minutes: "专家委员会会议纪要：确定该机构为评估机构"),
                    options: options)
            }
            let receipt = try await calls.call(.workAgency, "publish/\(line.name)") {
                options throws(RPCStatus) in
                try await calls.scheme.publishScheme(
                    .init(applicationId: line.applicationID), options: options)
            }
            published.append(PublishedLine(name: line.name, scheme: line.scheme, schemeID: receipt.id))
            on(
                Plan.schemePublished, "3.1.3", zh: "公布评估方案《\(line.scheme.title)》及评估机构",
                en: "scheme and agency published: \(line.scheme.title)")
        }
        return published
    }
}
