/// One call of grpc.health.v1.Health/Check for the whole server, its messages read and written by hand.
enum HealthProbe {
    /// Nil when the asker was cancelled and nothing was learnt.
    static func finding(
        _ channel: any RPCChannel, timeout: Duration
    ) async -> EndpointHealth.Finding? {
        do throws(RPCStatus) {
            // The empty request asks for the server as a whole.
            let answer = try await channel.unary(
                service: "grpc.health.v1.Health", method: "Check", payload: [],
                options: CallOptions(timeout: timeout))
            return isServing(answer) ? .serving : .notServing
        } catch {
            return finding(error)
        }
    }

    /// Whoever answers is alive, also when it has no health service or keeps it for others.
    private static func finding(_ status: RPCStatus) -> EndpointHealth.Finding? {
        switch status.code {
        case .unavailable, .deadlineExceeded: .unreachable
        case .cancelled: nil
        case .ok, .unknown, .invalidArgument, .notFound, .alreadyExists, .permissionDenied,
            .resourceExhausted, .failedPrecondition, .aborted, .outOfRange, .unimplemented, .internalError,
            .dataLoss, .unauthenticated:
            .serving
        }
    }

    /// HealthCheckResponse: field 1 is the status, of which 1 is SERVING.
    static func isServing(_ answer: [UInt8]) -> Bool {
        let status = try? answer.withUnsafeBufferPointer { bytes throws(EnvelopeError) -> UInt64 in
            var reader = ProtobufReader(bytes)
            var status: UInt64 = 0
            while let field = try reader.next() {
                if case .varint(1, let value) = field { status = value }
            }
            return status
        }
        return status == 1
    }
}
