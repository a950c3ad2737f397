import Contracts
import Wire

/// One call to a process, with failures said in a person's words and the right exit code.
enum RemoteCall {
    /// Hands on the answer, or each of a stream's answers as it comes; a stream that gave one has ended
    /// well when its time has passed.
    static func answers(
        to address: HostPort, service: String, method: NodeAPI.MethodDescription, payload: [UInt8],
        options: CallOptions, security: ClientSecurity, _ take: ([UInt8]) throws(Failure) -> Void
    ) async throws(Failure) {
        guard method.streamsResponses else {
            let answer = try await with(address, security) { (channel: any RPCChannel) throws(RPCStatus) in
                try await channel.unary(
                    service: service, method: method.name, payload: payload, options: options)
            }
            return try take(answer)
        }
        let channel = security.channel(to: address)
        var failed: Failure?
        var isOpen = false
        do {
            let stream = try await channel.stream(
                service: service, method: method.name, shape: .serverStreaming, request: payload,
                options: options)
            var answers = stream.responses.makeAsyncIterator()
            while failed == nil, let answer = try await answers.next() {
                isOpen = true
                do { try take(answer) } catch { failed = error }
            }
        } catch {
            failed = isOpen && error.code == .deadlineExceeded ? nil : failure(error, address)
        }
        await channel.close()
        if let failed { throw failed }
    }

    /// Runs a body with a channel to a process and closes it afterwards.
    static func with<Answer>(
        _ address: HostPort, _ security: ClientSecurity,
        _ body: (any RPCChannel) async throws(RPCStatus) -> Answer
    ) async throws(Failure) -> Answer {
        let channel = security.channel(to: address)
        do {
            let answer = try await body(channel)
            await channel.close()
            return answer
        } catch {
            await channel.close()
            throw failure(error, address)
        }
    }

    /// UNAVAILABLE ends with 3, bad input with 2, everything else is a no.
    static func failure(_ status: RPCStatus, _ address: HostPort) -> Failure {
        switch status.code {
        case .unavailable, .deadlineExceeded:
            return Failure(.unreachable, "\(address): \(status.message)")
        case .invalidArgument, .unimplemented:
            return Failure(.badInput, describe(status))
        default:
            return Failure(.no, describe(status))
        }
    }

    static func describe(_ status: RPCStatus) -> String {
        var lines = ["\(status.code): \(status.message)"]
        for finding in status.refusal?.findings ?? [] {
            let subject = finding.subject.isEmpty ? "" : " [\(finding.subject)]"
            lines.append(
                "  \(finding.citation) \(finding.code)\(subject) \(finding.messageZh) / \(finding.messageEn)")
        }
        return lines.joined(separator: "\n")
    }
}
