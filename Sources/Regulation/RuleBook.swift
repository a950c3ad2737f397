/// One line of the book of rules: the rule, the place it comes from, and what it asks in one sentence.
package struct RuleBookEntry: Sendable, Hashable {
    /// Name of the type, and of the file that holds it.
    package let rule: String
    package let citation: Citation
    package let summaryZH: String
    package let summaryEN: String

    init(_ rule: String, _ citation: Citation, zh: String, en: String) {
        self.rule = rule
        self.citation = citation
        summaryZH = zh
        summaryEN = en
    }
}

/// Every rule, in the order of the regulation, under the edition that is in force.
///
/// Summaries take their numbers from the rules, so that no number of the law is written twice.
package enum RuleBook {
    package static let edition = RuleEdition.trial2018

    package static let entries: [RuleBookEntry] =
        duties + schemes + reviews + notices + gates + forerunners + results + titles + exits + annexes

    private static let duties = [
        RuleBookEntry(
            "KeyFieldRule", KeyFieldRule.citation, zh: "重点领域按年度确定，逐项说明四项考虑因素。",
            en: "A key field is determined for one year, with each of the four considerations stated."),
        RuleBookEntry(
            "BlacklistGate", BlacklistGate.citation, zh: "黑名单内的企业不参加排行。",
            en: "A blacklisted enterprise is not ranked."),
        RuleBookEntry(
            "AgencyEligibilityRule", AgencyEligibilityRule.citation,
            zh: "评估机构在境内注册，具有独立法人资格，属于可承担评估的类别。",
            en:
                "An agency is registered in China, a legal person, and of a kind that may evaluate."
        ),
        RuleBookEntry(
            "CommitteeCompositionRule", CommitteeCompositionRule.citation,
            zh: "专家委员会有\(ExpertRepresentation.allCases.count)个方面的代表。",
            en: "The committee has representatives of \(ExpertRepresentation.allCases.count) kinds."),
        RuleBookEntry(
            "ExpertEnrolmentRule", ExpertEnrolmentRule.citation,
            zh: "专家入库时写明单位、代表的方面和领域。",
            en: "An expert is enrolled with an employer, a representation and a key field."),
        RuleBookEntry(
            "AgencyBarRule", AgencyBarRule.citation, zh: "被取消的评估机构不再从事评估工作。",
            en: "A cancelled evaluation agency does no further evaluation work."),
    ]

    private static let schemes = [
        RuleBookEntry(
            "CallRule", CallRule.citation, zh: "面向当年公布的重点领域公开征集评估方案。",
            en: "Schemes are called for in public, for a key field of the current year."),
        RuleBookEntry(
            "ApplicationDeadlineRule", ApplicationDeadlineRule.citation, zh: "申报于截止日24:00前提交。",
            en: "Applications are in time until 24:00 of the deadline."),
        RuleBookEntry(
            "SchemeFieldRule", SchemeFieldRule.citation, zh: "方案与所应征的重点领域和年度一致。",
            en: "A scheme is for the key field and the year of its call."),
        RuleBookEntry(
            "SchemeContentsRule", SchemeContentsRule.citation,
            zh: "评估方案包括\(SchemePart.allCases.count)部分内容。",
            en: "A scheme has \(SchemePart.allCases.count) parts at least."),
        RuleBookEntry(
            "CoreIndicatorRule", CoreIndicatorRule.citation,
            zh: "至少有\(CoreIndicatorRule.countMin)个核心指标，各自说明选取理由。",
            en: "There is at least \(CoreIndicatorRule.countMin) core indicator, and each has its reason."),
        RuleBookEntry(
            "MethodRule", MethodRule.citation, zh: "评估方法可按数据执行：指标、权重和排序互相吻合。",
            en: "The method can be carried out as data: indicators, weights and order fit together."),
        RuleBookEntry(
            "LimitsRule", LimitsRule.citation, zh: "各指标的水平由低到高，且不宽于国家标准和行业标准。",
            en: "Limits rise from level to level and are never looser than the legal one."
        ),
        RuleBookEntry(
            "ForerunnerNumberRule", ForerunnerNumberRule.citation, zh: "方案提出“领跑者”目标数量，并就三项因素说明。",
            en: "A scheme states the number of forerunners it aims at, weighed by three factors."),
        RuleBookEntry(
            "AgencyDeterminationRule", AgencyDeterminationRule.citation, zh: "专家委员会依据方案确定评估机构。",
            en: "The committee determines the agency on the strength of its scheme."),
    ]

    private static let reviews = [
        RuleBookEntry(
            "FormReviewRule", FormReviewRule.citation, zh: "工作机构形成初审意见，有不符合项的不能通过。",
            en: "The form review states an opinion and cannot pass while findings are open."),
        RuleBookEntry(
            "ReviewPanelRule", ReviewPanelRule.citation,
            zh: "评审专家不少于\(ReviewPanelRule.expertCountMin)人，且不是编制单位人员。",
            en: "At least \(ReviewPanelRule.expertCountMin) experts of the field, none of a drafter."),
        RuleBookEntry(
            "PanelOpinionRule", PanelOpinionRule.citation,
            zh: "每位评审专家就\(PanelCriterion.allCases.count)个方面提出意见。",
            en: "Each expert judges \(PanelCriterion.allCases.count) criteria, once, and free of conflicts."),
        RuleBookEntry(
            "PanelConclusion", PanelConclusion.citation,
            zh: "有效意见中达到\(PanelThreshold.twoThirds)通过的，方案通过评审。",
            en:
                "The scheme passes when \(PanelThreshold.twoThirds) of the opinions pass."
        ),
        RuleBookEntry(
            "SchemeRevisionRule", SchemeRevisionRule.citation,
            zh: "方案可退回修改\(SchemeRevisionRule.revisionCountMax)次，由原专家组评审。",
            en:
                "A scheme is sent back \(SchemeRevisionRule.revisionCountMax) time at most."
        ),
    ]

    private static let notices = [
        RuleBookEntry(
            "SchemeNoticeRule", SchemeNoticeRule.citation,
            zh: "方案和机构公示\(SchemeNoticeRule.workingDays)个工作日。",
            en: "A scheme is under notice for \(SchemeNoticeRule.workingDays) working days exactly."
        ),
        RuleBookEntry(
            "ObjectionTimelinessRule", ObjectionTimelinessRule.citation, zh: "公示最后一日24:00前可提出异议，并写明理由。",
            en: "Objections are in time until 24:00 of the notice's last day, and state a ground."),
        RuleBookEntry(
            "SchemeObjectionRule", SchemeObjectionRule.citation, zh: "对方案的异议由专家委员会给出处理意见和理由。",
            en: "The committee settles each objection to a scheme, with its reason."),
        RuleBookEntry(
            "SchemePublicationRule", SchemePublicationRule.citation, zh: "公示结束、无未决异议、机构已确定的，公布方案。",
            en: "A scheme is published after its notice, without objections, with its agency determined."),
    ]

    private static let gates = [
        RuleBookEntry(
            "ScopeGate", ScopeGate.citation, zh: "标准属于方案的产品或服务范围。",
            en: "A standard is within the scope of the scheme."),
        RuleBookEntry(
            "DeclarationGate", DeclarationGate.citation, zh: "数据截止日前已自我声明公开。",
            en: "A standard is declared in public by the cut-off day."),
        RuleBookEntry(
            "InForceGate", InForceGate.citation, zh: "数据截止日仍现行有效。",
            en: "A standard is in force on the cut-off day."),
        RuleBookEntry(
            "FormGate", FormGate.citation, zh: "企业标准格式规范，要求可以判读。",
            en: "A standard is well-formed and its requirements can be read."),
        RuleBookEntry(
            "BasicIndicatorGate", BasicIndicatorGate.citation, zh: "基础指标全部符合。",
            en: "Every basic indicator is passed."),
        RuleBookEntry(
            "MissingCoreGate", MissingCoreGate.citation, zh: "适用的核心指标均有声明。",
            en: "Every applicable core indicator is declared."),
        RuleBookEntry(
            "LegalLimitGate", LegalLimitGate.citation, zh: "核心指标不宽于国家标准或行业标准。",
            en: "No core indicator is looser than the legal limit."),
        RuleBookEntry(
            "StricterGate", StricterGate.citation, zh: "核心指标严于国家标准或行业标准。",
            en: "Core indicators are stricter than the legal limit."),
        RuleBookEntry(
            "SeriesProductionGate", SeriesProductionGate.citation, zh: "产品型号为量产的定型产品。",
            en: "A product's models are final and in series production."),
        RuleBookEntry(
            "WideOfferGate", WideOfferGate.citation, zh: "服务为广泛提供的服务。", en: "A service is widely offered."),
        RuleBookEntry(
            "BaselineGate", BaselineGate.citation, zh: "核心指标达到基准水平。",
            en: "Every core indicator reaches the baseline."),
        RuleBookEntry(
            "RankingPeriodRule", RankingPeriodRule.citation, zh: "榜单期间属于方案的评估周期，且已开始。",
            en: "A list is of a period that its scheme's cycle has and that has begun."),
    ]

    private static let forerunners = [
        RuleBookEntry(
            "AnnualRankingRule", AnnualRankingRule.citation, zh: "“领跑者”以年度排行榜为基础。",
            en: "Forerunners are chosen from the annual ranking."),
        RuleBookEntry(
            "ConformityReportRule", ConformityReportRule.citation, zh: "符合性报告逐型号覆盖全部核心指标，实测达到声明水平。",
            en: "A report for each model covers every core indicator, measured as good as declared."),
        RuleBookEntry(
            "ForerunnerSelectionRule", ForerunnerSelectionRule.citation, zh: "按排名顺序列入，并列同进退，跳过须有理由。",
            en: "Forerunners are a prefix of the ranking; equal ranks together, skips with reasons."),
    ]

    private static let results = [
        RuleBookEntry(
            "ConsentRule", ConsentRule.citation, zh: "列名的企业均已同意。",
            en: "Every enterprise that a list names has agreed."),
        RuleBookEntry(
            "ConsentAnswerRule", ConsentAnswerRule.citation, zh: "答复写明代表人、职务、日期，并对应一个结果。",
            en: "An answer says who, in what office, when, and to which result."),
        RuleBookEntry(
            "RankingSubmissionRule", RankingSubmissionRule.citation, zh: "逐家征求企业意见后，附承诺提交评估结果。",
            en: "A result is submitted once every enterprise was asked, with its letter's undertakings."),
        RuleBookEntry(
            "SubmissionTimelinessRule", SubmissionTimelinessRule.citation, zh: "期间末日后提交的，注明逾期。",
            en: "A list submitted after the last day of its period is marked as late."),
        RuleBookEntry(
            "ResultFormReviewRule", ResultFormReviewRule.citation, zh: "结果可按方案重新算出，且未列入被禁企业。",
            en: "A result passes when it can be computed anew and names nobody who is barred."),
        RuleBookEntry(
            "ResultNoticeRule", ResultNoticeRule.citation,
            zh: "结果公示一般不少于\(ResultNoticeRule.workingDaysMin)个工作日。",
            en:
                "Results: generally at least \(ResultNoticeRule.workingDaysMin) working days of notice."
        ),
        RuleBookEntry(
            "ObjectedEntriesRule", ObjectedEntriesRule.citation, zh: "异议针对整个榜单或榜单中的条目。",
            en: "An objection names the whole list or entries that are on it."),
        RuleBookEntry(
            "ComprehensiveOpinionRule", ComprehensiveOpinionRule.citation, zh: "无利益关系的专家对异议综合评议。",
            en: "Experts without a conflict give a comprehensive opinion on an objection."),
        RuleBookEntry(
            "ResultObjectionRule", ResultObjectionRule.citation, zh: "评议后决定；与专家意见不一致的说明理由。",
            en: "An objection is decided after the experts' opinion; departing from it needs a reason."),
        RuleBookEntry(
            "ResultPublicationRule", ResultPublicationRule.citation, zh: "公示结束且榜单整体无未决异议的，发布结果。",
            en: "A result is published after its notice, when no objection to the whole of it stands."),
        RuleBookEntry(
            "OwnPublicationRule", OwnPublicationRule.citation, zh: "评估机构同步在其他渠道发布，登记网址、日期和内容摘要。",
            en: "An agency publishes elsewhere the same day, and records place, day and content's digest."),
    ]

    private static let titles = [
        RuleBookEntry(
            "CycleRule", CycleRule.citation, zh: "“领跑者”周期原则上为\(TitleValidity.months)个月。",
            en: "Titles last \(TitleValidity.months) months in principle."),
        RuleBookEntry(
            "TitleValidity", TitleValidity.citation, zh: "称号自发布之日起有效，至下一年同日的前一日止。",
            en: "A title is valid from publication to the day before the same date next year."),
    ]

    private static let exits = [
        RuleBookEntry(
            "ExitEvidenceRule", ExitEvidenceRule.citation, zh: "\(ExitCause.allCases.count)种退出原因各须有证据。",
            en: "Each of the \(ExitCause.allCases.count) causes of exit needs its evidence."),
        RuleBookEntry(
            "CancellationDemandRule", CancellationDemandRule.citation,
            zh: "工作机构要求取消，评估机构在\(CancellationDemandRule.answerWorkingDays)个工作日内答复。",
            en:
                "The agency answers in \(CancellationDemandRule.answerWorkingDays) working days."
        ),
        RuleBookEntry(
            "CancellationAuthorityRule", CancellationAuthorityRule.citation,
            zh: "由评估机构取消；逾期未答复的由工作机构取消。",
            en: "The evaluation agency cancels, or the work agency once the answer is overdue."),
        RuleBookEntry(
            "LevelLoweredJudgement", LevelLoweredJudgement.citation, zh: "新版标准的核心指标低于入选时的，须予核查。",
            en: "A newer edition with a core indicator lower than at award opens a case."),
        RuleBookEntry(
            "SpotCheckJudgement", SpotCheckJudgement.citation, zh: "抽检结果与企业公开的标准水平比较。",
            en: "A spot check is judged by what the enterprise declared."),
        RuleBookEntry(
            "ThreeYearBar", ThreeYearBar.citation, zh: "被取消称号的企业\(ThreeYearBar.years)年内不再纳入。",
            en: "An enterprise whose title was cancelled is barred for \(ThreeYearBar.years) years."),
        RuleBookEntry(
            "BarGate", BarGate.citation, zh: "禁入期内的企业不参加排行。", en: "A barred enterprise is not ranked."),
        RuleBookEntry(
            "BarredNameRule", BarredNameRule.citation, zh: "榜单不列入被禁企业。",
            en: "No list names an enterprise that is barred."),
    ]

    private static let annexes = [
        RuleBookEntry(
            "AgencyProfileRule", AgencyProfileRule.citation,
            zh: "基本情况\(AgencyProfileField.allCases.count)栏填写完整。",
            en: "The \(AgencyProfileField.allCases.count) fields of the profile are filled in."),
        RuleBookEntry(
            "UndertakingsRule", UndertakingsRule.citation,
            zh: "申报机构作出\(AgencyUndertaking.allCases.count)项承诺并签字。",
            en: "An applicant gives \(AgencyUndertaking.allCases.count) undertakings and signs them."),
        RuleBookEntry(
            "AuthorityStatementRule", AuthorityStatementRule.citation,
            zh: "权威性简述不超过\(AuthorityStatementRule.characterCountMax)字。",
            en: "The statement has at most \(AuthorityStatementRule.characterCountMax) characters."),
        RuleBookEntry(
            "SchemeOutlineRule", SchemeOutlineRule.citation, zh: "方案逐项回答提纲的要求。",
            en: "A scheme answers every point of the outline."),
        RuleBookEntry(
            "MandatoryStandardsGate", MandatoryStandardsGate.citation, zh: "企业标准符合强制性标准。",
            en: "A declared standard complies with the mandatory standards."),
        RuleBookEntry(
            "SupplementRule", SupplementRule.citation, zh: "入围企业提交补充信息。",
            en: "A shortlisted enterprise hands in supplementary information."),
        RuleBookEntry(
            "QualityCommitmentRule", QualityCommitmentRule.citation, zh: "入围企业签署质量承诺。",
            en: "A shortlisted enterprise signs a quality commitment."),
        RuleBookEntry(
            "AttachmentsRule", AttachmentsRule.citation,
            zh: "附\(AttachmentsRule.items.count)项证明材料。",
            en: "The \(AttachmentsRule.items.count) items of supporting material are attached."),
        RuleBookEntry(
            "LetterUndertakingsRule", LetterUndertakingsRule.citation,
            zh: "报送函包含\(LetterUndertaking.allCases.count)项承诺。",
            en: "A letter carries \(LetterUndertaking.allCases.count) undertakings."
        ),
        RuleBookEntry(
            "RankingLetter", RankingLetter.citation,
            zh: "排行榜报送函按\(RankingLetter.columns.count)栏填写，首栏为序号。",
            en: "The ranking letter has \(RankingLetter.columns.count) columns, the first a serial number."),
        RuleBookEntry(
            "ForerunnerLetter", ForerunnerLetter.citation,
            zh: "“领跑者”报送函按\(ForerunnerLetter.columns.count)栏填写，首栏为重点领域。",
            en: "The forerunners' letter has \(ForerunnerLetter.columns.count) columns, key field first."),
    ]
}
