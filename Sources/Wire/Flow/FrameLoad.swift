/// Data frames of one stream that wait to be written to its connection.
package struct FrameLoad: GateLoad {
    private let streamID: StreamID
    package private(set) var bytes: [UInt8] = []

    package init(streamID: StreamID) { self.streamID = streamID }

    package var byteCount: Int { bytes.count }

    package mutating func add(_ message: UnsafeRawBufferPointer) {
        FrameHeader(length: UInt32(message.count), streamID: streamID, type: .data).append(to: &bytes)
        bytes.append(contentsOf: message)
    }

    /// Moves all frames to the end of the bytes given.
    package mutating func move(to outbound: inout [UInt8]) {
        if outbound.isEmpty {
            swap(&outbound, &bytes)
        } else {
            outbound.append(contentsOf: bytes)
        }
        bytes.removeAll(keepingCapacity: true)
    }
}

/// What writers of a connection's stream hold. A type of its own, so that passing the gate is code for these
/// frames; behind the protocol a generic gate would look up its load's functions message by message.
struct FrameSink: MessageSink {
    let gate: SendGate<FrameLoad>

    func sendNow(_ message: UnsafeRawBufferPointer) throws(RPCStatus) -> Bool { try gate.sendNow(message) }

    nonisolated(nonsending) func send(_ message: [UInt8]) async throws(RPCStatus) {
        try await gate.send(message)
    }

    func finish() { gate.finish() }
}
