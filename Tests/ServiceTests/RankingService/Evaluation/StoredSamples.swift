import Regulation

@testable import RankingService

/// Standards as rows of the register, in memory.
enum StoredSamples {
    /// Texts of rows: each has its place from the second time on that it is asked for, as in a load.
    private final class Texts {
        private var places: [[UInt8]: Int] = [:]
        private var seen: Set<[UInt8]> = []
        private(set) var texts: [String] = []

        func place(_ text: String) -> Int? {
            let bytes = Array(text.utf8)
            if let known = places[bytes] { return known }
            guard bytes.count > 2, !seen.insert(bytes).inserted else { return nil }
            places[bytes] = texts.count
            texts.append(text)
            return texts.count - 1
        }
    }

    static func rows(_ standards: [DeclaredStandard]) throws -> StoredRows {
        let texts = Texts()
        let own = standards.indices.map { shape(of: standards[$0], isWide: $0 % 2 == 1) }
        // Texts that come again have their places then.
        for (standard, shape) in zip(standards, own) { _ = payload(standard, shape, number: 0, texts) }
        var numbers: [StandardShape: Int] = [:]
        for shape in own { numbers[shape] = numbers[shape] ?? numbers.count + 1 }
        return try rows(standards, texts) { row in
            (payload(standards[row], own[row], number: numbers[own[row]] ?? 0, texts), own[row])
        }
    }

    /// Of the standard and no other, or as a profile's: with more than a standard has of one indicator.
    private static func shape(of standard: DeclaredStandard, isWide: Bool) -> StandardShape {
        guard isWide else { return StandardShape(standard) }
        return StandardShape(
            attributes: StandardShape(standard).attributes,
            declarations: standard.declarations.flatMap { declaration in
                var other = declaration
                other.testMethod = "nobody's"
                return [StandardShape.Head(declaration), StandardShape.Head(other)]
            })
    }

    private static func rows(
        _ standards: [DeclaredStandard], _ texts: Texts,
        _ payload: (Int) -> (bytes: [UInt8], shape: StandardShape)
    ) throws -> StoredRows {
        var rows = StoredRows()
        var enterprises: [CreditCode: Int] = [:]
        for (row, standard) in standards.enumerated() {
            if rows.categories.last != standard.category { rows.categories.append(standard.category) }
            let enterprise = enterprises[standard.enterprise] ?? enterprises.count
            enterprises[standard.enterprise] = enterprise
            let (bytes, shape) = payload(row)
            try Array(standard.number.matchKey.utf8).withUnsafeBytes { key in
                try bytes.withUnsafeBytes { bytes in
                    try rows.append(enterprise: enterprise, matchKey: key, payload: bytes) { _ in shape }
                }
            }
        }
        try rows.resolve(onCores: 2) { enterprise in
            guard let code = enterprises.first(where: { $0.value == enterprise }) else {
                throw RowDamage.unknown("enterprise")
            }
            return code.key
        } text: { place in
            guard texts.texts.indices.contains(place) else { throw RowDamage.unknown("text") }
            return texts.texts[place]
        }
        return rows
    }

    private static func payload(
        _ standard: DeclaredStandard, _ shape: StandardShape, number: Int, _ texts: Texts
    ) -> [UInt8] {
        let parts = shape.parts(of: standard)
        var writer = RowWriter()
        StandardCoding.write(
            standard, shape: (number, shape, parts?.attributes ?? [], parts?.declarations ?? []), to: &writer,
            place: texts.place
        ) { writer in
            for declaration in standard.declarations {
                StandardCoding.write(declaration, to: &writer, texts.place)
            }
        }
        return writer.bytes
    }

    /// The row of a standard, cut at every byte and with every bit changed in turn.
    static func damaged(_ standard: DeclaredStandard) throws -> [() throws -> StoredRows] {
        let texts = Texts()
        let shape = StandardShape(standard)
        _ = payload(standard, shape, number: 1, texts)
        let sound = payload(standard, shape, number: 1, texts)
        let cut = sound.indices.dropFirst().map { Array(sound[..<$0]) }
        let changed = sound.indices.dropFirst().flatMap { place in
            (0..<8).map { bit in
                var changed = sound
                changed[place] ^= 1 << UInt8(bit)
                return changed
            }
        }
        return (cut + changed).map { bytes in
            { try rows([standard], texts) { _ in (bytes, shape) } }
        }
    }

    /// Written forms as registries have them: plain numbers with zeros behind, signs, words.
    static func written(
        _ standard: DeclaredStandard, _ scheme: EvaluationScheme, _ random: inout SplitMix
    ) -> DeclaredStandard {
        var standard = standard
        for index in standard.declarations.indices where !random.once(in: 5) {
            switch standard.declarations[index].value {
            case .number(let number):
                let digits = Int(number.scale) + random.int(0...2)
                let written = number.text(fractionDigits: min(digits, Int(ExactDecimal.scaleMax)))
                standard.declarations[index].written = random.once(in: 8) ? "+" + written : written
            case .word(let word):
                // A grade that looks like a number is read as one, and its written form is the grade.
                standard.declarations[index].written = word
                if random.once(in: 3) { standard.declarations[index].value = RankingSamples.number("1") }
            case .flag(let flag):
                standard.declarations[index].written = flag ? "Y" : "N"
            case .interval: break
            }
            if random.once(in: 9) { standard.declarations[index].provenance = "引用 GB 1—2015" }
        }
        if random.once(in: 4) {
            standard.references = [
                NormativeReference(
                    number: "GB 1", edition: "GB 1—2015", inForceFrom: CivilDate("2016-01-01"),
                    inForceUntil: nil),
                NormativeReference(
                    number: "GB 2—2001", edition: "GB 2—2001", inForceFrom: nil, inForceUntil: nil),
            ]
        }
        return standard
    }
}
