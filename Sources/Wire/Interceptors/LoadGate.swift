/// What a call costs the process, and so how long it is still let in while load rises.
public enum LoadWeight: Sendable, Hashable, CaseIterable {
    /// Always let in and not counted: health, without which nobody sees that the server lives.
    case exempt
    /// Cheap reads.
    case light
    case ordinary
    /// Work of seconds: refused first.
    case heavy

    /// Share of the limit up to which such calls are let in.
    var share: Double {
        switch self {
        case .exempt, .light: 1
        case .ordinary: 0.9
        case .heavy: 0.5
        }
    }
}

/// Decides at a call's start whether it may run now; nothing is queued.
///
/// A server with more work than it can do answers nobody in time. It refuses the excess while that is still
/// cheap, and says when to come back.
public struct LoadGate: Sendable {
    /// What is full.
    public enum Bound: Sendable, Hashable {
        case process, method, peer
    }

    /// A running call's place; to be given back by `leave`.
    public struct Ticket: Sendable, Hashable {
        fileprivate let method: String
        fileprivate let peer: String
        fileprivate let isCounted: Bool
    }

    public enum Answer: Sendable, Hashable {
        case admitted(Ticket)
        case refused(Bound, retryAfter: Duration)
    }

    private var limit: AdaptiveLimit
    private let methodCallCountMax: Int
    private let peerCallCountMax: Int
    private let retryDelayMin: Duration

    public private(set) var runningCount = 0
    public private(set) var refusedCount = 0
    /// Running calls by method and by peer; no entry is zero, so there are no more than running calls.
    private var byMethod: [String: Int] = [:]
    private var byPeer: [String: Int] = [:]

    /// - Parameter limit: of the whole process; nil takes the one of the limits.
    public init(limit: AdaptiveLimit? = nil, limits: WireLimits = WireLimits()) {
        self.limit =
            limit ?? AdaptiveLimit(minimum: limits.gateCallCountMin, maximum: limits.gateCallCountMax)
        methodCallCountMax = limits.gateMethodCallCountMax
        peerCallCountMax = limits.gatePeerCallCountMax
        retryDelayMin = limits.gateRetryDelayMin
    }

    /// Handlers that may run now.
    public var limitCount: Int { limit.count }
    /// Methods and peers with running calls.
    public var entryCount: Int { byMethod.count + byPeer.count }

    public mutating func enter(method: String, peer: String, weight: LoadWeight) -> Answer {
        guard weight != .exempt else {
            return .admitted(Ticket(method: method, peer: peer, isCounted: false))
        }
        if let bound = fullBound(method, peer, weight) {
            refusedCount &+= 1
            // Spread over sixteen steps, so that those refused together do not come back together.
            return .refused(bound, retryAfter: retryDelayMin * (1 + Double(refusedCount & 15) / 8))
        }
        runningCount += 1
        byMethod[method, default: 0] += 1
        byPeer[peer, default: 0] += 1
        return .admitted(Ticket(method: method, peer: peer, isCounted: true))
    }

    /// - Parameter wasLate: it ended after its deadline.
    public mutating func leave(_ ticket: Ticket, wasLate: Bool, at now: MonotonicInstant) {
        guard ticket.isCounted else { return }
        limit.ended(wasLate: wasLate, runningCount: runningCount, at: now)
        runningCount -= 1
        Self.decrement(&byMethod, ticket.method)
        Self.decrement(&byPeer, ticket.peer)
    }

    private func fullBound(_ method: String, _ peer: String, _ weight: LoadWeight) -> Bound? {
        // At least one of each weight may run on an idle server, however small its limit.
        if runningCount >= max(1, Int(Double(limit.count) * weight.share)) { return .process }
        if byMethod[method, default: 0] >= methodCallCountMax { return .method }
        if byPeer[peer, default: 0] >= peerCallCountMax { return .peer }
        return nil
    }

    private static func decrement(_ counts: inout [String: Int], _ key: String) {
        guard let count = counts[key] else { return }
        counts[key] = count == 1 ? nil : count - 1
    }
}
