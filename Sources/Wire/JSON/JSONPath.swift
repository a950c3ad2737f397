/// Where in a document the encoder is; made into text only when an error wants it.
struct JSONPath {
    enum Step {
        case field(String)
        case index(Int)
        /// Key of a map, or name in a google.protobuf.Struct.
        case key(String)
    }

    private(set) var steps: [Step] = []

    mutating func push(_ step: Step) { steps.append(step) }
    mutating func pop() { steps.removeLast() }

    /// As in "indicators[2].limits["A"].value".
    var text: String {
        steps.reduce("") { path, step in
            switch step {
            case .field(let name): Self.appending(field: name, to: path)
            case .index(let index): "\(path)[\(index)]"
            case .key(let key): Self.appending(key: key, to: path)
            }
        }
    }

    static func appending(field name: String, to path: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    static func appending(key: String, to path: String) -> String {
        "\(path)[\"\(key.prefix(60))\"]"
    }
}
