import Contracts
import Foundation
import Wire

@testable import RankingService

/// Small profiles and files for the tests of the import.
enum ImportSamples {
    /// Reads columns Name, Number, Model, Day, Value and, when there, more.
    static var message: StandardsAPI.ImportProfile {
        StandardsAPI.ImportProfile(
            name: "sample", format: .csv, decodeEntities: true,
            enterpriseName: StandardsAPI.TextSource(column: "Name"),
            standardNumber: StandardsAPI.TextSource(template: "Q/T {Number}—{Day|year}"),
            standardName: StandardsAPI.TextSource(template: "{Name} {Model}"),
            category: StandardsAPI.TextSource(constant: "kettle"),
            models: [StandardsAPI.TextSource(column: "Model")],
            declaredOn: StandardsAPI.DateSource(column: "Day", format: "MM/DD/YYYY"),
            indicators: [
                StandardsAPI.IndicatorMapping(
                    indicator: "value", column: "Value", relation: .atMost, unit: "W", minimum: "0",
                    maximum: "100")
            ],
            seriesProduced: true)
    }

    static let header = "Name,Number,Model,Day,Value\n"

    static func outcome(
        _ text: String, _ message: StandardsAPI.ImportProfile = message, limits: ImportLimits = ImportLimits()
    ) throws -> ImportOutcome {
        try StandardsImport.run(
            file: "sample.csv", bytes: Array(text.utf8), profile: try Profile(message), limits: limits)
    }

    /// A bundled resource, by its path under Resources.
    static func resource(_ name: String, file: String = #filePath) throws -> [UInt8] {
        var root = URL(fileURLWithPath: file)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let url = root.appendingPathComponent("Sources/RegulatedYear/Resources/" + name)
        return Array(try Data(contentsOf: url))
    }

    static func bundledProfile(_ name: String) throws -> Profile {
        let text = String(decoding: try resource("profiles/\(name).json"), as: UTF8.self)
        return try Profile(try StandardsAPI.ImportProfile.fromJSON(text))
    }
}

extension CSVReader {
    /// All records of a text that is fed in pieces of `size` bytes.
    static func records(
        _ text: String, pieces size: Int = .max, delimiter: UInt8 = UInt8(ascii: ","),
        limits: ImportLimits = ImportLimits()
    ) -> (records: [FieldRecord], truncation: Truncation?) {
        var reader = CSVReader(delimiter: delimiter, limits: limits)
        var records: [FieldRecord] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = size > bytes.count - start ? bytes.count : start + size
            bytes[start..<end].withUnsafeBufferPointer { piece in
                reader.feed(piece) { records.append($0) }
            }
            start = end
        }
        let truncation = reader.finish { records.append($0) }
        return (records, truncation)
    }
}

extension FieldRecord {
    var texts: [String] { (0..<count).map(shown) }
}
