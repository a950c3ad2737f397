package import Contracts
package import Regulation

/// What rows of one source have in common: the names of their attributes, and of each declaration everything
/// but its value. Stored once; a row names it and says which parts it has.
package struct StandardShape: Sendable, Hashable {
    /// In the order of the names' bytes.
    package let attributes: [String]
    package let declarations: [Head]

    package struct Head: Sendable, Hashable {
        package let indicator: String
        package let relation: Relation
        package let testMethod: String
        package let unit: String
        package let provenance: String

        package init(_ declaration: Declaration) {
            indicator = declaration.indicator
            relation = declaration.relation
            testMethod = declaration.testMethod
            unit = declaration.unit
            provenance = declaration.provenance
        }
    }

    package init(attributes: [String], declarations: [Head]) {
        self.attributes = attributes
        self.declarations = declarations
    }
}

// As a message: a declared standard without values.
extension StandardShape {
    package var message: StandardsAPI.DeclaredStandard {
        StandardsAPI.DeclaredStandard(
            attributes: attributes.map { StandardsAPI.Attribute(name: $0) },
            declarations: declarations.map {
                StandardsAPI.Declaration(
                    indicator: $0.indicator, relation: StandardsAPI.Relation($0.relation),
                    testMethod: $0.testMethod, unit: $0.unit, provenance: $0.provenance)
            })
    }

    /// Nil for a message with a relation that this release does not know.
    package init?(_ message: StandardsAPI.DeclaredStandard) {
        var heads: [Head] = []
        for declaration in message.declarations {
            guard let relation = Relation(declaration.relation) else { return nil }
            heads.append(
                Head(
                    Declaration(
                        indicator: declaration.indicator, relation: relation, value: .flag(false),
                        written: "", testMethod: declaration.testMethod, unit: declaration.unit,
                        provenance: declaration.provenance)))
        }
        self.init(attributes: message.attributes.map(\.name), declarations: heads)
    }
}
