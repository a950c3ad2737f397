/// Where in a document the decoder is: the path for errors, and how many messages lie around.
struct JSONPlace {
    let path: String
    /// Counted as in the encoding, where the entry of a map is a message too.
    let level: Int

    static let document = JSONPlace(path: "", level: 0)

    func field(_ name: String) -> JSONPlace {
        JSONPlace(path: JSONPath.appending(field: name, to: path), level: level)
    }

    func element(_ index: Int) -> JSONPlace { JSONPlace(path: "\(path)[\(index)]", level: level) }

    func entry(_ key: String) -> JSONPlace {
        JSONPlace(path: JSONPath.appending(key: key, to: path), level: level + 1)
    }

    /// The same place, seen from inside of the message that lies there.
    var inside: JSONPlace { JSONPlace(path: path, level: level + 1) }
}
