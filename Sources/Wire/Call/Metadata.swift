/// Text pairs that travel beside a call; one key may have several values, order is kept.
///
/// Keys are compared in lower case; only ASCII letters are folded. `WireLimits` bounds count and size at the
/// wire.
public struct Metadata: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        /// In lower case.
        public let key: String
        public let value: String
    }

    /// In the order of appending.
    public private(set) var entries: [Entry] = []

    public init() {}

    public var isEmpty: Bool { entries.isEmpty }

    /// UTF-8 bytes of all keys and values.
    public var byteCount: Int {
        entries.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }

    /// Reading gives the first value; writing replaces all values of the key, nil removes them.
    public subscript(key: String) -> String? {
        get {
            let folded = Self.folded(key)
            return entries.first { $0.key == folded }?.value
        }
        set {
            remove(key)
            if let newValue { append(newValue, for: key) }
        }
    }

    public func values(for key: String) -> [String] {
        let folded = Self.folded(key)
        return entries.lazy.filter { $0.key == folded }.map(\.value)
    }

    public mutating func append(_ value: String, for key: String) {
        entries.append(Entry(key: Self.folded(key), value: value))
    }

    public mutating func remove(_ key: String) {
        let folded = Self.folded(key)
        entries.removeAll { $0.key == folded }
    }

    private static func folded(_ key: String) -> String {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard key.utf8.contains(where: { capitals.contains($0) }) else { return key }
        return String(decoding: key.utf8.map { capitals.contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

extension Metadata: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements { append(value, for: key) }
    }
}
