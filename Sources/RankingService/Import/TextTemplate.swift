/// A text with places for fields: `Q/ES {Unique ID}—{Date Qualified|year}`.
///
/// `{Column}` is the cleaned field, `{Column|year}` the four-digit year of the date in it; `{{` and `}}` are
/// braces.
package struct TextTemplate: Sendable, Hashable {
    package enum Piece: Sendable, Hashable {
        case literal(String)
        case field(column: String)
        case year(column: String)
    }

    package let pieces: [Piece]

    /// Columns in the order of the text, repetitions included.
    package var columns: [String] {
        pieces.compactMap { piece in
            switch piece {
            case .literal: nil
            case .field(let column), .year(let column): column
            }
        }
    }

    package init(_ text: String) throws(TemplateFlaw) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                literal.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "{" }), rest[end] == "}" else {
                    throw .notClosed(String(rest.prefix(40)))
                }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(try Self.piece(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            case "}": throw .notOpened
            default: literal.append(character)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
        guard !columns.isEmpty else { throw .noColumn }
    }

    private static func piece(_ body: String) throws(TemplateFlaw) -> Piece {
        guard let bar = body.lastIndex(of: "|") else {
            guard !body.isEmpty else { throw .emptyPlaceholder }
            return .field(column: body)
        }
        let column = String(body[..<bar])
        let part = String(body[body.index(after: bar)...])
        guard !column.isEmpty else { throw .emptyPlaceholder }
        guard part == "year" else { throw .unknownPart(part) }
        return .year(column: column)
    }
}

/// Why a text is no template.
package enum TemplateFlaw: Error, Sendable, Hashable {
    case notClosed(String)
    case notOpened
    case emptyPlaceholder
    case unknownPart(String)
    /// A text without places is a constant.
    case noColumn
}
