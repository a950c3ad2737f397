import Authority
import Contracts
import Regulation

/// Who sees what of a list.
///
/// Before its first notice a list is shown to its agency and the work agency only. An enterprise that did not
/// consent is not named (R13); of entries that objections hold back or took off, the public sees the rank
/// only, once the list is published (R6).
struct ListView {
    /// Stands for the key of an entry that is not named.
    static let unnamedKey = "UNNAMED"

    /// The enterprise of an entry's key.
    static func creditCode(ofKey key: String) -> String { String(key.prefix { $0 != "/" }) }

    let isInside: Bool
    private let institution: String
    private let isPublished: Bool
    private let consents: [String: Bool]
    private let effect: ObjectionEffect

    init(
        _ actor: Actor, list: RankingAPI.RankingList, consents: [String: Bool],
        objections: [CommonAPI.Objection]
    ) {
        isInside = Self.isInside(actor, agency: list.agency)
        institution = actor.institutionCode
        isPublished = list.state == .published
        self.consents = consents
        effect = ObjectionEffect(objections.map(LodgedObjection.init))
    }

    /// The list's own agency, and the work agency.
    static func isInside(_ actor: Actor, agency: CommonAPI.Institution?) -> Bool {
        switch actor.role {
        case .workAgency: true
        case .evaluationAgency: agency?.creditCode == actor.institutionCode
        case .public, .authority, .committee, .enterprise, .service, .unspecified, .unrecognized: false
        }
    }

    /// Whether the list exists at all for the caller.
    static func shows(
        _ actor: Actor, agency: CommonAPI.Institution?, notice: CommonAPI.Notice?
    ) -> Bool {
        notice != nil || isInside(actor, agency: agency)
    }

    /// The entry with its standing, as the caller may see it.
    func entry(_ entry: RankingAPI.Entry) -> RankingAPI.Entry {
        var entry = entry
        let code = entry.enterprise?.creditCode ?? ""
        if effect.removed.contains(entry.key) {
            entry.standing = .removed
        } else if effect.heldBack.contains(entry.key) {
            entry.standing = .heldBack
        } else if consents[code] == true {
            entry.standing = .named
        } else {
            entry.standing = .consentNotGiven
        }
        let isOwn = !institution.isEmpty && code == institution
        return isInside || isOwn || isNamed(entry, consented: consents[code] == true) ? entry : gap(entry)
    }

    private func isNamed(_ entry: RankingAPI.Entry, consented: Bool) -> Bool {
        switch entry.standing {
        case .named: true
        case .heldBack: consented && !isPublished
        case .consentNotGiven, .removed, .unspecified, .unrecognized: false
        }
    }

    /// Rank and grade, and nothing that tells whose they are.
    private func gap(_ entry: RankingAPI.Entry) -> RankingAPI.Entry {
        RankingAPI.Entry(rank: entry.rank, grade: entry.grade, standing: entry.standing)
    }
}

extension CommonAPI.Notice {
    /// Replaces the keys of entries that are not named, told by their enterprises.
    mutating func hideEntries(of isUnnamed: (String) -> Bool) {
        for index in objections.indices {
            objections[index].entries = objections[index].entries.map { key in
                isUnnamed(ListView.creditCode(ofKey: key)) ? ListView.unnamedKey : key
            }
        }
    }
}
