/// Regulation 3.2.2, R10: a standard that is silent on an indicator, and refers to a national standard that
/// is not, declares what that one requires, with its number as provenance (引用 GB 12021.2—2015).
package enum AdoptedRequirements {
    /// As in "引用 GB 12021.2—2015".
    package static func provenance(of edition: String) -> String { "引用 \(edition)" }

    /// Requirements of the referenced editions for indicators that the standard itself does not declare: of
    /// each edition and indicator the first whose conditions hold. Several editions may say something of one
    /// indicator; it is then judged by the worst.
    package static func requirements(
        of editions: [ReferencedStandard.Edition], besides declared: Set<String>, attributes: [String: String]
    ) -> [Declaration] {
        editions.flatMap { edition in
            var found: Set<String> = []
            return edition.requirements.filter { requirement in
                let indicator = requirement.declaration.indicator
                return !declared.contains(indicator) && !found.contains(indicator)
                    && requirement.conditions.allSatisfy { $0.holds(for: attributes[$0.attribute] ?? "") }
                    && found.insert(indicator).inserted
            }.map(\.declaration)
        }
    }
}
