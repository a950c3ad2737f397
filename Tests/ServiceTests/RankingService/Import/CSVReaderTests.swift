import Testing

@testable import RankingService

@Suite("CSV reader")
struct CSVReaderTests {
    private static let sample =
        "\u{FEFF}\"a\",b\r\n1,\"x \"\"y\"\"\r\nz, w\"\r\n\n,\n\"\",5\" pipe\r\nlast,\"end\""

    @Test(
        "quotes, embedded line ends, CRLF, LF and a byte order mark are read", arguments: [1, 2, 3, 5, 1_000])
    func sampleInPieces(size: Int) {
        let (records, truncation) = CSVReader.records(Self.sample, pieces: size)
        #expect(truncation == nil)
        #expect(
            records.map(\.texts) == [
                ["a", "b"], ["1", "x \"y\"\r\nz, w"], ["", ""], ["", "5\" pipe"], ["last", "end"],
            ])
        #expect(records.map(\.row) == [0, 1, 2, 3, 4])
        #expect(records.map(\.line) == [1, 2, 5, 6, 7])
        #expect(records.allSatisfy { $0.flaw == nil })
    }

    @Test("a file that ends inside a quote names the record and the line of the quote")
    func truncated() {
        let (records, truncation) = CSVReader.records("a,b\n1,2\n3,\"four\nfive\nsix")
        #expect(records.count == 2)
        #expect(truncation == Truncation(row: 2, line: 3, quoteLine: 3))
    }

    @Test("text after a closing quote is a flaw of that record only")
    func textAfterQuote() {
        let (records, _) = CSVReader.records("a,b\n1,\"2\"x\n3,4\n")
        #expect(records.map(\.flaw) == [nil, .textAfterQuote(field: 1), nil])
    }

    @Test("bounds of field, record and number of fields hold, and reading goes on behind them")
    func bounds() {
        var limits = ImportLimits()
        limits.fieldByteCountMax = 4
        limits.recordByteCountMax = 8
        limits.fieldCountMax = 3
        let (records, _) = CSVReader.records(
            "abcd,abcd\nabcde,1\nabc,abc,abc\n1,2,3,4\n1,2,3\n", limits: limits)
        #expect(
            records.map(\.flaw) == [
                nil, .fieldTooLong(field: 0, byteCountMax: 4), .recordTooLong(byteCountMax: 8),
                .tooManyFields(countMax: 3), nil,
            ])
        #expect(records.last?.texts == ["1", "2", "3"])
    }

    @Test("another delimiter leaves commas alone; a lone carriage return is text")
    func delimiter() {
        let (records, _) = CSVReader.records("a,1;b\rc\r\n", delimiter: UInt8(ascii: ";"))
        #expect(records.map(\.texts) == [["a,1", "b\rc"]])
    }

    @Test("a file of one or two bytes of a byte order mark is text")
    func partOfMark() {
        #expect(CSVReader.records("").records.isEmpty)
        var reader = CSVReader()
        var count = 0
        [UInt8(0xEF), 0xBB].withUnsafeBufferPointer { reader.feed($0) { _ in count += 1 } }
        _ = reader.finish { _ in count += 1 }
        #expect(count == 1)
    }

    @Test("a record that lies in one piece is read as one that comes byte by byte", arguments: 1...10)
    func shortWay(seed: Int) {
        var rows = RandomRows(seed: UInt64(seed), isJSON: false)
        let text =
            String(decoding: rows.file(rowCount: 200), as: UTF8.self)
            + "\"a\nb\",c\r\n\n\"a\"b,c\na\rb,c\n,\n\"\"\n\",\"\n"
        let whole = CSVReader.records(text).records
        let bytewise = CSVReader.records(text, pieces: 1).records
        #expect(whole.count > 200 && whole.count == bytewise.count)
        for (one, other) in zip(whole, bytewise) {
            #expect(one.texts == other.texts && one.flaw == other.flaw)
            #expect(one.row == other.row && one.line == other.line)
        }
    }
}
