/// Words for a field that a message has not: most often it is misspelt.
enum UnknownField {
    static func reason(_ name: String, in descriptor: MessageDescriptor, names given: JSONNames) -> String {
        let names = descriptor.fields.map { given.name(of: $0, in: descriptor) }
        if let near = names.first(where: { isNear(name, $0) }) {
            return "unknown field; is \"\(near)\" meant?"
        }
        return names.isEmpty
            ? "unknown field; \(descriptor.fullName) has none"
            : "unknown field; \(descriptor.fullName) has \(names.joined(separator: ", "))"
    }

    /// Alike but for letter case and underscores, or for one letter changed, lost, added or exchanged with
    /// its neighbour.
    private static func isNear(_ left: String, _ right: String) -> Bool {
        let left = left.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }
        let right = right.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }
        let prefix = zip(left, right).prefix { $0 == $1 }.count
        let leftRest = left.dropFirst(prefix)
        let rightRest = right.dropFirst(prefix)
        if leftRest.dropFirst() == rightRest.dropFirst() || leftRest.dropFirst() == rightRest { return true }
        if leftRest == rightRest.dropFirst() { return true }
        return leftRest.dropFirst(2) == rightRest.dropFirst(2)
            && leftRest.prefix(2).reversed() == Array(rightRest.prefix(2))
    }
}
