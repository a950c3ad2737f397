extension DeclaredStandard {
    /// The standard as one canonical line, without `sourceRow`: where a row stands in a file is no part
    /// of what it says.
    ///
    /// Code, "synthetic" or "registered", enterprise, province's two digits, number, name, category,
    /// day of declaration, day of abolition, in force, series-produced, widely offered; then the lists
    /// of models, of attributes (name, value, by name), of declarations (indicator, sign, kind, value,
    /// upper end, written, method, unit, provenance) and of breaches. A standard that refers to others has
    /// one list more: number, edition, first day in force and first day no longer in force of each.
    package var canonicalLine: [UInt8] {
        var line: [UInt8] = []
        appendCanonicalLine(to: &line, partCount: declarations.count) { declarations[$0].canonicalPart }
        return line
    }

    /// The canonical line, with the parts that the declarations have in it made elsewhere: `declarations` are
    /// not looked at.
    package func appendCanonicalLine(
        to line: inout [UInt8], partCount: Int, part: (_ index: Int) -> [UInt8]
    ) {
        var text = CanonicalText(continuing: line)
        line = []
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
        text.field(partCount)
        for index in 0..<partCount { text.append(part: part(index)) }
        text.list(mandatoryBreaches)
        if !references.isEmpty { write(references, to: &text) }
        text.endLine()
        line = text.bytes
    }

    private func write(_ references: [NormativeReference], to text: inout CanonicalText) {
        text.field(references.count)
        for reference in references {
            text.field(reference.number)
            text.field(reference.edition)
            text.field(reference.inForceFrom?.description ?? "")
            text.field(reference.inForceUntil?.description ?? "")
        }
    }
}

extension Declaration {
    /// The declaration's fields, each behind a tab.
    package var canonicalPart: [UInt8] {
        // Behind another field, so that the first one has its tab too.
        var text = CanonicalText()
        text.field("")
        write(to: &text)
        return text.bytes
    }

    private func write(to text: inout CanonicalText) {
        text.field(indicator)
        text.field(relation.sign)
        value.write(to: &text)
        text.field(written)
        text.field(testMethod)
        text.field(unit)
        text.field(provenance)
    }
}
