import Contracts
import Testing
import Wire

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

    @Test("a line in plain writing is read the short way as it would be the long way", arguments: 1...10)
    func shortWay(seed: Int) throws {
        var rows = RandomRows(seed: UInt64(seed), isJSON: true)
        let names = ["Name", "Light", "Serial", "more"]
        let text = String(decoding: rows.file(rowCount: 200), as: UTF8.self)
        let lines =
            text.split(separator: "\n").map(String.init) + [
                "{}", "{\"Name\":1", "{\"Name\":\"a\",\"Name\":\"b\"}", "{\"Name\":01}", "{\"Name\":-}",
                "[1]",
                "{\"Name\":\"a\"} {}", "{\"Name\":\"a\",}", "{\"Light\":1.}", "{\"Light\":nul}", "{Light:1}",
            ]
        var reader = NDJSONReader(names: names)
        for line in lines {
            var found: [FieldRecord] = []
            Array((line + "\n").utf8).withUnsafeBufferPointer { reader.feed($0) { found.append($0) } }
            #expect(found.count == 1 && (found[0].flaw != nil || found[0].texts == Self.longWay(line, names)))
            #expect((found.first?.flaw != nil) == (Self.longWay(line, names) == nil), "\(line)")
        }
    }

    /// Nil for a line that is no object of scalars.
    private static func longWay(_ line: String, _ names: [String]) -> [String]? {
        guard case .object(let members) = try? JSONReader.read(line).value else { return nil }
        var texts: [String: String] = [:]
        for member in members {
            switch member.node.value {
            case .text(let text), .number(let text): texts[member.name] = text
            case .bool(let flag): texts[member.name] = String(flag)
            case .null: texts[member.name] = ""
            case .array, .object: return nil
            }
        }
        return names.map { texts[$0] ?? "" }
    }
}
