import Regulation

/// What a stored row is read with: the tables that it points into, and what stands in its columns.
protocol RegisterTables {
    func shape(_ number: Int) throws -> StandardShape
    func text(_ place: Int) throws -> String
}

extension StandardCoding {
    /// The standard of a row; without its declarations, if it is said where they end.
    static func read(
        _ bytes: UnsafeRawBufferPointer, enterprise: CreditCode, matchKey: String, category: String,
        _ tables: some RegisterTables, behindDeclarations: Int? = nil
    ) throws -> DeclaredStandard {
        var row = RowReading(bytes)
        let shape = try tables.shape(Int(try row.number()))
        let flags = try row.byte()
        let province = try Self.province(&row)
        let enterpriseName = try text(&row, tables)
        let printed = flags & Flag.hasPrintedNumber != 0 ? try text(&row, tables) : matchKey
        guard let number = StandardNumber(printed: printed, matchKey: matchKey) else {
            throw RowDamage.unknown("number")
        }
        let name = try text(&row, tables)
        let models = try texts(&row, tables)
        let declaredOn = try day(&row)
        let abolishedOn = flags & Flag.isAbolished != 0 ? try day(&row) : nil
        let attributes = try attributes(&row, shape, tables)
        var declarations: [Declaration] = []
        if let behindDeclarations {
            row.skip(to: behindDeclarations)
        } else {
            declarations = try Self.declarations(&row, shape, tables)
        }
        let breaches = flags & Flag.hasBreaches != 0 ? try texts(&row, tables) : []
        let references = flags & Flag.hasReferences != 0 ? try references(&row, tables) : []
        let sourceRow = Int(clamping: try row.number())
        guard row.isAtEnd else { throw RowDamage.trailing }
        return DeclaredStandard(
            enterprise: enterprise, enterpriseName: enterpriseName,
            codeIsSynthetic: flags & Flag.isSynthetic != 0, province: province,
            number: number, name: name, category: category, models: models,
            attributes: attributes, declarations: declarations, declaredOn: declaredOn,
            abolishedOn: abolishedOn, isInForce: flags & Flag.isInForce != 0,
            isSeriesProduced: flags & Flag.isSeriesProduced != 0,
            isWidelyOffered: flags & Flag.isWidelyOffered != 0, mandatoryBreaches: breaches,
            sourceRow: sourceRow, references: references)
    }

    private static func references(_ row: inout RowReading, _ tables: some RegisterTables) throws
        -> [NormativeReference]
    {
        let count = try row.count()
        var references: [NormativeReference] = []
        for _ in 0..<count {
            let number = try text(&row, tables)
            let parts = try row.byte()
            guard parts & ~ReferencePart.all == 0 else { throw RowDamage.unknown("part of a reference") }
            let edition = parts & ReferencePart.edition != 0 ? try text(&row, tables) : ""
            let from = parts & ReferencePart.inForceFrom != 0 ? try day(&row) : nil
            let until = parts & ReferencePart.inForceUntil != 0 ? try day(&row) : nil
            references.append(
                NormativeReference(
                    number: number, edition: parts & ReferencePart.itself != 0 ? number : edition,
                    inForceFrom: from, inForceUntil: until))
        }
        return references
    }

    /// The models of a row, which stand near its beginning.
    static func models(_ bytes: UnsafeRawBufferPointer, _ tables: some RegisterTables) throws -> [String] {
        var row = RowReading(bytes)
        _ = try row.number()
        let flags = try row.byte()
        _ = try row.byte()
        for _ in 0..<(flags & Flag.hasPrintedNumber != 0 ? 3 : 2) { try skipText(&row) }
        return try texts(&row, tables)
    }

    /// Row of the file: the last number of a row.
    static func sourceRow(_ payload: [UInt8]) -> Int {
        var start = payload.count - 1
        while start > 0, payload[start - 1] >= 0x80 { start -= 1 }
        guard start >= 0 else { return 0 }
        let number = payload[start...].withUnsafeBytes { bytes in
            var row = RowReading(bytes)
            return try? row.number()
        }
        return Int(clamping: number ?? 0)
    }

    private static func skipText(_ row: inout RowReading) throws(RowDamage) {
        try walkText(&row) { _ in }
    }

    /// Tells `place` where in the table a text stands that is not written out; whether one that is written
    /// out is text, whoever reads it will see.
    @inline(__always)
    static func walkText(_ row: inout RowReading, text place: (Int) -> Void) throws(RowDamage) {
        let head = try row.number()
        guard head & 1 == 0 else { return place(Int(clamping: head >> 1)) }
        _ = try row.raw(byteCount: Int(clamping: head >> 1))
    }

