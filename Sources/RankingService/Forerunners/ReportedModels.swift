import Regulation

/// Whether conformity reports cover every model of an entry (3.2.3).
enum ReportedModels {
    /// The entry's models that no report names. A report without a model speaks for a standard that covers
    /// one or none.
    static func missing(of models: [String], in reported: Set<String>) -> [String] {
        let wanted = ConformityReportRule.models(of: models)
        if wanted.count == 1, reported.contains("") { return [] }
        return wanted.filter { !reported.contains($0) }
    }
}
