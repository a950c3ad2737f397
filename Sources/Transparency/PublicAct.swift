import Crypto

/// An act that everybody may know of, as it stands in the log of the authority that did it.
///
/// An entry's bytes are the canonical JSON of an object with these members, so whoever knows the facts can
/// write the same bytes:
///
///     v         1
///     service   who acted: "scheme", "ranking" or "compliance"
///     act       what was done, as in "title-granted"
///     subject   what it was done to: the record's stream, as in "title/TITLE-8Q2M6ZK3TD"
///     position  place of the event in the authority's record, which grows from entry to entry
///     moment    UTC microseconds since 1970
///     edition   edition of the rules
///     facts     what there is to know, an object; or "facts_sha256" where they are too many for an entry
package struct PublicAct: Sendable, Hashable {
    package let service: String
    package let act: String
    package let subject: String
    package let position: SafeInteger
    package let moment: SafeInteger
    package let edition: String
    package let facts: JSONMembers

    /// Version of the entries' form.
    private static let form: UInt32 = 1
    /// A tile of entries says each one's length in two bytes.
    private static let entryByteCountMax = EntryBundle.entryByteCountMax

    package init(
        service: String, act: String, subject: String, position: SafeInteger, moment: SafeInteger,
        edition: String, facts: JSONMembers
    ) {
        self.service = service
        self.act = act
        self.subject = subject
        self.position = position
        self.moment = moment
        self.edition = edition
        self.facts = facts
    }

    /// The leaf's bytes.
    package var entry: [UInt8] {
        let facts = CanonicalJSON.object(facts)
        let whole = entry(("facts", facts))
        if whole.count <= Self.entryByteCountMax { return whole }
        let digest = Array(SHA256.hash(data: facts.encoded))
        return entry(("facts_sha256", .text(HexText.text(digest))))
    }

    private func entry(_ facts: (key: String, value: CanonicalJSON)) -> [UInt8] {
        CanonicalJSON.encodedObject([
            ("act", .text(act)), ("edition", .text(edition)), facts, ("moment", .number(moment)),
            ("position", .number(position)), ("service", .text(service)), ("subject", .text(subject)),
            ("v", .count(Self.form)),
        ])
    }

    /// The place in the record that an entry names; nil for bytes that are no entry of ours.
    package static func position(in entry: [UInt8]) -> Int64? {
        (try? CanonicalJSON(entry))?["position"]?.asNumber
    }
}
