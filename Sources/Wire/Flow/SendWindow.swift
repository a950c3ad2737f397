/// How much may still be sent on one stream. Pure; one message may go beyond, so that none is too large.
package struct SendWindow: Sendable, Hashable {
    private enum Credit: Hashable {
        /// The peer counts nothing: it bounds its buffers in its own way, or not at all.
        case unlimited
        /// Bytes the peer has room for; negative after a message that went beyond.
        case granted(Int)
        /// We do not know yet whether the peer counts. Bytes that any peer should have room for.
        case untold(left: Int, spent: Int)
    }

    private var credit: Credit

    private init(_ credit: Credit) { self.credit = credit }

    package static let unlimited = SendWindow(.unlimited)
    package static func granted(_ byteCount: Int) -> SendWindow { SendWindow(.granted(byteCount)) }
    package static func untold(allowance: Int) -> SendWindow {
        SendWindow(.untold(left: allowance, spent: 0))
    }

    /// Whether another message may be sent now.
    package var isOpen: Bool {
        switch credit {
        case .unlimited: true
        case .granted(let left), .untold(let left, _): left > 0
        }
    }

    /// A message of this cost is sent.
    package mutating func spend(_ cost: Int) {
        switch credit {
        case .unlimited: break
        case .granted(let left): credit = .granted(left - cost)
        case .untold(let left, let spent): credit = .untold(left: left - cost, spent: spent + cost)
        }
    }

    /// The peer has room for more. Means nothing from a peer that did not say that it counts.
    package mutating func grant(_ byteCount: Int) {
        guard case .granted(let left) = credit else { return }
        credit = .granted(min(left + byteCount, StreamExtension.byteCountMax))
    }

    /// The peer has told: its whole window, of which something may have been spent, or nil if it does not
    /// count.
    package mutating func tell(window: Int?) {
        guard case .untold(_, let spent) = credit else { return }
        credit = window.map { .granted($0 - spent) } ?? .unlimited
    }
}
