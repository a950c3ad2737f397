extension DeclaredStandard {
    /// The standard as one canonical line, without `sourceRow`: where a row stands in a file is no part
    /// of what it says.
    ///
    /// Code, "synthetic" or "registered", enterprise, province's two digits, number, name, category,
    /// day of declaration, day of abolition, in force, series-produced, widely offered; then the lists
    /// of models, of attributes (name, value, by name), of declarations (indicator, sign, kind, value,
    /// upper end, written, method, unit, provenance) and of breaches.
    package var canonicalLine: [UInt8] {
        var text = CanonicalText()
        text.field(enterprise.text)
        text.field(codeIsSynthetic ? "synthetic" : "registered")
        text.field(enterpriseName)
        text.field(province?.code ?? "")
        text.field(number.text)
        text.field(name)
        text.field(category)
        text.field(declaredOn.description)
        text.field(abolishedOn?.description ?? "")
        text.field(isInForce)
        text.field(isSeriesProduced)
        text.field(isWidelyOffered)
        text.list(models)
        text.field(attributes.count)
        for name in attributes.keys.sorted(by: { ByteOrder.compare($0, $1) < 0 }) {
            text.field(name)
            text.field(attributes[name] ?? "")
        }
        text.field(declarations.count)
        for declaration in declarations { declaration.write(to: &text) }
        text.list(mandatoryBreaches)
        text.endLine()
        return text.bytes
    }
}

extension Declaration {
    fileprivate func write(to text: inout CanonicalText) {
        text.field(indicator)
        text.field(relation.sign)
        value.write(to: &text)
        text.field(written)
        text.field(testMethod)
        text.field(unit)
        text.field(provenance)
    }
}
