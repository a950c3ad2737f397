internal import Regulation

/// Reads what rows refer to, and what a silent row adopts of it.
///
/// Rows of one source refer to few standards again and again, so each text is read once.
struct ReferenceReading: Sendable {
    /// More than any enterprise standard has.
    static let countMax = 64
    /// Beyond this many different texts, the table starts anew.
    private static let knownCountMax = 4_096
    private static let separators: Set<Character> = ["、", "；", ";", "，", ","]

    /// What a field refers to.
    struct Outcome: Sendable {
        var references: [NormativeReference] = []
        /// Each once.
        var editions: [ReferencedStandard.Edition] = []
    }

    private let profile: Profile.References
    /// Of every requirement that can be adopted: as the record says it, and its place in a stored row.
    private let adoptable: [Declaration: KnownDeclaration]
    private var outcomes: [String: Outcome] = [:]

    /// Nil where the profile says nothing of references.
    init?(_ profile: Profile) {
        guard let references = profile.references else { return nil }
        self.profile = references
        let known = profile.adoptable.enumerated().map { index, declaration in
            (declaration, KnownDeclaration(declaration, place: profile.indicators.count + index))
        }
        adoptable = Dictionary(known) { first, _ in first }
    }

    mutating func read(_ text: String) throws(RowFlaw) -> Outcome {
        if let known = outcomes[text] { return known }
        let outcome = try parse(text)
        if outcomes.count >= Self.knownCountMax { outcomes.removeAll(keepingCapacity: true) }
        outcomes[text] = outcome
        return outcome
    }

    private func parse(_ text: String) throws(RowFlaw) -> Outcome {
        var outcome = Outcome()
        for part in Self.parts(of: text) {
            let reference: StandardReference
            do { reference = try StandardReference(part) } catch { throw RowFlaw(error) }
            let edition = profile.known[reference.family]?.edition(meantBy: reference, on: profile.day)
            outcome.references.append(
                NormativeReference(
                    number: reference.text,
                    edition: edition?.number ?? (reference.year == nil ? "" : reference.text),
                    inForceFrom: edition?.inForceFrom, inForceUntil: edition?.inForceUntil))
            guard outcome.references.count <= Self.countMax else {
                throw .tooManyReferences(countMax: Self.countMax)
            }
            if let edition, !outcome.editions.contains(edition) { outcome.editions.append(edition) }
        }
        return outcome
    }

    private static func parts(of text: String) -> [Substring] {
        text.split(whereSeparator: separators.contains).filter { !$0.allSatisfy { $0 == " " } }
    }

    /// What a row adopts besides what it declares, in the order of stored rows.
    func adopted(
        _ editions: [ReferencedStandard.Edition], besides declared: Set<String>, attributes: [String: String]
    ) -> [KnownDeclaration] {
        AdoptedRequirements.requirements(of: editions, besides: declared, attributes: attributes)
            .compactMap { adoptable[$0] }.sorted { $0.place < $1.place }
    }
}
