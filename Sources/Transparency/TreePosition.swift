/// Place of a leaf in a log: 0 for the first one.
package struct LeafIndex: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package var description: String { String(number) }

    package static func < (left: LeafIndex, right: LeafIndex) -> Bool { left.number < right.number }
}

/// Number of leaves of a log at one moment of its life.
package struct TreeSize: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package var description: String { String(number) }

    package static func < (left: TreeSize, right: TreeSize) -> Bool { left.number < right.number }

    /// Whether a tree of this size has a leaf at `index`.
    package func contains(_ index: LeafIndex) -> Bool { index.number < number }
}
