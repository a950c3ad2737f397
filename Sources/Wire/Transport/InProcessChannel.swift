/// Calls a router's methods without a network: the same deadlines, sizes and statuses, no connection to lose.
public struct InProcessChannel: RPCChannel {
    private let router: any RequestRouter
    private let limits: WireLimits

    public init(router: any RequestRouter, limits: WireLimits = WireLimits()) {
        self.router = router
        self.limits = limits
    }

    public func unary(
        service: String, method: String, payload: [UInt8], options: CallOptions
    ) async throws(RPCStatus) -> [UInt8] {
        guard options.timeout > .zero else { throw .deadlineExceeded }
        let deadline = Deadline.after(min(options.timeout, limits.callTimeMax))
        try check(
            RequestEnvelope(
                service: service, method: method, payload: payload, timeoutNanoseconds: .max,
                metadata: options.metadata))
        let handler = try router.route(service: service, method: method)
        let context = CallContext(
            service: service, method: method, metadata: options.metadata, deadline: deadline,
            peer: "in-process")
        let call = ClientCall(
            service: service, method: method, payload: payload, metadata: options.metadata, deadline: deadline
        )
        let work = Task {
            do throws(RPCStatus) {
                call.answer(.success(try await handler(payload, context)))
            } catch {
                call.answer(.failure(error.sendable(limits)))
            }
        }
        let timer = Task {
            try await Task.sleep(for: deadline.remaining)
            call.answer(.failure(.deadlineExceeded))
            work.cancel()
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { call.await($0) }
        } onCancel: {
            call.answer(.failure(.cancelled))
            work.cancel()
        }
        timer.cancel()
        return try checked(outcome).get()
    }

    /// What a frame and a server's limits would refuse.
    private func check(_ request: RequestEnvelope) throws(RPCStatus) {
        guard request.byteCount <= WireLimits.frameByteCountMax else {
            throw OversizedMessage(byteCount: request.byteCount).status
        }
        guard
            request.metadata.entries.count <= limits.metadataCountMax,
            request.metadata.byteCount <= limits.metadataByteCountMax
        else {
            throw RPCStatus(code: .resourceExhausted, message: "\(EnvelopeError.tooMuchMetadata)")
        }
    }

    private func checked(_ outcome: Result<[UInt8], RPCStatus>) -> Result<[UInt8], RPCStatus> {
        let byteCount = ResponseEnvelope(outcome).byteCount
        guard byteCount <= WireLimits.frameByteCountMax else {
            return .failure(OversizedMessage(byteCount: byteCount).status)
        }
        return outcome
    }
}
