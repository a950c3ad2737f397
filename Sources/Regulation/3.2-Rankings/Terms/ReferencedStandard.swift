/// A national, industry or other standard that declared standards refer to, with its editions.
///
/// Limits change with editions, and editions are replaced: which one a reference means depends on the day
/// (3.2.2, R10).
package struct ReferencedStandard: Sendable, Hashable {
    package struct Edition: Sendable, Hashable {
        /// With the year: "GB 12021.2—2015".
        package let number: String
        package let year: Int
        /// 实施日期; nil where it is not known.
        package let inForceFrom: CivilDate?
        /// First day on which it is no longer in force (废止, 被代替).
        package let inForceUntil: CivilDate?
        package let requirements: [Requirement]

        package init(
            number: String, year: Int, inForceFrom: CivilDate?, inForceUntil: CivilDate?,
            requirements: [Requirement]
        ) {
            self.number = number
            self.year = year
            self.inForceFrom = inForceFrom
            self.inForceUntil = inForceUntil
            self.requirements = requirements
        }

        package func isInForce(on day: CivilDate) -> Bool {
            guard let inForceFrom, inForceFrom <= day else { return false }
            return inForceUntil.map { day < $0 } ?? true
        }
    }

    /// What holds for a standard that refers to the edition and says nothing itself.
    package struct Requirement: Sendable, Hashable {
        /// With the edition as its provenance.
        package let declaration: Declaration
        /// All of them hold for the product.
        package let conditions: [Condition]

        package init(declaration: Declaration, conditions: [Condition]) {
            self.declaration = declaration
            self.conditions = conditions
        }
    }

    /// Without the year.
    package let family: String
    package let editions: [Edition]

    package init(family: String, editions: [Edition]) {
        self.family = family
        self.editions = editions
    }

    /// The edition that a reference means on a day: the one of its year, or else the latest in force. Nil
    /// where none is known.
    package func edition(meantBy reference: StandardReference, on day: CivilDate?) -> Edition? {
        if let year = reference.year { return editions.first { $0.year == year } }
        guard let day else { return nil }
        return editions.filter { $0.isInForce(on: day) }
            .max { ($0.inForceFrom ?? .min, $0.year) < ($1.inForceFrom ?? .min, $1.year) }
    }
}

/// A reference of a declared standard, and the edition that it means.
package struct NormativeReference: Sendable, Hashable {
    /// As printed, with its year where the reference is dated.
    package let number: String
    /// "GB 12021.2—2015"; empty where it is not known.
    package let edition: String
    package let inForceFrom: CivilDate?
    package let inForceUntil: CivilDate?

    package init(number: String, edition: String, inForceFrom: CivilDate?, inForceUntil: CivilDate?) {
        self.number = number
        self.edition = edition
        self.inForceFrom = inForceFrom
        self.inForceUntil = inForceUntil
    }
}
