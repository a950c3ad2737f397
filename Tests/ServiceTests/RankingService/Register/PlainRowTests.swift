import Contracts
import Foundation
import Testing

@testable import RankingService
@testable import Regulation

/// Rows that are made of bytes, beside the same rows made of values.
@Suite("Plain rows")
struct PlainRowTests {
    @Test(
        "the real files give the same rows either way, and many of them are plain",
        arguments: [
            ("light-bulbs", "energystar_light_bulbs_2020"),
            ("refrigerators", "energystar_refrigerators_2021"),
            ("roof-products", "energystar_roof_products_2020"),
        ])
    func realFiles(profile: String, file: String) throws {
        let profile = try ImportSamples.bundledProfile(profile)
        let bytes = try ImportSamples.resource("standards/\(file).csv.gz")
        let both = try BothWays(profile, bytes)
        #expect(both.plain.batch.isSame(as: both.read.batch))
        #expect(both.plain.plainCount > both.plain.batch.rows.count / 4)
    }

    @Test("random rows, plain or not, give the same rows and flaws either way", arguments: 1...60)
    func randomRows(seed: Int) throws {
        var rows = RandomRows(seed: UInt64(seed))
        let message = rows.profile()
        let profile = try Profile(message).resolvingReferences(on: CivilDate("2025-09-01")!)
        let both = try BothWays(profile, rows.file(rowCount: 300))
        #expect(both.plain.batch.isSame(as: both.read.batch))
        #expect(both.plain.enterprises == both.read.enterprises)
        #expect(both.plain.models == both.read.models)
        #expect(both.plain.mendedCount == both.read.mendedCount)
        // What the profile itself adds has to be escaped in every row.
        let isEscaped = message.standardName?.template.contains("\\") == true
        #expect((both.plain.plainCount > 0) != isEscaped)
        #expect(both.read.batch.rows.count > 20)
        #expect(!both.read.batch.rejections.isEmpty)
    }

    @Test("a plain number is read as exact decimals are")
    func plainNumbers() {
        var random = SplitMix(seed: 3)
        let pieces = ["0", "1", "5", "00", "9999999", ".", "-", "+", "e", " "]
        var count = 0
        for _ in 0..<50_000 {
            let text = (0..<random.int(1...6)).map { _ in random.pick(pieces) }.joined()
            guard let plain = Array(text.utf8).withUnsafeBytes({ PlainDecimal($0) }) else { continue }
            count += 1
            let exact = ExactDecimal(text)
            #expect(plain.value == exact, "\(text)")
            #expect(exact?.text(fractionDigits: plain.scale) == text)
            #expect(exact?.description == String(text.prefix(plain.canonicalByteCount)))
        }
        #expect(count > 5_000)
    }

    @Test("a plain text is one that cleaning and escaping leave alone")
    func plainTexts() {
        var random = SplitMix(seed: 4)
        let pieces = [
            "a", " ", "\\", "&amp;", "限", "（", "、", "\u{3000}", "\u{200B}", "—", "é", "\u{7F}", "\t", "😀",
            "·", "豈",
        ]
        var count = 0
        for _ in 0..<20_000 {
            let text = (0..<random.int(0...5)).map { _ in random.pick(pieces) }.joined()
            let bytes = Array(text.utf8)
            for decodes in [true, false]
            where bytes.withUnsafeBytes({ PlainText.isPlain($0, decodesEntities: decodes) }) {
                count += 1
                let cleaned = FieldCleaner(decodesEntities: decodes).clean(text)
                var line = CanonicalText()
                line.field(text)
                #expect(Array(cleaned.utf8) == bytes && line.bytes == bytes, "“\(text)”")
            }
        }
        #expect(count > 1_000)
        #expect([0xE9, 0xBF].withUnsafeBytes { !PlainText.isPlain($0, decodesEntities: false) })
    }

    @Test("a table of bytes finds what was put in, and nothing else, however much that is")
    func tables() {
        var table = ByteTable<Int>()
        for number in 0..<10_000 { table.insert("text \(number)", number) }
        for number in 0..<10_000 {
            #expect(table.place(of: "text \(number)").map { table[$0] } == number)
        }
        #expect(table.place(of: "text 10000") == nil)
        // The same to Unicode.
        table.insert("é", 1)
        #expect(table.place(of: "e\u{301}") == nil)
        table.removeAll()
        #expect(table.place(of: "text 1") == nil && table.count == 0)
    }
}

/// One file read twice: by the sink of the register, and with every field made a value.
private struct BothWays {
    struct Result {
        var batch = RegisterBatch()
        var enterprises = 0
        var models: [UInt64] = []
        var mendedCount = 0
        var plainCount = 0
    }

    private(set) var plain = Result()
    private(set) var read = Result()

    init(_ profile: Profile, _ bytes: [UInt8]) throws {
        let names = try FilePassNames.all(profile, bytes)
        let codes = profile.creditCode == nil ? SettledCodes(names: names) : .none
        plain = try Self.run(profile, bytes, codes, takesPlain: true)
        read = try Self.run(profile, bytes, codes, takesPlain: false)
    }

    private static func run(
        _ profile: Profile, _ bytes: [UInt8], _ codes: SettledCodes, takesPlain: Bool
    ) throws -> Result {
        let names = RegisterNames(
            enterprises: [:], texts: ByteTable(), shapes: [:], categories: ByteTable(), free: (1, 1, 1, 1))
        let sink = RegisterSink(profile: profile, names: names, codes: codes, takesPlain: takesPlain)
        var reading = StandardsReading(profile: profile, sink: sink)
        for start in stride(from: 0, to: bytes.count, by: 1_777) {
            try reading.feed(bytes[start..<min(start + 1_777, bytes.count)])
        }
        _ = try reading.finish()
        var result = Result()
        result.plainCount = reading.sink.plainCount
        result.enterprises = reading.sink.enterpriseCount
        reading.sink.takeModels().forEach { mark, count in
            result.models += Array(repeating: mark, count: count)
        }
        result.mendedCount = reading.sink.mendedCount
        result.batch = reading.sink.takeBatch()
        return result
    }
}

private enum FilePassNames {
    static func all(_ profile: Profile, _ bytes: [UInt8]) throws -> Set<String> {
        let sink = RowCollector(profile: profile, fillsDeclarations: false)
        var reading = StandardsReading(profile: profile, sink: sink)
        try reading.feed(bytes[...])
        _ = try reading.finish()
        return Set(reading.sink.drain().standards.map(\.enterpriseName))
    }
}

extension RegisterBatch {
    fileprivate func isSame(as other: RegisterBatch) -> Bool {
        func described(_ batch: RegisterBatch) -> [String] {
            batch.rows.map { row in
                "\(row.id.rawValue) \(row.enterprise) \(row.digest.bytes) \(batch.bytes[row.number]) "
                    + "\(batch.bytes[row.payload]) \(row.row)"
            } + batch.enterprises.map { "\($0.id) \($0.code)" } + batch.texts.map { "\($0.id) \($0.text)" }
                + batch.shapes.map { "\($0.id) \($0.shape)" }
                + batch.categories.map { "\($0.number) \($0.name)" }
                + batch.rejections.map { "\($0.row) \($0.line) \($0.flaws)" }
        }
        return described(self) == described(other)
    }
}
