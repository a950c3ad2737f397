import NIOCore

/// Streaming calls of one connection.
extension ClientConnectionHandler {
    /// The call's Request has been given out: its writers may write.
    func begin(_ stream: ClientStreamCall, on streamID: StreamID) {
        streamCalls[streamID] = stream
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        let loop = eventLoop
        stream.open(
            StreamPlace.Opening(
                streamID: streamID, gate: stream.shape.streamsRequests ? gate(streamID) : nil,
                giveCredit: { byteCount in
                    loop.execute { connection.value.giveCredit(byteCount, on: streamID) }
                }))
        if stream.shape.streamsRequests, case .untold = streams.peer { askOnce() }
    }

    private func gate(_ streamID: StreamID) -> SendGate<FrameLoad> {
        let loop = eventLoop
        let connection = NIOLoopBound(self, eventLoop: loop)
        let window: SendWindow =
            switch streams.peer {
            case .untold: .untold(allowance: limits.untoldByteCountMax)
            case .plain: .unlimited
            case .counting(let window): .granted(window)
            }
        return SendGate(
            FrameLoad(streamID: streamID), window: window, byteCountMax: limits.streamLoadByteCountMax,
            onLoad: { loop.execute { connection.value.collect(streamID) } },
            onFinish: { loop.execute { connection.value.finishRequests(streamID) } })
    }

    // MARK: The peer's side of the extension

    /// A stream of requests without an answer in between would wait for ever to be told.
    private func askOnce() {
        guard !isPeerAsked else { return }
        isPeerAsked = ask()
    }

    /// Makes any server send something. Every server answers this, if only that it does not know the method.
    @discardableResult
    func ask() -> Bool {
        send(
            ClientCall(
                service: "grpc.health.v1.Health", method: "Check", payload: [], metadata: Metadata(),
                deadline: .after(limits.callTimeMax), form: .unary),
            isProbe: true)
    }

    /// Tells the writers once what has been learned of the peer.
    func tellStreams() {
        let window: Int?
        switch streams.peer {
        case .untold: return
        case .plain: window = nil
        case .counting(let told): window = told
        }
        isPeerTold = true
        for stream in streamCalls.values { stream.gate?.changeWindow { $0.tell(window: window) } }
    }

    func grant(_ byteCount: Int, to call: ClientCall) {
        guard case .stream(let stream) = call.form else { return }
        stream.gate?.changeWindow { $0.grant(byteCount) }
    }

    private func giveCredit(_ byteCount: Int, on streamID: StreamID) {
        guard streamCalls[streamID] != nil, case .counting = streams.peer else { return }
        StreamExtension.credit(byteCount, on: streamID).append(to: &outbox.bytes)
        flushSoon()
    }

    // MARK: What arrives

    func complete(_ call: ClientCall, _ outcome: Result<[UInt8], RPCStatus>) {
        if case .stream(let stream) = call.form, let streamID = stream.streamID { forget(streamID) }
        call.answer(outcome)
    }

    func deliver(_ message: [UInt8]?, _ isLast: Bool, to call: ClientCall) {
        guard case .stream(let stream) = call.form else { return }
        guard stream.deliver(message, isLast: isLast) else {
            call.answer(.failure(.queueFull))
            return abandon(call)
        }
        if isLast, let streamID = stream.streamID { forget(streamID) }
    }

    func forget(_ streamID: StreamID) {
        streamCalls[streamID] = nil
        heldStreams.remove(streamID)
    }

    // MARK: What writers send

    /// Takes a stream's frames for writing, unless the peer has enough to take already.
    private func collect(_ streamID: StreamID) {
        guard let gate = streamCalls[streamID]?.gate else { return }
        guard isWritable else {
            heldStreams.insert(streamID)
            return
        }
        gate.take { $0.move(to: &outbox.bytes) }
        flushSoon()
    }

    private func finishRequests(_ streamID: StreamID) {
        guard let gate = streamCalls[streamID]?.gate else { return }
        gate.take { $0.move(to: &outbox.bytes) }
        heldStreams.remove(streamID)
        Frame(streamID: streamID, type: .data, flags: [.remoteClosed, .noData]).append(to: &outbox.bytes)
        flushSoon()
    }

    func releaseStreams() {
        for streamID in heldStreams.sorted() {
            guard isWritable else { return }
            heldStreams.remove(streamID)
            collect(streamID)
            flush()
        }
    }
}
