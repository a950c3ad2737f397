/// The three factors that the number of forerunners is weighed by, as stated in a scheme or in a choice.
///
/// Regulation 3.1.1 and, with the same words, 3.2.3.
package struct ForerunnerFactors: Sendable, Hashable {
    /// 便于消费者选择.
    package var consumerChoice: String
    /// 产业发展水平.
    package var industryDevelopment: String
    /// 公开标准数量.
    package var declaredStandardCount: String

    package init(consumerChoice: String, industryDevelopment: String, declaredStandardCount: String) {
        self.consumerChoice = consumerChoice
        self.industryDevelopment = industryDevelopment
        self.declaredStandardCount = declaredStandardCount
    }

    /// One finding for each factor without a word; `path` goes before the field's name.
    func findings(citing citation: Citation, under path: String) -> [Finding] {
        let factors = [
            ("consumerChoice", consumerChoice, "便于消费者选择", "the consumers' choice"),
            ("industryDevelopment", industryDevelopment, "产业发展水平", "the industry's development"),
            ("declaredStandardCount", declaredStandardCount, "公开标准数量", "the number of declared standards"),
        ]
        return factors.filter { $0.1.isUnstated }.map { field, _, term, words in
            Finding(
                citation, code: "NUMBER_FACTOR_MISSING", subject: path + field,
                zh: "未就\(term)说明“领跑者”数量的理由", en: "the number is not reasoned under \(words)")
        }
    }
}
