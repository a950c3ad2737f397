/// Members of a JSON object, each name once, in the order in which RFC 8785 writes them.
///
/// Objects here have some ten members: looking along them is quicker than hashing their names.
package struct JSONMembers: Sendable, Hashable {
    package typealias Member = (key: String, value: CanonicalJSON)

    private struct Pair: Sendable, Hashable {
        let key: String
        var value: CanonicalJSON
    }

    private var pairs: [Pair] = []

    package init() {}

    /// Nil when a name stands there twice, be it in another spelling of Unicode, as some readers take those
    /// for one.
    init?(inAnyOrder members: [Member]) {
        pairs = members.map { Pair(key: $0.key, value: $0.value) }
        // What was written canonically is in order.
        if !pairs.indices.dropFirst().allSatisfy(isInOrder) {
            pairs.sort { Self.precedes($0.key, $1.key) }
            guard pairs.indices.dropFirst().allSatisfy(isInOrder) else { return nil }
        }
        // Only names beyond ASCII have several spellings, and they are rare.
        let spellings = pairs.map(\.key).filter { !$0.utf8.allSatisfy { byte in byte < 0x80 } }
        guard spellings.isEmpty || Set(spellings).count == spellings.count else { return nil }
    }

    private func isInOrder(at index: Int) -> Bool {
        Self.precedes(pairs[index - 1].key, pairs[index].key)
    }

    package var count: Int { pairs.count }

    package subscript(name: String) -> CanonicalJSON? {
        get { pairs.first { $0.key == name }?.value }
        set {
            let index = pairs.firstIndex { !Self.precedes($0.key, name) } ?? pairs.count
            let isThere = index < pairs.count && pairs[index].key == name
            switch (newValue, isThere) {
            case (let value?, true): pairs[index].value = value
            case (let value?, false): pairs.insert(Pair(key: name, value: value), at: index)
            case (nil, true): pairs.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// These with one more, or with another value of that name.
    package func with(_ name: String, _ value: CanonicalJSON) -> JSONMembers {
        var members = self
        members[name] = value
        return members
    }

    /// RFC 8785, 3.2.3: the order of UTF-16 code units. In UTF-8 the bytes give it as they are, but for the
    /// planes beyond the first (from 0xF0), which UTF-16 puts before the end of the first one (0xEE, 0xEF).
    static func precedes(_ left: String, _ right: String) -> Bool {
        func rank(_ byte: UInt8) -> UInt8 { byte & 0xFE == 0xEE ? byte | 0x10 : byte }
        return left.utf8.lexicographicallyPrecedes(right.utf8) { rank($0) < rank($1) }
    }
}

extension JSONMembers: Sequence {
    /// In order.
    package func makeIterator() -> some IteratorProtocol<Member> {
        pairs.lazy.map { ($0.key, $0.value) }.makeIterator()
    }
}

extension JSONMembers: ExpressibleByDictionaryLiteral {
    /// A name that is written twice is a mistake of the program.
    package init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
        guard let members = JSONMembers(inAnyOrder: elements.map { ($0.0, $0.1) }) else {
            preconditionFailure("an object's members have different names")
        }
        self = members
    }
}
