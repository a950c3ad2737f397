import Contracts
import Wire

/// One call to a process, with failures said in a person's words and the right exit code.
enum RemoteCall {
    static func unary(
        to address: HostPort, service: String, method: String, payload: [UInt8], options: CallOptions,
        security: ClientSecurity
    ) async throws(Failure) -> [UInt8] {
        let channel = security.channel(to: address)
        do {
            let answer = try await channel.unary(
                service: service, method: method, payload: payload, options: options)
            await channel.close()
            return answer
        } catch {
            await channel.close()
            throw failure(error, address)
        }
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
