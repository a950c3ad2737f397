import Regulation

/// What one attribute's column says, field by field.
struct PlainAttribute {
    enum Outcome {
        /// As it is written.
        case itself
        /// Another text, which stands here in `meanings`.
        case meaning(Int)
        case none
        /// Somebody else has to look at the row.
        case flawed
    }

    let name: String
    /// Name as the canonical line has it, the tab before it included.
    let field: [UInt8]
    private let meansItself: Bool
    private let words: ByteTable<Int>
    /// Of the words: as the canonical line has them, and as they are.
    let meanings: [(canonical: [UInt8], text: [UInt8])]

    init(_ mapping: Profile.Attribute) {
        name = mapping.name
        field = Self.field(mapping.name)
        meansItself = mapping.words.isEmpty
        var words = ByteTable<Int>()
        var meanings: [(canonical: [UInt8], text: [UInt8])] = []
        for (word, meaning) in mapping.words {
            words.insert(word, meanings.count)
            meanings.append((Self.field(meaning), Array(meaning.utf8)))
        }
        self.words = words
        self.meanings = meanings
    }

    /// Behind a tab.
    private static func field(_ content: String) -> [UInt8] {
        var text = CanonicalText()
        text.field("")
        text.field(content)
        return text.bytes
    }

    func outcome(_ text: UnsafeRawBufferPointer) -> Outcome {
        if !meansItself, let place = words.place(of: text) { return .meaning(words[place]) }
        if text.isEmpty { return .none }
        return meansItself ? .itself : .flawed
    }
}
