import GRDB

/// What the events say of personal data, gathered while an audit walks over them.
struct PersonalAccount {
    /// Commitment of each name's data, until they were erased.
    private var held: [String: [UInt8]] = [:]
    private var erased: Set<String> = []

    mutating func note(_ trace: PersonalTrace) {
        switch trace {
        case .held(let id, let commitment): held[id] = commitment
        case .erased(let id):
            held[id] = nil
            erased.insert(id)
        }
    }

    /// What is wrong with a row, or nil; the row is then accounted for.
    mutating func settle(_ part: PersonalPart) -> String? {
        guard let commitment = held.removeValue(forKey: part.id) else {
            return erased.contains(part.id) ? "was to be erased" : "no event has such data"
        }
        return part.commitment == commitment ? nil : "does not fit the event: the data were changed"
    }

    /// Names whose data should be there, after all rows were settled.
    var missing: [String] { held.keys.sorted() }
}

extension AuditPass {
    /// The personal data are those of the events, less what was erased.
    mutating func checkPersonalData() throws {
        let rows = try Row.fetchCursor(live, sql: "SELECT id, salt, data FROM personal ORDER BY id")
        while let row = try rows.next() {
            let part = try PersonalPart(row: row)
            if let problem = personal.settle(part) { report.report("personal \(part.id)", problem) }
        }
        for id in personal.missing { report.report("personal \(id)", "is missing, and no event erased it") }
    }
}
