internal import Regulation

/// What can be said only of a file as a whole: codes of enterprises that collide are settled, rows that
/// repeat or contradict one another are found, and everything is counted.
struct StandardsAssembly {
    private let profile: Profile
    private var standards: [DeclaredStandard] = []
    private var rejections: [RowCollector.Rejection]

    init(_ rows: RowCollector.Rows, profile: Profile) {
        self.profile = profile
        standards = rows.standards
        rejections = rows.rejections
        settleCodes()
        removeRepetitions(lines: rows.lines)
    }

    /// Names whose codes collide get different ones; every other code stands as it was derived.
    private mutating func settleCodes() {
        guard profile.creditCode == nil else { return }
        let names = Set(standards.lazy.map(\.enterpriseName))
        let codes = SyntheticCodes(names: names)
        let changed = names.filter { codes.code(of: $0) != SyntheticCodes.derive(name: $0) }
        guard !changed.isEmpty else { return }
        for index in standards.indices where changed.contains(standards[index].enterpriseName) {
            guard let code = codes.code(of: standards[index].enterpriseName) else { continue }
            standards[index].enterprise = code
            if profile.province == nil {
                standards[index].province = Province(regionDigits: code.regionDigits)
            }
        }
    }

    /// One enterprise, one number and the same models are one declared standard. Rows that are equal in
    /// everything count once; rows that contradict each other are all rejected, for nothing says which of
    /// them is true.
    private mutating func removeRepetitions(lines: [Int]) {
        var firsts: [String: Int] = [:]
        firsts.reserveCapacity(standards.count)
        var groups: [Int: [Int]] = [:]
        for index in standards.indices {
            let key = standards[index].key
            if let first = firsts[key] {
                groups[first, default: [first]].append(index)
            } else {
                firsts[key] = index
            }
        }
        guard !groups.isEmpty else { return }
        var removed: Set<Int> = []
        for (first, group) in groups {
            let areEqual = group.allSatisfy { standards[$0].hasContents(of: standards[first]) }
            let rows = group.map { standards[$0].sourceRow }
            for index in areEqual ? group.dropFirst() : group[...] {
                let flaw: RowFlaw = areEqual ? .repeatedRow(first: rows[0]) : .contradiction(rows: rows)
                let field = RowReader.FieldFlaw(
                    column: "", value: standards[index].number.text, flaw: flaw)
                rejections.append(.init(row: standards[index].sourceRow, line: lines[index], flaws: [field]))
                removed.insert(index)
            }
        }
        standards = standards.enumerated().filter { !removed.contains($0.offset) }.map(\.element)
        rejections.sort { $0.row < $1.row }
    }

    func outcome(
        file: String, total: Int, mendedFields: Int, fileSHA256: [UInt8], byteCount: Int
    ) -> ImportOutcome {
        let rejectedRows = rejections.flatMap { rejection in
            rejection.flaws.map { field in
                RejectedRow(
                    file: file, row: rejection.row, line: rejection.line, column: field.column,
                    value: field.value, flaw: field.flaw)
            }
        }
        var accepted: [String: Int] = [:]
        var models: Set<EnterpriseModels> = []
        var enterprises: Set<CreditCode> = []
        for index in standards.indices {
            accepted[standards[index].category, default: 0] += 1
            enterprises.insert(standards[index].enterprise)
            models.insert(
                EnterpriseModels(enterprise: standards[index].enterprise, models: standards[index].models))
        }
        let categories = accepted.map { ImportCounts.CategoryCount(category: $0.key, accepted: $0.value) }
            .sorted { $0.category < $1.category }
        let counts = ImportCounts(
            file: file, profile: profile.name, total: total, accepted: standards.count,
            rejected: rejections.count, mendedFields: mendedFields,
            repeatedModels: standards.count - models.count, enterprises: enterprises.count,
            hasSyntheticCodes: profile.creditCode == nil, categories: categories, fileSHA256: fileSHA256,
            byteCount: byteCount)
        return ImportOutcome(standards: standards, rejectedRows: rejectedRows, summary: counts)
    }

    private struct EnterpriseModels: Hashable {
        let enterprise: CreditCode
        let models: [String]
    }
}

extension DeclaredStandard {
    /// Equal in everything but the row.
    fileprivate func hasContents(of other: DeclaredStandard) -> Bool {
        var copy = self
        copy.sourceRow = other.sourceRow
        return copy == other
    }
}
