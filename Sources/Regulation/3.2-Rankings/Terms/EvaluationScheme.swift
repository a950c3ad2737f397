/// 评估目的.
package struct Purpose: Sendable, Hashable {
    /// 企业标准现有水平.
    package var presentLevel: String
    package var microAim: String
    package var macroAim: String

    package init(presentLevel: String, microAim: String, macroAim: String) {
        self.presentLevel = presentLevel
        self.microAim = microAim
        self.macroAim = macroAim
    }
}

/// 评估周期.
package enum Cycle: Sendable, Hashable, CaseIterable {
    case quarterly, yearly
}

/// 企业标准领跑者的确定, as the scheme plans it (3.2.3, A1 three, 6).
package struct ForerunnerRule: Sendable, Hashable {
    /// 便于消费者选择.
    package var consumerChoice: String
    /// 产业发展水平.
    package var industryDevelopment: String
    /// 公开标准数量.
    package var declaredStandardCount: String
    package var targetNumber: Int
    /// Months a title is valid; 0 stands for the regulation's year.
    package var validityMonths: Int
    package var validityReason: String

    package init(
        consumerChoice: String, industryDevelopment: String, declaredStandardCount: String, targetNumber: Int,
        validityMonths: Int, validityReason: String
    ) {
        self.consumerChoice = consumerChoice
        self.industryDevelopment = industryDevelopment
        self.declaredStandardCount = declaredStandardCount
        self.targetNumber = targetNumber
        self.validityMonths = validityMonths
        self.validityReason = validityReason
    }
}

/// 评估方案: what Annex 1 asks for, and the method that computes the ranking, as data.
package struct EvaluationScheme: Sendable, Hashable {
    package var title: String
    package var year: Int
    /// Code of the key field (重点领域).
    package var keyField: String
    package var purpose: Purpose
    package var scope: Scope
    package var indicators: [Indicator]
    package var method: Method
    package var methodStatement: String
    package var cycle: Cycle
    package var cycleReason: String
    /// 企业相关信息.
    package var enterpriseInformation: String
    /// 企业标准排行榜形成机制.
    package var rankingFormation: String
    package var forerunners: ForerunnerRule
    /// 评估结果验证要求.
    package var verification: String
    /// 产品或服务与企业标准一致性.
    package var consistency: String
    /// 实施目标.
    package var objectives: String
    /// How consumers' suggestions were taken in.
    package var consumerInput: String
    /// Mandatory standards every declared standard has to comply with.
    package var mandatoryStandards: [String]

    package init(
        title: String, year: Int, keyField: String, purpose: Purpose, scope: Scope, indicators: [Indicator],
        method: Method, methodStatement: String, cycle: Cycle, cycleReason: String,
        enterpriseInformation: String, rankingFormation: String, forerunners: ForerunnerRule,
        verification: String, consistency: String, objectives: String, consumerInput: String,
        mandatoryStandards: [String]
    ) {
        self.title = title
        self.year = year
        self.keyField = keyField
        self.purpose = purpose
        self.scope = scope
        self.indicators = indicators
        self.method = method
        self.methodStatement = methodStatement
        self.cycle = cycle
        self.cycleReason = cycleReason
        self.enterpriseInformation = enterpriseInformation
        self.rankingFormation = rankingFormation
        self.forerunners = forerunners
        self.verification = verification
        self.consistency = consistency
        self.objectives = objectives
        self.consumerInput = consumerInput
        self.mandatoryStandards = mandatoryStandards
    }
}
