/// The client's side of one connection: which calls wait for an answer on which stream.
///
/// Pure, like `ServerStreams`. `Call` is whatever the caller needs to tell its calls apart.
/// Each call that `open` took comes back exactly once: from `receive`, `receiveOversized`, `expire` or
/// `close`, unless `abandon` removed it.
package struct ClientStreams<Call: Sendable>: ~Copyable {
    package enum Opening: Sendable, Hashable {
        /// Send the Request on this stream now: numbers must go out in the order they were given.
        case send(StreamID)
        /// As many calls are in flight as the peer should be asked to run. Wait for `hasRoom`.
        case full
        /// The connection's numbers are spent: use a new connection.
        case spent
    }

    package enum Action: Sendable {
        /// Stream scope: this call has its answer.
        case complete(Call, Result<[UInt8], RPCStatus>)
        /// For a stream we no longer know, or of a type we do not know.
        case ignore
    }

    private enum Stream {
        /// Leaves to: abandoned, gone.
        case waiting(Call, deadline: MonotonicInstant)
        /// The caller left; the server may still work, as ttrpc cannot tell it to stop. Leaves to: gone.
        case abandoned(deadline: MonotonicInstant)

        var deadline: MonotonicInstant {
            switch self {
            case .waiting(_, let deadline), .abandoned(let deadline): deadline
            }
        }
    }

    private let limits: WireLimits
    private var streams: [StreamID: Stream] = [:]
    /// Nil once spent.
    private var next: StreamID?
    private var isClosed = false
    private var earliest: MonotonicInstant?

    package init(limits: WireLimits = WireLimits(), first: StreamID = StreamID(1)) {
        self.limits = limits
        next = first
    }

    package var inFlightCount: Int { streams.count }
    package var hasRoom: Bool { streams.count < limits.clientCallCountMax }
    /// No further call can be opened, now or later.
    package var isSpent: Bool { next == nil || isClosed }
    /// When to call `expire`; may be earlier than any deadline, never later.
    package var nextExpiry: MonotonicInstant? { earliest }

    package mutating func open(_ call: Call, deadline: MonotonicInstant) -> Opening {
        guard let streamID = next, !isClosed else { return .spent }
        guard hasRoom else { return .full }
        next = streamID.next
        streams[streamID] = .waiting(call, deadline: deadline)
        if earliest.map({ deadline < $0 }) ?? true { earliest = deadline }
        return .send(streamID)
    }

    package mutating func receive(_ frame: Frame) -> Action {
        switch frame.type {
        case .response:
            return end(frame.streamID, with: Self.outcome(of: frame, limits))
        case .data:
            let text = "the server answered with a stream where one response was expected"
            return end(frame.streamID, with: .failure(RPCStatus(code: .internalError, message: text)))
        case .request, .unrecognized:
            return .ignore
        }
    }

    /// An answer too long to be kept.
    package mutating func receiveOversized(_ header: FrameHeader) -> Action {
        end(header.streamID, with: .failure(OversizedMessage(byteCount: Int(header.length)).status))
    }

    private static func outcome(of frame: Frame, _ limits: WireLimits) -> Result<[UInt8], RPCStatus> {
        do {
            return try ResponseEnvelope(frame.data, limits: limits).outcome
        } catch {
            let text = "the response could not be read: \(error)"
            return .failure(RPCStatus(code: .internalError, message: text))
        }
    }

    private mutating func end(
        _ streamID: StreamID, with outcome: Result<[UInt8], RPCStatus>
    ) -> Action {
        switch streams.removeValue(forKey: streamID) {
        case .waiting(let call, _): .complete(call, outcome)
        case .abandoned, nil: .ignore
        }
    }

    /// Calls whose time is up, in the order they were opened.
    package mutating func expire(at now: MonotonicInstant) -> [Call] {
        guard let earliest, earliest <= now else { return [] }
        let expired = streams.filter { $0.value.deadline <= now }
        for streamID in expired.keys { streams[streamID] = nil }
        self.earliest = streams.values.map(\.deadline).min()
        return Self.calls(of: expired)
    }

    /// The caller no longer waits. Its place stays taken until the server answers or the deadline passes.
    package mutating func abandon(where matches: (Call) -> Bool) {
        for (streamID, stream) in streams {
            guard case .waiting(let call, let deadline) = stream, matches(call) else { continue }
            streams[streamID] = .abandoned(deadline: deadline)
        }
    }

    /// The connection is gone: all these calls are UNAVAILABLE. They may have been carried out.
    package mutating func close() -> [Call] {
        isClosed = true
        earliest = nil
        defer { streams = [:] }
        return Self.calls(of: streams)
    }

    private static func calls(of streams: [StreamID: Stream]) -> [Call] {
        streams.sorted { $0.key < $1.key }.compactMap {
            switch $0.value {
            case .waiting(let call, _): call
            case .abandoned: nil
            }
        }
    }
}
