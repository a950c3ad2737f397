/// The client's side of one connection: which calls wait for an answer on which stream.
///
/// Pure, like `ServerStreams`. `Call` is whatever the caller needs to tell its calls apart.
/// Each call that `open` took comes back exactly once as ended: from `receive` (`complete`, or a `deliver`
/// that is last), `receiveOversized`, `expire` or `close`, unless `abandon` removed it.
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
        /// Stream scope: this call has its answer, or its stream of responses has failed.
        case complete(Call, Result<[UInt8], RPCStatus>)
        /// A message of a stream of responses, or its end, or both in one.
        case deliver(Call, message: [UInt8]?, isLast: Bool)
        /// The server has room for so many more bytes of that call's requests.
        case grant(Call, byteCount: Int)
        /// The server asks for new calls to go elsewhere.
        case retire
        /// For a stream we no longer know, or of a type we do not know.
        case ignore
    }

    private enum Stream {
        /// Leaves to: abandoned, gone.
        case waiting(Call, MethodShape, deadline: MonotonicInstant)
        /// The caller left; the server may still work, as ttrpc cannot tell it to stop. Leaves to: gone.
        case abandoned(deadline: MonotonicInstant)

        var deadline: MonotonicInstant {
            switch self {
            case .waiting(_, _, let deadline), .abandoned(let deadline): deadline
            }
        }
    }

    /// What we know of the server's side of `StreamExtension`.
    package enum Peer: Sendable, Hashable {
        /// Nothing yet: it has sent nothing.
        case untold
        /// Something else came before a Hello: it does not know the extension.
        case plain
        /// It counts, and keeps this many bytes of a stream.
        case counting(window: Int)
    }

    private let limits: WireLimits
    private var streams = StreamTable<Stream>()
    /// Nil once spent.
    private var next: StreamID?
    private var isClosed = false
    private var isAnnounced = false
    package private(set) var peer = Peer.untold
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

    /// The next Request is the first, and is to carry our announcement.
    package var isUnannounced: Bool { !isAnnounced }

    package mutating func announced() { isAnnounced = true }

    package mutating func open(
        _ call: Call, _ shape: MethodShape = .unary, needsPlace: Bool = true, deadline: MonotonicInstant
    ) -> Opening {
        guard let streamID = next, !isClosed else { return .spent }
        guard hasRoom || !needsPlace else { return .full }
        next = streamID.next
        streams[streamID] = .waiting(call, shape, deadline: deadline)
        if earliest.map({ deadline < $0 }) ?? true { earliest = deadline }
        return .send(streamID)
    }

    package mutating func receive(_ frame: Frame) -> Action {
        switch frame.type {
        case .response:
            learn(.plain)
            return response(frame)
        case .data:
            learn(.plain)
            return data(frame)
        case .hello:
            if let window = StreamExtension.byteCount(in: frame.data) { learn(.counting(window: window)) }
            return .ignore
        case .credit:
            guard case .waiting(let call, _, _) = streams[frame.streamID],
                let byteCount = StreamExtension.byteCount(in: frame.data)
            else { return .ignore }
            return .grant(call, byteCount: byteCount)
        case .goAway:
            return .retire
        case .request, .cancel, .unrecognized:
            return .ignore
        }
    }

    private mutating func learn(_ news: Peer) {
        if case .untold = peer { peer = news }
    }

    private mutating func response(_ frame: Frame) -> Action {
        guard case .waiting(let call, let shape, _) = streams.removeValue(forKey: frame.streamID) else {
            return .ignore
        }
        let outcome = Self.outcome(of: frame, limits)
        guard shape.streamsResponses, case .success(let payload) = outcome else {
            return .complete(call, outcome)
        }
        // The stream of responses ended well, without a last message.
        guard !payload.isEmpty else { return .deliver(call, message: nil, isLast: true) }
        return .complete(call, .failure(.oneForStream))
    }

    private mutating func data(_ frame: Frame) -> Action {
        guard case .waiting(let call, let shape, _) = streams[frame.streamID] else {
            if frame.flags.contains(.remoteClosed) { streams[frame.streamID] = nil }
            return .ignore
        }
        guard shape.streamsResponses else { return end(frame.streamID, with: .failure(.streamForOne)) }
        let message = frame.flags.contains(.noData) ? nil : Array(frame.data)
        let isLast = frame.flags.contains(.remoteClosed)
        if isLast { streams[frame.streamID] = nil }
        return isLast || message != nil ? .deliver(call, message: message, isLast: isLast) : .ignore
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
        case .waiting(let call, _, _): .complete(call, outcome)
        case .abandoned, nil: .ignore
        }
    }

    /// Calls whose time is up, in the order they were opened.
    package mutating func expire(at now: MonotonicInstant) -> [Call] {
        guard let earliest, earliest <= now else { return [] }
        let expired = streams.filter { $0.value.deadline <= now }
        for (streamID, _) in expired { streams[streamID] = nil }
        self.earliest = streams.lazy.map { $0.value.deadline }.min()
        return Self.calls(of: expired)
    }

    /// The caller no longer waits. Its place stays taken until the server answers or the deadline passes.
    /// Returns the streams whose server can be told with Cancel.
    package mutating func abandon(where matches: (Call) -> Bool) -> [StreamID] {
        var told: [StreamID] = []
        for (streamID, stream) in streams {
            guard case .waiting(let call, _, let deadline) = stream, matches(call) else { continue }
            streams[streamID] = .abandoned(deadline: deadline)
            if case .counting = peer { told.append(streamID) }
        }
        return told
    }

    /// The connection is gone: all these calls are UNAVAILABLE. They may have been carried out.
    package mutating func close() -> [Call] {
        isClosed = true
        earliest = nil
        defer { streams.removeAll() }
        return Self.calls(of: streams)
    }

    private static func calls(of streams: some Sequence<StreamTable<Stream>.Element>) -> [Call] {
        streams.sorted { $0.key < $1.key }.compactMap {
            switch $0.value {
            case .waiting(let call, _, _): call
            case .abandoned: nil
            }
        }
    }
}
