import Testing
import Wire

/// Windows, queues and gates: what holds a writer to its reader's pace.
@Suite("Flow of a stream", .timeLimit(.minutes(1)))
struct FlowTests {
    private static let cost = StreamExtension.cost(ofMessage: 0)

    @Test("a window lets one message beyond it pass, and opens again with credit")
    func granted() {
        var window = SendWindow.granted(100)
        window.spend(99)
        #expect(window.isOpen)
        window.spend(1_000)
        #expect(!window.isOpen)
        window.grant(999)
        #expect(!window.isOpen)
        window.grant(1)
        #expect(window.isOpen)
    }

    @Test("credit cannot grow without bound, and means nothing where nobody counts")
    func bounds() {
        var window = SendWindow.granted(1)
        for _ in 0..<10 { window.grant(1 << 30) }
        window.spend(1 << 30)
        #expect(!window.isOpen)
        var free = SendWindow.unlimited
        free.spend(.max)
        free.grant(1)
        #expect(free.isOpen)
    }

    @Test("before the peer has told, little is sent; what was sent counts against what it tells")
    func untold() {
        var window = SendWindow.untold(allowance: 10)
        window.spend(10)
        #expect(!window.isOpen)
        window.grant(50)
        #expect(!window.isOpen)
        var plain = window
        plain.tell(window: nil)
        #expect(plain.isOpen)
        window.tell(window: 10)
        #expect(!window.isOpen)
        window.grant(1)
        #expect(window.isOpen)
        window.tell(window: 1_000)
        window.spend(1)
        #expect(!window.isOpen, "it is told once")
    }

    @Test("credit is given back in halves of the window, and a message beyond it is kept")
    func receiving() {
        var window = ReceiveWindow(window: 100, keptMax: 150)
        var said: [Int?] = []
        func receive(_ cost: Int) { said.append(window.receive(cost) ? cost : nil) }
        func take() { said.append(window.takeAll()) }
        receive(40)
        take()
        receive(10)
        take()
        take()
        receive(99)
        // Its sender had one byte left.
        receive(1_000)
        receive(1)
        take()
        receive(1)
        #expect(said == [40, nil, 10, 50, nil, 99, 1_000, nil, 1_099, 1])
    }

    @Test("one who does not count is kept up to the bound")
    func uncounted() {
        var window = ReceiveWindow(window: 100, keptMax: 150)
        let kept = (0..<16).map { _ in window.receive(10) }
        #expect(kept == Array(repeating: true, count: 15) + [false])
    }

    @Test("a queue gives all that is there, then the failure; a full one refuses")
    func queue() async throws {
        var limits = WireLimits()
        limits.streamWindowByteCount = 2 * Self.cost
        limits.streamQueueByteCountMax = 3 * Self.cost
        let credit = Counter()
        let queue = InboundQueue(limits: limits) { _ in credit.add() }
        for _ in 0..<3 { #expect(queue.push([])) }
        #expect(!queue.push([]))
        #expect(try await queue.next()?.count == 3)
        #expect(credit.count == 1)
        #expect(queue.push([1]))
        queue.finish(RPCStatus(code: .dataLoss, message: ""))
        queue.finish()
        #expect(queue.push([2]), "what comes after the end is dropped")
        #expect(try await queue.next() == [[1]])
        await #expect(throws: RPCStatus(code: .dataLoss, message: "")) { try await queue.next() }
    }

    @Test("a reader that is cancelled stops waiting")
    func cancelledReader() async {
        let queue = InboundQueue(limits: WireLimits()) { _ in }
        let reading = Task { try await queue.next() }
        reading.cancel()
        await #expect(throws: RPCStatus(code: .cancelled, message: "")) { try await reading.value }
    }

    /// Messages that passed a gate.
    private struct Passed: GateLoad {
        var messages: [[UInt8]] = []
        var byteCount: Int { messages.reduce(0) { $0 + $1.count } }
        mutating func add(_ message: UnsafeRawBufferPointer) { messages.append(Array(message)) }
    }

    private static func gate(_ window: SendWindow, byteCountMax: Int = 10) -> SendGate<Passed> {
        SendGate(Passed(), window: window, byteCountMax: byteCountMax, onLoad: {}, onFinish: {})
    }

    @Test("a writer waits for the load to be taken, one message at least passes")
    func load() async throws {
        let gate = Self.gate(.unlimited)
        try await gate.send([UInt8](repeating: 1, count: 20))
        let writing = Task { try await gate.send([2]) }
        var messages: [[UInt8]] = []
        while messages.count < 2 {
            gate.take {
                messages += $0.messages
                $0.messages = []
            }
            await Task.yield()
        }
        try await writing.value
        #expect(messages.map(\.count) == [20, 1])
    }

    @Test("a writer waits for credit; closing or cancelling ends its waiting")
    func credit() async throws {
        let gate = Self.gate(.granted(1), byteCountMax: 1_000)
        try await gate.send([1])
        let held = Task { try await gate.send([2]) }
        gate.changeWindow { $0.grant(Self.cost + 1) }
        try await held.value
        let cancelled = Task { try await gate.send([3]) }
        cancelled.cancel()
        await #expect(throws: RPCStatus(code: .cancelled, message: "")) { try await cancelled.value }
        let closed = Task { try await gate.send([4]) }
        gate.close(RPCStatus(code: .aborted, message: ""))
        await #expect(throws: RPCStatus(code: .aborted, message: "")) { try await closed.value }
        #expect(gate.take { $0.messages } == [[1], [2]])
    }

    @Test("after the last message nothing passes, and no message beyond a frame's size ever")
    func refused() async throws {
        let gate = Self.gate(.unlimited)
        await #expect(throws: RPCStatus(code: .resourceExhausted, message: "")) {
            try await gate.send([UInt8](repeating: 0, count: WireLimits.frameByteCountMax + 1))
        }
        gate.finish()
        await #expect(throws: RPCStatus(code: .failedPrecondition, message: "")) { try await gate.send([1]) }
    }
}