    private static func walkSoundText(
        _ row: inout RowReading, text place: (Int) -> Void
    ) throws(RowDamage) {
        let head = try row.number()
        guard head & 1 == 0 else { return place(Int(clamping: head >> 1)) }
        let bytes = try row.raw(byteCount: Int(clamping: head >> 1))
        guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
            throw .notText
        }
    }

    /// Refuses what `value` refuses.
    @inline(__always)
    static func walkValue(_ row: inout RowReading, text: (Int) -> Void) throws(RowDamage) {
        let kind = try row.byte()
        switch kind {
        case 0...ExactDecimal.scaleMax:
            try walkNumber(&row)
        case Kind.written...Kind.written + ExactDecimal.scaleMax:
            try walkNumber(&row)
            try walkSoundText(&row, text: text)
        case Kind.plainWord, Kind.no, Kind.yes:
            try walkSoundText(&row, text: text)
        case Kind.word:
            try walkSoundText(&row, text: text)
            try walkSoundText(&row, text: text)
        case Kind.interval:
            for _ in 0..<2 {
                let scale = try row.byte()
                guard scale <= ExactDecimal.scaleMax else { throw .unknown("scale \(scale)") }
                try walkNumber(&row)
            }
            try walkSoundText(&row, text: text)
        default:
            throw .unknown("kind of value \(kind)")
        }
    }

    static func walkReferences(_ row: inout RowReading, text: (Int) -> Void) throws(RowDamage) {
        for _ in 0..<(try row.count()) {
            try walkText(&row, text: text)
            let parts = try row.byte()
            if parts & ReferencePart.edition != 0 { try walkText(&row, text: text) }
            for part in [ReferencePart.inForceFrom, ReferencePart.inForceUntil] where parts & part != 0 {
                _ = try row.number()
            }
        }
    }

    @inline(__always)
    private static func walkNumber(_ row: inout RowReading) throws(RowDamage) {
        let significand = try row.signed()
        guard significand.magnitude < 1_000_000_000_000_000_000 else {
            throw .unknown("number \(significand)")
        }
    }

    private static func text(_ row: inout RowReading, _ tables: some RegisterTables) throws -> String {
        let head = try row.number()
        guard head & 1 == 0 else { return try tables.text(Int(clamping: head >> 1)) }
        return try row.text(byteCount: Int(clamping: head >> 1))
    }

    private static func texts(_ row: inout RowReading, _ tables: some RegisterTables) throws -> [String] {
        let count = try row.count()
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count { texts.append(try text(&row, tables)) }
        return texts
    }

    private static func province(_ row: inout RowReading) throws(RowDamage) -> Province? {
        let digits = try row.byte()
        guard digits != 0 else { return nil }
        guard let province = Province(rawValue: String(digits)) else { throw .unknown("province \(digits)") }
        return province
    }

    private static func day(_ row: inout RowReading) throws(RowDamage) -> CivilDate {
        let number = try row.signed()
        let day = CivilDate(dayNumber: Int(number))
        guard day.dayNumber == number else { throw .unknown("day \(number)") }
        return day
    }

    private static func attributes(
        _ row: inout RowReading, _ shape: StandardShape, _ tables: some RegisterTables
    ) throws -> [String: String] {
        let bits = try bits(&row, count: shape.attributes.count)
        var attributes: [String: String] = [:]
        for (index, name) in shape.attributes.enumerated() where isSet(index, bits) {
            attributes[name] = try text(&row, tables)
        }
        return attributes
    }

    private static func declarations(
        _ row: inout RowReading, _ shape: StandardShape, _ tables: some RegisterTables
    ) throws -> [Declaration] {
        let bits = try bits(&row, count: shape.declarations.count)
        var declarations: [Declaration] = []
        declarations.reserveCapacity(shape.declarations.count)
        for (index, head) in shape.declarations.enumerated() where isSet(index, bits) {
            let (value, written) = try value(&row, tables)
            declarations.append(
                Declaration(
                    indicator: head.indicator, relation: head.relation, value: value, written: written,
                    testMethod: head.testMethod, unit: head.unit, provenance: head.provenance))
        }
        return declarations
    }

    /// One bit for each part of a shape, and none more.
    static func bits(
        _ row: inout RowReading, count: Int
    ) throws(RowDamage) -> UnsafeRawBufferPointer {
        let bits = try row.raw(byteCount: (count + 7) / 8)
        guard count & 7 == 0 || bits[count >> 3] >> UInt8(count & 7) == 0 else { throw .unknown("part") }
        return bits
    }

    static func isSet(_ index: Int, _ bits: UnsafeRawBufferPointer) -> Bool {
        bits[index >> 3] & 1 << UInt8(index & 7) != 0
    }

    static func value(
        _ row: inout RowReading, _ tables: some RegisterTables
    ) throws -> (RequirementValue, written: String) {
        let kind = try row.byte()
        switch kind {
        case 0...ExactDecimal.scaleMax:
            let number = try decimal(scale: kind, &row)
            return (.number(number), number.text(fractionDigits: Int(kind)))
        case Kind.written...Kind.written + ExactDecimal.scaleMax:
            let number = try decimal(scale: kind - Kind.written, &row)
            return (.number(number), try text(&row, tables))
        case Kind.plainWord:
            let word = try text(&row, tables)
            return (.word(word), word)
        case Kind.word:
            let word = try text(&row, tables)
            return (.word(word), try text(&row, tables))
        case Kind.no, Kind.yes:
            return (.flag(kind == Kind.yes), try text(&row, tables))
        case Kind.interval:
            let low = try decimal(scale: try row.byte(), &row)
            let high = try decimal(scale: try row.byte(), &row)
            return (.interval(low, high), try text(&row, tables))
        default:
            throw RowDamage.unknown("kind of value \(kind)")
        }
    }

    private static func decimal(scale: UInt8, _ row: inout RowReading) throws(RowDamage) -> ExactDecimal {
        let significand = try row.signed()
        guard let number = ExactDecimal(significand: significand, scale: scale) else {
            throw .unknown("number \(significand) with scale \(scale)")
        }
        return number
    }
}
