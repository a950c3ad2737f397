import Synchronization

/// One direction of a stream within a process: what passes the gate is in the queue, and what is read from
/// the queue opens the gate.
final class InProcessPipe: Sendable {
    /// Puts each message into the queue at once.
    struct QueueLoad: GateLoad {
        let queue: InboundQueue
        var byteCount: Int { 0 }
        mutating func add(_ message: UnsafeRawBufferPointer) { _ = queue.push(Array(message)) }
    }

    /// The queue is there before its gate.
    private final class GatePlace: Sendable {
        let gate = Mutex<SendGate<QueueLoad>?>(nil)
    }

    let queue: InboundQueue
    let gate: SendGate<QueueLoad>

    init(limits: WireLimits) {
        let place = GatePlace()
        let queue = InboundQueue(limits: limits) { byteCount in
            place.gate.withLock { $0 }?.changeWindow { $0.grant(byteCount) }
        }
        self.queue = queue
        gate = SendGate(
            QueueLoad(queue: queue), window: .granted(limits.streamWindowByteCount),
            byteCountMax: limits.streamLoadByteCountMax, onLoad: {}, onFinish: { queue.finish() })
        place.gate.withLock { $0 = gate }
    }

    /// Nothing passes any more; the reader gets what is there and then the failure, or the end.
    func end(_ failure: RPCStatus?) {
        gate.close(failure ?? .streamEnded)
        queue.finish(failure)
    }
}
