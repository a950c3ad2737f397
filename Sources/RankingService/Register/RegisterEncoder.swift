import Regulation

/// Declared standards on their way into the register: makes rows of them, batch by batch.
struct RegisterEncoder {
    private let names: RegisterNames
    /// The shape most rows of the file have, and its number once it has one.
    private let usual: StandardShape
    private let codes: SettledCodes
    /// The province follows from the code.
    private let readsProvince: Bool
    private var writer = RowWriter()

    init(names: RegisterNames, profile: Profile, codes: SettledCodes) {
        self.names = names
        self.codes = codes
        readsProvince = profile.province == nil
        usual = StandardShape(profile)
    }

    /// The row's enterprise, and what stands for it and its models. Nil when the register has too many
    /// categories.
    mutating func append(
        _ standard: DeclaredStandard, line: Int, to batch: inout RegisterBatch
    ) -> (enterprise: Int, models: UInt64)? {
        var standard = standard
        codes.settle(&standard, readsProvince: readsProvince)
        guard let id = names.place(in: standard.category, &batch) else { return nil }
        let enterprise = names.enterprise(standard.enterprise, &batch)
        let (shape, parts) = shape(of: standard)
        let number = names.shape(shape, &batch)
        writer.removeAll()
        StandardCoding.write(
            standard, shape: (number, shape, parts.attributes, parts.declarations), to: &writer,
            place: { [names] text in names.text(text, &batch) })
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: standard.number.matchKey.utf8)
        let middle = batch.bytes.count
        batch.bytes.append(contentsOf: writer.bytes)
        batch.rows.append(
            RegisterBatch.Row(
                id: id, enterprise: enterprise, digest: StandardDigest(of: standard),
                number: start..<middle, payload: middle..<batch.bytes.count, row: standard.sourceRow,
                line: line))
        return (enterprise, ModelsMark.of(enterprise: enterprise, models: standard.models))
    }

    private func shape(
        of standard: DeclaredStandard
    ) -> (StandardShape, (attributes: [Bool], declarations: [Bool])) {
        if let parts = usual.parts(of: standard) { return (usual, parts) }
        let own = StandardShape(standard)
        return (
            own, (own.attributes.map { _ in true }, own.declarations.map { _ in true })
        )
    }
}

/// Eight bytes that stand for an enterprise and its models, to count how often the same come again among some
/// millions: two different ones share a mark once in a million files.
enum ModelsMark {
    static func of(enterprise: Int, models: [String]) -> UInt64 {
        // FNV-1a, finished so that every bit counts.
        var mark: UInt64 = (0xCBF2_9CE4_8422_2325 ^ UInt64(enterprise)) &* 0x100_0000_01B3
        for model in models {
            for byte in model.utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
            mark = (mark ^ 0xFF) &* 0x100_0000_01B3
        }
        mark ^= mark >> 32
        return mark &* 0x9E37_79B9_7F4A_7C15
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
            })
    }
}
