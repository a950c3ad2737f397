package import Regulation

// A referenced standard with its editions, as a profile gives it and as the rules read it.

extension ReferencedStandard {
    /// More than any standard has had.
    package static let editionCountMax = 64

    /// Throws every flaw at once.
    package init(_ message: StandardsAPI.ReferencedStandard) throws(BridgeFlaws) {
        var reader = ReferencedStandardReader()
        let standard = reader.standard(message)
        try reader.collector.finish()
        self = standard
    }
}

private struct ReferencedStandardReader {
    var collector = FlawCollector()

    mutating func standard(_ message: StandardsAPI.ReferencedStandard) -> ReferencedStandard {
        let family = family(message.number)
        if message.editions.isEmpty { collector.note("editions", "are missing") }
        if message.editions.count > ReferencedStandard.editionCountMax {
            collector.note("editions", "are more than \(ReferencedStandard.editionCountMax)")
        }
        var years: Set<UInt32> = []
        let editions = message.editions.enumerated().compactMap { index, edition in
            if !years.insert(edition.year).inserted {
                collector.note("editions[\(index)].year", "\(edition.year) is given twice")
            }
            return family.flatMap { self.edition(edition, of: $0, "editions[\(index)]") }
        }
        return ReferencedStandard(family: family ?? "", editions: editions)
    }

    private mutating func family(_ text: String) -> String? {
        do {
            let reference = try StandardReference(text)
            if reference.year == nil { return reference.family }
            collector.note("number", "“\(text)” has a year; years belong to the editions")
        } catch {
            collector.note("number", "“\(text)”: \(error.messageEN)")
        }
        return nil
    }

    private mutating func edition(
        _ message: StandardsAPI.ReferencedEdition, of family: String, _ path: String
    ) -> ReferencedStandard.Edition? {
        let from = collector.date(message.inForceFrom, "\(path).inForceFrom")
        let until = collector.date(message.inForceUntil, "\(path).inForceUntil")
        if let from, let until, until <= from {
            collector.note("\(path).inForceUntil", "\(until) is not after \(from), its first day in force")
        }
        guard let number = number(family, year: message.year) else {
            collector.note("\(path).year", "“\(message.year)” makes no number of \(family)")
            return nil
        }
        let provenance = AdoptedRequirements.provenance(of: number)
        return ReferencedStandard.Edition(
            number: number, year: Int(message.year), inForceFrom: from, inForceUntil: until,
            requirements: message.requirements.enumerated().compactMap {
                requirement($1, provenance, "\(path).requirements[\($0)]")
            })
    }

    /// International standards have a colon before the year.
    private func number(_ family: String, year: UInt32) -> String? {
        ["-", ":"].lazy.compactMap { try? StandardNumber("\(family)\($0)\(year)") }
            .first { $0.year == Int(year) && StandardReference.family(of: $0) == family }?.text
    }

    private mutating func requirement(
        _ message: StandardsAPI.ReferencedRequirement, _ provenance: String, _ path: String
    ) -> ReferencedStandard.Requirement? {
        let conditions = message.conditions.enumerated().compactMap {
            collector.condition($1, "\(path).conditions[\($0)]")
        }
        if message.requirement?.provenance.isEmpty == false {
            collector.note("\(path).requirement.provenance", "is made by the import; leave it out")
        }
        do throws(BridgeFlaws) {
            var declaration = try Declaration(message.requirement ?? .init())
            declaration.provenance = provenance
            return ReferencedStandard.Requirement(declaration: declaration, conditions: conditions)
        } catch {
            for flaw in error.flaws { collector.note("\(path).requirement.\(flaw.path)", flaw.message) }
            return nil
        }
    }
}
