internal import Regulation

/// Makes standards of the rows of a whole file: enterprises get their codes, rows that repeat or contradict one
/// another are found, and everything is counted.
struct StandardsAssembly {
    private let profile: Profile
    private var standards: [DeclaredStandard] = []
    private var rejections: [RowTable.Rejection]

    init(rows: [DeclaredRow], rejections: [RowTable.Rejection], profile: Profile) {
        self.profile = profile
        self.rejections = rejections
        let codes = EnterpriseCodes(rows)
        standards.reserveCapacity(rows.count)
        for row in rows {
            let code = row.creditCode ?? codes.code(of: row.enterpriseName)
            let derived = profile.province == nil ? codes.province(of: code) : nil
            standards.append(row.standard(enterprise: code, province: derived, profile: profile))
        }
        removeRepetitions(lines: rows.map(\.line))
    }

    /// One enterprise, one number and the same models are one declared standard. Rows that are equal in everything
    /// count once; rows that contradict each other are all rejected, for nothing says which of them is true.
    private mutating func removeRepetitions(lines: [Int]) {
        var groups: [String: [Int]] = [:]
        groups.reserveCapacity(standards.count)
        for (index, standard) in standards.enumerated() { groups[standard.key, default: []].append(index) }
        var removed: Set<Int> = []
        for group in groups.values where group.count > 1 {
            let first = standards[group[0]]
            let areEqual = group.allSatisfy { standards[$0].hasContents(of: first) }
            let rows = group.map { standards[$0].sourceRow }
            for index in areEqual ? group.dropFirst() : group[...] {
                let flaw: RowFlaw = areEqual ? .repeatedRow(first: rows[0]) : .contradiction(rows: rows)
                let field = RowReader.FieldFlaw(
                    column: "", value: standards[index].number.text, flaw: flaw)
                rejections.append(.init(row: standards[index].sourceRow, line: lines[index], flaws: [field]))
                removed.insert(index)
            }
        }
        guard !removed.isEmpty else { return }
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
        let categories = Dictionary(grouping: standards, by: \.category)
            .map { ImportCounts.CategoryCount(category: $0.key, accepted: $0.value.count) }
            .sorted { $0.category < $1.category }
        var models: Set<EnterpriseModels> = []
        var enterprises: Set<CreditCode> = []
        for standard in standards {
            models.insert(EnterpriseModels(enterprise: standard.enterprise, models: standard.models))
            enterprises.insert(standard.enterprise)
        }
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

/// Codes and provinces of the enterprises of a file, looked up once each.
private struct EnterpriseCodes {
    private var codes: [String: CreditCode] = [:]
    private var provinces: [CreditCode: Province] = [:]

    init(_ rows: [DeclaredRow]) {
        let names = Set(rows.lazy.filter { $0.creditCode == nil }.map(\.enterpriseName))
        let synthetic = SyntheticCodes(names: names)
        for name in names { codes[name] = synthetic.code(of: name) }
        for code in Set(rows.lazy.compactMap(\.creditCode)).union(codes.values) {
            provinces[code] = Province(regionDigits: code.regionDigits)
        }
    }

    /// `name` is that of a row without a code.
    func code(of name: String) -> CreditCode {
        codes[name] ?? SyntheticCodes.derive(SyntheticCodes.folded(name), attempt: 0)
    }

    func province(of code: CreditCode) -> Province? { provinces[code] }
}

extension DeclaredStandard {
    /// Equal in everything but the row.
    fileprivate func hasContents(of other: DeclaredStandard) -> Bool {
        var copy = self
        copy.sourceRow = other.sourceRow
        return copy == other
    }
}
