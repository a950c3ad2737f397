/// Which entries an objection names, and which entries the list has.
package struct ObjectedEntries: Sendable, Hashable {
    package var entries: [String]
    package var listed: Set<String>

    package init(entries: [String], listed: Set<String>) {
        self.entries = entries
        self.listed = listed
    }
}

/// An objection to a result names the whole list or entries that are on it.
///
/// Regulation 3.2.4 (异议), R6.
package struct ObjectedEntriesRule: Rule {
    package static let citation = Citation("3.2.4", term: "异议")

    package init() {}

    package func findings(in subject: ObjectedEntries) -> [Finding] {
        subject.entries.filter { !subject.listed.contains($0) }.map { key in
            Finding(
                Self.citation, code: "OBJECTED_ENTRY_UNKNOWN", subject: key,
                zh: "榜单中没有该条目", en: "the list has no such entry")
        }
    }
}
