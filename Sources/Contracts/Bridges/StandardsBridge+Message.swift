package import Regulation

// The way back: a declared standard of the rules as a message.

extension StandardsAPI.DeclaredStandard {
    /// Attributes go in the order of their names, so that equal standards have equal bytes.
    package init(_ standard: DeclaredStandard) {
        self.init(
            enterprise: CommonAPI.Institution(
                creditCode: standard.enterprise.text, name: standard.enterpriseName),
            syntheticCode: standard.codeIsSynthetic, province: standard.province?.fullName ?? "",
            number: standard.number.text, name: standard.name, category: standard.category,
            models: standard.models,
            attributes: standard.attributes.sorted { $0.key < $1.key }.map {
                StandardsAPI.Attribute(name: $0.key, value: $0.value)
            }, declarations: standard.declarations.map { .init($0) },
            declaredOn: standard.declaredOn.description,
            abolishedOn: standard.abolishedOn?.description ?? "",
            status: standard.isInForce ? .inForce : .abolished, seriesProduced: standard.isSeriesProduced,
            widelyOffered: standard.isWidelyOffered, mandatoryBreaches: standard.mandatoryBreaches,
            sourceRow: UInt32(standard.sourceRow), references: standard.references.map { .init($0) })
    }
}

extension StandardsAPI.NormativeReference {
    package init(_ reference: NormativeReference) {
        self.init(
            number: reference.number, edition: reference.edition,
            inForceFrom: reference.inForceFrom?.description ?? "",
            inForceUntil: reference.inForceUntil?.description ?? "")
    }
}

extension StandardsAPI.Declaration {
    /// A number keeps the digits it was written with; a word goes as what it means.
    package init(_ declaration: Declaration) {
        var upper = ""
        let value: String
        switch declaration.value {
        case .number(let number):
            value = ExactDecimal(declaration.written) == number ? declaration.written : number.description
        case .interval(let low, let high):
            value = low.description
            upper = high.description
        case .word(let word): value = word
        case .flag(let flag): value = flag ? "yes" : "no"
        }
        self.init(
            indicator: declaration.indicator, relation: .init(declaration.relation), value: value,
            upper: upper, testMethod: declaration.testMethod, unit: declaration.unit,
            provenance: declaration.provenance)
    }
}

extension StandardsAPI.Relation {
    package init(_ relation: Relation) {
        switch relation {
        case .atMost: self = .atMost
        case .below: self = .below
        case .atLeast: self = .atLeast
        case .above: self = .above
        case .equal: self = .equal
        }
    }
}
