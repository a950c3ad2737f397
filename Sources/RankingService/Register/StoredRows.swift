import Regulation

/// Rows of the register as they are stored, and everything that they point to.
///
/// Every row was walked through once, so that its values can be read without a thought of damage.
struct StoredRows: Sendable {
    struct Row: Sendable {
        let category: Int
        let enterprise: Int
        /// Place of the shape in `shapes`.
        let shape: Int
        /// In `bytes`: of the match key, and of the rest behind it.
        let start: Int
        let payload: Int
        let end: Int
        /// In the payload: where the declarations begin, and what stands behind them.
        var declarations = 0
        var rest = 0
    }

    /// Names, by `Row.category`.
    var categories: [String] = []
    private(set) var rows: [Row] = []
    private(set) var bytes: [UInt8] = []
    private(set) var shapes: [StandardShape] = []
    private var shapePlaces: [Int: Int] = [:]
    private(set) var tables = Tables()

    /// What rows name by number.
    struct Tables: Sendable, RegisterTables {
        fileprivate(set) var codes: [Int: CreditCode] = [:]
        fileprivate(set) var shapes: [Int: StandardShape] = [:]
        fileprivate(set) var texts: [Int: String] = [:]

        func shape(_ number: Int) throws -> StandardShape {
            guard let shape = shapes[number] else { throw RowDamage.unknown("shape \(number)") }
            return shape
        }

        func text(_ place: Int) throws -> String {
            guard let text = texts[place] else { throw RowDamage.unknown("text \(place)") }
            return text
        }
    }

    /// Adds a row of the last category; `shape` looks up one that no row had.
    mutating func append(
        enterprise: Int, matchKey: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer,
        shape: (Int) throws -> StandardShape
    ) throws {
        var reading = RowReading(payload)
        let number = Int(clamping: try reading.number())
        let place: Int
        if let known = shapePlaces[number] {
            place = known
        } else {
            place = shapes.count
            shapes.append(try shape(number))
            shapePlaces[number] = place
            tables.shapes[number] = shapes[place]
        }
        let start = bytes.count
        bytes.append(contentsOf: matchKey)
        bytes.append(contentsOf: payload)
        rows.append(
            Row(
                category: categories.count - 1, enterprise: enterprise, shape: place, start: start,
                payload: start + matchKey.count, end: bytes.count))
    }

    /// Walks through every row and looks up what it points to, each once and in the order of the numbers.
    mutating func resolve(
        onCores cores: Int, code: (Int) throws -> CreditCode, text: (Int) throws -> String
    ) throws {
        let walked = try Cores.map(rows.count, onCores: cores) { [self] range in try walk(range) }
        var (enterprises, texts): (Set<Int>, Set<Int>) = ([], [])
        var place = 0
        for part in walked {
            enterprises.formUnion(part.enterprises)
            texts.formUnion(part.texts)
            for (declarations, rest) in part.places {
                rows[place].declarations = declarations
                rows[place].rest = rest
                place += 1
            }
        }
        for enterprise in enterprises.sorted() { tables.codes[enterprise] = try code(enterprise) }
        for place in texts.sorted() { tables.texts[place] = try text(place) }
    }

    private struct Walked: Sendable {
        var enterprises: Set<Int> = []
        var texts: Set<Int> = []
        var places: [(declarations: Int, rest: Int)] = []
    }

    private func walk(_ range: Range<Int>) throws -> Walked {
        var walked = Walked()
        walked.places.reserveCapacity(range.count)
        var lastEnterprise: Int?
        try bytes.withUnsafeBytes { bytes in
            for row in rows[range] {
                if row.enterprise != lastEnterprise { walked.enterprises.insert(row.enterprise) }
                lastEnterprise = row.enterprise
                var walk = RowWalk(UnsafeRawBufferPointer(rebasing: bytes[row.payload..<row.end]))
                walked.places.append(try walk.places(shapes[row.shape]) { walked.texts.insert($0) })
            }
        }
        return walked
    }

    /// The standard of a row, with its declarations or without.
    func standard(_ row: Row, withDeclarations: Bool) throws -> DeclaredStandard {
        guard let code = tables.codes[row.enterprise] else {
            throw RowDamage.unknown("enterprise \(row.enterprise)")
        }
        return try bytes.withUnsafeBytes { bytes in
            let matchKey = String(decoding: bytes[row.start..<row.payload], as: UTF8.self)
            let payload = UnsafeRawBufferPointer(rebasing: bytes[row.payload..<row.end])
            return try StandardCoding.read(
                payload, enterprise: code, matchKey: matchKey, category: categories[row.category], tables,
                behindDeclarations: withDeclarations ? nil : row.rest)
        }
    }
}

/// Walks through a row without making anything of it.
private struct RowWalk {
    private var row: RowReading

    init(_ bytes: UnsafeRawBufferPointer) { row = RowReading(bytes) }

    /// Where the declarations begin and where they end; `text` is told each text that the row points to.
    mutating func places(
        _ shape: StandardShape, text: (Int) -> Void
    ) throws -> (declarations: Int, rest: Int) {
        _ = try row.number()
        let flags = try row.byte()
        _ = try row.byte()
        for _ in 0..<(flags & StandardCoding.Flag.hasPrintedNumber != 0 ? 3 : 2) { try walk(text) }
        for _ in 0..<(try row.count()) { try walk(text) }
        _ = try row.number()
        if flags & StandardCoding.Flag.isAbolished != 0 { _ = try row.number() }
        let attributes = try StandardCoding.bits(&row, count: shape.attributes.count)
        for index in shape.attributes.indices where StandardCoding.isSet(index, attributes) {
            try walk(text)
        }
        let start = row.offset
        let declared = try StandardCoding.bits(&row, count: shape.declarations.count)
        for index in shape.declarations.indices where StandardCoding.isSet(index, declared) {
            try StandardCoding.walkValue(&row, text: text)
        }
        let end = row.offset
        if flags & StandardCoding.Flag.hasBreaches != 0 {
            for _ in 0..<(try row.count()) { try walk(text) }
        }
        if flags & StandardCoding.Flag.hasReferences != 0 {
            try StandardCoding.walkReferences(&row, text: text)
        }
        return (start, end)
    }

    private mutating func walk(_ text: (Int) -> Void) throws {
        try StandardCoding.walkText(&row, text: text)
    }
}
