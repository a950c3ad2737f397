/// Number of a stream within its connection: odd when the client began it; even ones are not used by ttrpc.
package struct StreamID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: UInt32

    package init(_ number: UInt32) { self.number = number }

    package var isClientInitiated: Bool { number & 1 == 1 }

    /// The next one a client may use, nil when the connection's numbers are spent.
    package var next: StreamID? {
        number <= UInt32.max - 2 ? StreamID(number + 2) : nil
    }

    package static func < (left: StreamID, right: StreamID) -> Bool { left.number < right.number }

    package var description: String { String(number) }
}
