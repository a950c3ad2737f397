package import Contracts
package import Foundation
import Wire

/// The public-domain data, import profiles and schemes that come with the program.
package enum BundledData {
    package static let bulbs = "standards/energystar_light_bulbs_2020.csv.gz"

    /// The three categories of the light-bulb registry and the scheme of each.
    package static let lampSchemes = [
        "schemes/directional-lamps.json", "schemes/omnidirectional-lamps.json",
        "schemes/decorative-lamps.json",
    ]

    /// Where a bundled file lies on disk.
    package static func path(_ name: String) -> String {
        Bundle.module.bundlePath + "/Resources/" + name
    }

    package static func data(_ name: String) throws -> Data {
        let path = path(name)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BundleMissing(path: path)
        }
        return data
    }

    package static func scheme(_ name: String) throws -> EvaluationAPI.EvaluationScheme {
        try EvaluationAPI.EvaluationScheme.fromJSON(String(decoding: try data(name), as: UTF8.self))
    }

    package static func profile(_ name: String) throws -> StandardsAPI.ImportProfile {
        try StandardsAPI.ImportProfile.fromJSON(String(decoding: try data(name), as: UTF8.self))
    }
}

/// A file that belongs beside the program is not there.
package struct BundleMissing: Error, CustomStringConvertible {
    let path: String

    package var description: String {
        "the bundled file \(path) is missing; keep forerunner_RegulatedYear.resources beside the program"
    }
}
