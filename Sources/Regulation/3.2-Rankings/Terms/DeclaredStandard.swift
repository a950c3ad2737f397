/// 自我声明公开的企业标准: what one enterprise declared in one standard, for the models it covers.
///
/// This is what is ranked (3.2.1): the pair of enterprise and standard, with its models.
package struct DeclaredStandard: Sendable, Hashable {
    package var enterprise: CreditCode
    package var enterpriseName: String
    /// The code was made up for demonstration data and belongs to nobody.
    package var codeIsSynthetic: Bool
    package var province: Province?
    package var number: StandardNumber
    package var name: String
    /// Category of the public service platform.
    package var category: String
    package var models: [String]
    /// Product attributes that conditions look at; an empty value is the same as none.
    package var attributes: [String: String]
    package var declarations: [Declaration]
    package var declaredOn: CivilDate
    /// First day on which it was no longer in force.
    package var abolishedOn: CivilDate?
    /// 现行有效, as the source says it of the day it was exported.
    package var isInForce: Bool
    /// 量产的定型产品.
    package var isSeriesProduced: Bool
    /// 广泛提供的服务.
    package var isWidelyOffered: Bool
    /// Mandatory standards it breaks, as found by the compliance check before evaluation (A1 three, 4).
    package var mandatoryBreaches: [String]
    /// What it refers to (规范性引用文件).
    package var references: [NormativeReference]
    /// Row of the source file, counted from 1 for the first record after the header; of no weight in
    /// any result.
    package var sourceRow: Int

    package init(
        enterprise: CreditCode, enterpriseName: String, codeIsSynthetic: Bool, province: Province?,
        number: StandardNumber, name: String, category: String, models: [String],
        attributes: [String: String], declarations: [Declaration], declaredOn: CivilDate,
        abolishedOn: CivilDate?, isInForce: Bool, isSeriesProduced: Bool, isWidelyOffered: Bool,
        mandatoryBreaches: [String], sourceRow: Int, references: [NormativeReference] = []
    ) {
        self.enterprise = enterprise
        self.enterpriseName = enterpriseName
        self.codeIsSynthetic = codeIsSynthetic
        self.province = province
        self.number = number
        self.name = name
        self.category = category
        self.models = models
        self.attributes = attributes
        self.declarations = declarations
        self.declaredOn = declaredOn
        self.abolishedOn = abolishedOn
        self.isInForce = isInForce
        self.isSeriesProduced = isSeriesProduced
        self.isWidelyOffered = isWidelyOffered
        self.mandatoryBreaches = mandatoryBreaches
        self.sourceRow = sourceRow
        self.references = references
    }

    /// "CODE/NUMBER/MODEL+MODEL"; "%", "+" and "#" inside a model are written %25, %2B and %23, so that
    /// different lists of models have different keys.
    package var key: String { Self.key(enterprise, number.text, models) }

    /// The key of an entry: a second standard with the same key has "#2" behind it, a third "#3", ….
    package static func key(
        _ enterprise: CreditCode, _ number: String, _ models: [String], occurrence: Int = 1
    ) -> String {
        var key = enterprise.text
        key += "/"
        key += number
        key += "/"
        for (index, model) in models.enumerated() {
            if index > 0 { key += "+" }
            key += escaped(model)
        }
        return occurrence == 1 ? key : "\(key)#\(occurrence)"
    }

    private static func escaped(_ model: String) -> String {
        // Such characters are rare, so look first.
        let isPlain = model.utf8.allSatisfy {
            $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "#")
        }
        if isPlain { return model }
        var escaped = ""
        for scalar in model.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "+": escaped += "%2B"
            case "#": escaped += "%23"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
