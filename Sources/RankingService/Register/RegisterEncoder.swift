import Regulation

/// Declared standards on their way into the register: makes rows of them, batch by batch.
struct RegisterEncoder {
    private let names: RegisterNames
    /// What a file mapped by the profile can say at most, and its number once it has one.
    private let shape: StandardShape
    private var shapeNumber: Int?
    private let codes: SettledCodes
    /// The province follows from the code.
    private let readsProvince: Bool
    private var writer = RowWriter()
    private var line: [UInt8] = []
    private var hasDeclaration: [Bool]

    init(names: RegisterNames, profile: Profile, codes: SettledCodes) {
        self.names = names
        self.codes = codes
        readsProvince = profile.province == nil
        shape = StandardShape(profile)
        hasDeclaration = shape.declarations.map { _ in false }
    }

    /// `known` are the standard's declarations; its own are not looked at. Answers the row's enterprise, and
    /// what stands for it and its models; nil when the register has too many categories.
    mutating func append(
        _ standard: DeclaredStandard, _ known: [KnownDeclaration], to batch: inout RegisterBatch
    ) -> (enterprise: Int, models: UInt64)? {
        guard !codes.isEmpty else { return append(settled: standard, known, to: &batch) }
        var standard = standard
        codes.settle(&standard, readsProvince: readsProvince)
        return append(settled: standard, known, to: &batch)
    }

    private mutating func append(
        settled standard: DeclaredStandard, _ known: [KnownDeclaration],
        to batch: inout RegisterBatch
    ) -> (enterprise: Int, models: UInt64)? {
        guard let id = names.place(in: standard.category, &batch) else { return nil }
        let enterprise = names.enterprise(standard.enterprise, &batch)
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: standard.number.matchKey.utf8)
        let middle = batch.bytes.count
        writeRow(standard, known, &batch)
        batch.bytes.append(contentsOf: writer.bytes)
        batch.rows.append(
            RegisterBatch.Row(
                id: id, enterprise: enterprise, digest: digest(of: standard, known), number: start..<middle,
                payload: middle..<batch.bytes.count, row: standard.sourceRow))
        return (enterprise, ModelsMark(enterprise: enterprise, models: standard.models).value)
    }

    private mutating func writeRow(
        _ standard: DeclaredStandard, _ known: [KnownDeclaration], _ batch: inout RegisterBatch
    ) {
        let number = shapeNumber ?? names.shape(shape, &batch)
        shapeNumber = number
        for place in hasDeclaration.indices { hasDeclaration[place] = false }
        for declaration in known { hasDeclaration[declaration.place] = true }
        writer.removeAll()
        let names = names
        StandardCoding.write(
            standard,
            shape: (
                number, shape, shape.attributes.map { standard.attributes[$0] != nil }, hasDeclaration
            ), to: &writer, place: { text in names.text(text, &batch) },
            declarations: { writer in for declaration in known { writer.write(raw: declaration.stored) } })
    }

    private mutating func digest(
        of standard: DeclaredStandard, _ known: [KnownDeclaration]
    ) -> StandardDigest {
        line.removeAll(keepingCapacity: true)
        standard.appendCanonicalLine(to: &line, partCount: known.count) { index in
            known[index].canonical
        }
        return StandardDigest(ofCanonicalLine: line)
    }
}

extension StandardShape {
    /// What a file mapped by the profile can say at most.
    init(_ profile: Profile) {
        self.init(
            attributes: Set(profile.attributes.map(\.name)).sorted { ByteOrder.compare($0, $1) < 0 },
            declarations: profile.indicators.map { indicator in
                Head(
                    Declaration(
                        indicator: indicator.code, relation: indicator.relation, value: .flag(false),
                        written: "", testMethod: indicator.testMethod, unit: indicator.unit))
            } + profile.adoptable.map(Head.init))
    }
}
