import Regulation

/// One thing wrong with the data of a message: which field, and why.
package struct BridgeFlaw: Sendable, Hashable, CustomStringConvertible {
    /// Path of the field in JSON names, as in "indicators[2].variants[0].advanced.value".
    package let path: String
    package let message: String

    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    package var description: String { "\(path): \(message)" }
}

/// A message that cannot be a value of the regulation, with everything that is wrong.
package struct BridgeFlaws: Error, Sendable, Hashable, CustomStringConvertible {
    /// Never empty.
    package let flaws: [BridgeFlaw]

    package init(_ flaws: [BridgeFlaw]) {
        self.flaws = flaws
    }

    package var description: String { flaws.map(\.description).joined(separator: "; ") }
}

/// Collects flaws while a message is read; a reader goes on with a stand-in value after each.
struct FlawCollector {
    private(set) var flaws: [BridgeFlaw] = []

    mutating func note(_ path: String, _ message: String) {
        flaws.append(BridgeFlaw(path: path, message: message))
    }

    /// An exact decimal; an empty text means zero.
    mutating func decimal(_ text: String, _ path: String) -> ExactDecimal {
        if text.isEmpty { return .zero }
        if let decimal = ExactDecimal(text) { return decimal }
        note(path, "“\(text)” is no exact decimal")
        return .zero
    }

    /// A date; nil where the text is empty.
    mutating func date(_ text: String, _ path: String) -> CivilDate? {
        if text.isEmpty { return nil }
        if let date = CivilDate(text) { return date }
        note(path, "“\(text)” is no date; write YYYY-MM-DD")
        return nil
    }

    /// Throws when anything was noted.
    func finish() throws(BridgeFlaws) {
        guard flaws.isEmpty else { throw BridgeFlaws(flaws) }
    }
}
