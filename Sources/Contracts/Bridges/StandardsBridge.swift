package import Regulation

// 自我声明公开的企业标准 as a message and as the value that is evaluated.

extension DeclaredStandard {
    /// Throws every flaw at once.
    package init(_ message: StandardsAPI.DeclaredStandard) throws(BridgeFlaws) {
        var reader = StandardReader()
        let standard = reader.standard(message)
        try reader.collector.finish()
        guard let standard else {
            throw BridgeFlaws([BridgeFlaw(path: "", message: "is no declared standard")])
        }
        self = standard
    }
}

private struct StandardReader {
    var collector = FlawCollector()

    /// Nil only when a flaw was noted.
    mutating func standard(_ message: StandardsAPI.DeclaredStandard) -> DeclaredStandard? {
        let enterprise = enterprise(message.enterprise?.creditCode ?? "")
        let number = number(message.number)
        let declaredOn = collector.date(message.declaredOn, "declaredOn")
        if message.declaredOn.isEmpty { collector.note("declaredOn", "is missing") }
        let abolishedOn = collector.date(message.abolishedOn, "abolishedOn")
        let declarations = message.declarations.enumerated().compactMap {
            declaration($1, "declarations[\($0)]")
        }
        let attributes = attributes(message.attributes)
        let references = message.references.enumerated().map { reference($1, "references[\($0)]") }
        let province = province(message.province)
        let isInForce = isInForce(message.status)
        guard let enterprise, let number, let declaredOn else { return nil }
        return DeclaredStandard(
            enterprise: enterprise, enterpriseName: message.enterprise?.name ?? "",
            codeIsSynthetic: message.syntheticCode, province: province, number: number,
            name: message.name, category: message.category, models: message.models, attributes: attributes,
            declarations: declarations, declaredOn: declaredOn, abolishedOn: abolishedOn,
            isInForce: isInForce, isSeriesProduced: message.seriesProduced,
            isWidelyOffered: message.widelyOffered, mandatoryBreaches: message.mandatoryBreaches,
            sourceRow: Int(message.sourceRow), references: references)
    }

    private mutating func reference(_ message: StandardsAPI.NormativeReference, _ path: String)
        -> NormativeReference
    {
        if message.number.isEmpty { collector.note("\(path).number", "names no standard") }
        return NormativeReference(
            number: message.number, edition: message.edition,
            inForceFrom: collector.date(message.inForceFrom, "\(path).inForceFrom"),
            inForceUntil: collector.date(message.inForceUntil, "\(path).inForceUntil"))
    }

    private mutating func enterprise(_ text: String) -> CreditCode? {
        do {
            return try CreditCode(text)
        } catch {
            collector.note("enterprise.creditCode", "“\(text)”: \(error.messageEN)")
            return nil
        }
    }

    private mutating func number(_ text: String) -> StandardNumber? {
        do {
            return try StandardNumber(text)
        } catch {
            collector.note("number", "“\(text)”: \(error.messageEN)")
            return nil
        }
    }

    private mutating func province(_ text: String) -> Province? {
        if text.isEmpty { return nil }
        let province = Province(matching: text)
        if province == nil { collector.note("province", "“\(text)” is no province") }
        return province
    }

    private mutating func isInForce(_ status: StandardsAPI.DeclarationStatus) -> Bool {
        switch status {
        case .inForce: return true
        case .abolished: return false
        case .unspecified, .unrecognized:
            collector.note("status", "is not stated")
            return false
        }
    }

    private mutating func attributes(_ messages: [StandardsAPI.Attribute]) -> [String: String] {
        var attributes: [String: String] = [:]
        for (index, attribute) in messages.enumerated()
        where attributes.updateValue(attribute.value, forKey: attribute.name) != nil {
            collector.note("attributes[\(index)].name", "“\(attribute.name)” is given twice")
        }
        return attributes
    }

    private mutating func declaration(
        _ message: StandardsAPI.Declaration, _ path: String
    ) -> Declaration? {
        do {
            return try Declaration(message)
        } catch {
            for flaw in error.flaws { collector.note("\(path).\(flaw.path)", flaw.message) }
            return nil
        }
    }
}

extension Declaration {
    /// An upper end makes an interval, a decimal a number, "yes" and "no" a flag, any other word a grade.
    package init(_ message: StandardsAPI.Declaration) throws(BridgeFlaws) {
        var collector = FlawCollector()
        if message.indicator.isEmpty { collector.note("indicator", "names no indicator") }
        let relation = Relation(message.relation)
        if relation == nil { collector.note("relation", "is not stated") }
        let value: RequirementValue?
        if message.upper.isEmpty {
            value = Self.value(message.value)
            if value == nil { collector.note("value", "is missing") }
        } else {
            value = RequirementText.interval(message.value, message.upper)
            if value == nil {
                collector.note("upper", "“\(message.value)” to “\(message.upper)” is no interval")
            }
        }
        try collector.finish()
        guard let relation, let value else { throw BridgeFlaws(collector.flaws) }
        self.init(
            indicator: message.indicator, relation: relation, value: value,
            written: message.upper.isEmpty ? message.value : "\(message.value)~\(message.upper)",
            testMethod: message.testMethod, unit: message.unit, provenance: message.provenance)
    }

    private static func value(_ text: String) -> RequirementValue? {
        if text.isEmpty { return nil }
        if let number = ExactDecimal(text) { return .number(number) }
        if let flag = RequirementText.flag(text) { return .flag(flag) }
        return .word(text)
    }
}

extension Relation {
    package init?(_ message: StandardsAPI.Relation) {
        switch message {
        case .atMost: self = .atMost
        case .below: self = .below
        case .atLeast: self = .atLeast
        case .above: self = .above
        case .equal: self = .equal
        case .unspecified, .unrecognized: return nil
        }
    }
}
