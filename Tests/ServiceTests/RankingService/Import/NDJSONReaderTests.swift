import Contracts
import Testing

@testable import RankingService

@Suite("NDJSON reader")
struct NDJSONReaderTests {
    private static func records(_ text: String, names: [String], pieces size: Int) -> [FieldRecord] {
        var reader = NDJSONReader(names: names)
        var records: [FieldRecord] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBufferPointer { piece in
                reader.feed(piece) { records.append($0) }
            }
        }
        reader.finish { records.append($0) }
        return records
    }

    @Test("members come in the wanted order, numbers as written", arguments: [1, 7, 1_000])
    func order(size: Int) {
        let text = "{\"b\":1.50,\"a\":\"x\",\"c\":[]}\n\n{\"a\":null,\"b\":true}\r\n{\"a\":\"é\"}"
        let records = Self.records(
            text.replacing(",\"c\":[]", with: ""), names: ["a", "b"], pieces: size)
        #expect(records.map(\.texts) == [["x", "1.50"], ["", "true"], ["é", ""]])
        #expect(records.map(\.row) == [1, 2, 3])
        #expect(records.map(\.line) == [1, 3, 4])
    }

    @Test("a list, a broken line and a bare value are flaws of their rows")
    func flaws() {
        let records = Self.records("{\"a\":[1]}\n{\"a\":\n3\n{\"a\":1}\n", names: ["a"], pieces: 4)
        #expect(records.count == 4)
        #expect(records[0].flaw == .nestedValue(name: "a"))
        for record in records[1...2] {
            guard case .notAnObject = record.flaw else {
                Issue.record("row \(record.row) has \(String(describing: record.flaw))")
                continue
            }
        }
        #expect(records[3].flaw == nil)
    }

    @Test("the same rows as CSV and as NDJSON give the same standards")
    func sameAsCSV() throws {
        let csv = try ImportSamples.outcome(ImportSamples.header + "Acme,1,M1,02/03/2020,1.50\n")
        var message = ImportSamples.message
        message.format = .ndjson
        let line = #"{"Name":"Acme","Number":1,"Model":"M1","Day":"02/03/2020","Value":1.50}"#
        #expect(try ImportSamples.outcome(line, message).standards == csv.standards)
    }

    @Test("a member that no line has is reported with the nearest names")
    func unknownMember() throws {
        var message = ImportSamples.message
        message.format = .ndjson
        message.indicators[0].column = "Valeu"
        let line = #"{"Name":"Acme","Number":1,"Model":"M1","Day":"02/03/2020","Value":1.50}"#
        let flaw = ProfileFlaw("indicators[0].column", .unknownColumn("Valeu", nearest: ["Value"]))
        #expect(throws: ImportFailure.profile(ProfileFlaws(flaws: [flaw]))) {
            try ImportSamples.outcome(line, message)
        }
    }
}
