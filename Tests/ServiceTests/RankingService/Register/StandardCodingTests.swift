import Regulation
import Testing

@testable import RankingService

@Suite("Stored rows of the register")
struct StandardCodingTests {
    /// Tables in memory; every text is given a place when it is first seen.
    private final class Tables: RegisterTables {
        var shapes: [StandardShape] = []
        var texts: [String] = []

        func shape(_ number: Int) throws -> StandardShape {
            guard shapes.indices.contains(number) else { throw RowDamage.unknown("shape") }
            return shapes[number]
        }

        func text(_ place: Int) throws -> String {
            guard texts.indices.contains(place) else { throw RowDamage.unknown("text") }
            return texts[place]
        }

        func place(_ text: String) -> Int? {
            if let known = texts.firstIndex(where: { $0.utf8.elementsEqual(text.utf8) }) { return known }
            guard text.utf8.count > 2 else { return nil }
            texts.append(text)
            return texts.count - 1
        }
    }

    private func row(
        _ standard: DeclaredStandard, _ tables: Tables, shape: StandardShape? = nil
    ) throws -> [UInt8] {
        let shape = shape ?? StandardShape(standard)
        let parts = try #require(shape.parts(of: standard))
        tables.shapes.append(shape)
        var writer = RowWriter()
        StandardCoding.write(
            standard,
            shape: (tables.shapes.count - 1, shape, parts.attributes, parts.declarations), to: &writer,
            place: tables.place
        ) { writer in
            for declaration in standard.declarations {
                StandardCoding.write(declaration, to: &writer, tables.place)
            }
        }
        return writer.bytes
    }

    private func read(_ row: [UInt8], like standard: DeclaredStandard, _ tables: Tables) throws
        -> DeclaredStandard
    {
        try row.withUnsafeBytes { bytes in
            try StandardCoding.read(
                bytes, enterprise: standard.enterprise, matchKey: standard.number.matchKey,
                category: standard.category, tables)
        }
    }

    @Test("whatever a standard says comes back, byte for byte of its canonical line")
    func roundTrip() throws {
        let tables = Tables()
        var count = 0
        for seed in 0..<200 as Range<UInt64> {
            for standard in RandomEvaluation(seed: seed).standards {
                let row = try row(standard, tables)
                let again = try read(row, like: standard, tables)
                #expect(again == standard)
                #expect(again.canonicalLine == standard.canonicalLine)
                #expect(again.sourceRow == standard.sourceRow)
                #expect(StandardCoding.sourceRow(row) == standard.sourceRow)
                #expect(try row.withUnsafeBytes { try StandardCoding.models($0, tables) } == standard.models)
                count += 1
            }
        }
        #expect(count > 1_000)
    }

    @Test("a shape of more than a standard has leaves the rest out, and another order is another shape")
    func shapes() throws {
        var standard = try RankingSamples.standard(["a≥1", "b≤2"], enterprise: 1)
        standard.attributes = ["power": "5"]
        let wide = StandardShape(
            attributes: ["colour", "power"],
            declarations: try RankingSamples.standard(["x≥1", "a≥1", "y≥1", "b≤2"], enterprise: 1)
                .declarations.map(StandardShape.Head.init))
        let tables = Tables()
        #expect(try read(try row(standard, tables, shape: wide), like: standard, tables) == standard)
        standard.declarations.reverse()
        #expect(wide.parts(of: standard) == nil)
        standard.declarations.reverse()
        standard.attributes["weight"] = "1"
        #expect(wide.parts(of: standard) == nil)
    }

    @Test("written forms, signs, ends of intervals and days of abolition are kept")
    func odd() throws {
        var standard = try RankingSamples.standard(["a≥1"], enterprise: 1)
        standard.declarations = [
            Declaration(
                indicator: "a", relation: .below, value: .number(try #require(ExactDecimal("0.05"))),
                written: "0.050"),
            Declaration(
                indicator: "e", relation: .atLeast, value: .number(ExactDecimal(5)), written: "+5"),
            Declaration(
                indicator: "f", relation: .atLeast, value: .number(ExactDecimal(-7)), written: "-7.00"),
            Declaration(
                indicator: "b", relation: .equal,
                value: .interval(try #require(ExactDecimal("-2.5")), try #require(ExactDecimal("3"))),
                written: "-2.5~3.0"),
            Declaration(
                indicator: "c", relation: .equal, value: .word("1级"), written: "一级", provenance: "引用 GB 1"),
            Declaration(
                indicator: "d", relation: .atMost,
                value: .number(try #require(ExactDecimal("-999999999999999999"))),
                written: "-999999999999999999"),
        ]
        standard.abolishedOn = CivilDate("1900-01-01")
        standard.mandatoryBreaches = ["GB 1—2000", "GB 2—2000"]
        standard.isInForce = false
        let tables = Tables()
        #expect(try read(try row(standard, tables), like: standard, tables) == standard)
    }

    @Test("a row that is cut anywhere, or longer, or changed, is refused or is another standard")
    func damage() throws {
        let standard = try RankingSamples.standard(["a≥1.25", "b≤2"], enterprise: 1, models: ["M 1", "M 2"])
        let tables = Tables()
        let row = try row(standard, tables)
        for count in 0..<row.count {
            #expect(throws: (any Error).self) { try read(Array(row[..<count]), like: standard, tables) }
        }
        #expect(throws: RowDamage.trailing) { try read(row + [0], like: standard, tables) }
        for place in row.indices {
            for bit in 0..<8 {
                var changed = row
                changed[place] ^= 1 << UInt8(bit)
                let again = try? read(changed, like: standard, tables)
                #expect(again != standard, "byte \(place) of \(row), bit \(bit)")
            }
        }
    }
}

extension StandardShape {
    /// The shape of one standard and of no other.
    init(_ standard: DeclaredStandard) {
        self.init(
            attributes: standard.attributes.keys.sorted { ByteOrder.compare($0, $1) < 0 },
            declarations: standard.declarations.map(Head.init))
    }

    /// Which parts a standard has, or nil if it does not have this shape: something else, or in another
    /// order.
    func parts(of standard: DeclaredStandard) -> (attributes: [Bool], declarations: [Bool])? {
        let attributes = attributes.map { standard.attributes[$0] != nil }
        guard attributes.count(where: \.self) == standard.attributes.count else { return nil }
        var next = 0
        let declarations = declarations.map { head in
            guard next < standard.declarations.count, head == Head(standard.declarations[next]) else {
                return false
            }
            next += 1
            return true
        }
        return next == standard.declarations.count ? (attributes, declarations) : nil
    }
}
