import Testing

/// Something that takes any bytes, and must keep its promises whatever they are.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
    /// Name of its folder in the corpus.
    let name: String
    /// Inputs to begin with, beside the corpus.
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Words that lead deeper than chance would.
    let dictionary: [[UInt8]]
    /// Throws when a promise is broken. What it returns says roughly what happened; inputs that make
    /// something new happen are mutated further.
    let run: @Sendable ([UInt8]) throws -> String

    var testDescription: String { name }

    static let all: [FuzzTarget] = [
        .frames, .requestEnvelope, .responseEnvelope, .messages, .json, .serverStreams,
    ]
}

/// A promise that an input broke.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Throws when the promise is broken.
    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws {
        guard holds else { throw BrokenPromise(description()) }
    }
}
