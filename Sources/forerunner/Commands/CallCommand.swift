import ArgumentParser
import Contracts
import Foundation
import Wire

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a method of a running process, with JSON in and JSON out.",
        discussion: """
            SERVICE/METHOD is the full name, as in forerunner.scheme.v1.SchemeService/ListNotices; the short
            form SchemeService/ListNotices is understood too. `forerunner describe` lists all methods.

            A command (a method that changes the record) gets a new request id unless --request-id names one;
            send the same id again when an answer was lost, and it is applied once.

            A method that streams responses gives one line of JSON for each, until the server ends the stream,
            --timeout has passed or the command is interrupted.

            --as-of asks a question about the past: the answer is what it was then, made from the record's
            events up to that moment. A date means the end of that day in Shanghai. Personal data erased since
            are gone from the past as well.

            Example: forerunner call SchemeService/ListNotices '{"openOnly":true}'
            """)

    @Argument(help: "Full or short name of the service, a slash, and the method.")
    var method: String

    @Argument(help: "The request as JSON, or - for standard input.")
    var json = "{}"

    @Option(help: "HOST:PORT of the process; the gateway by default.")
    var to = "127.0.0.1:7400"

    @Option(help: "Token to present; FORERUNNER_TOKEN by default.")
    var token: String?

    @Option(name: .customLong("request-id"), help: "Identity of the command, 1 to 128 bytes.")
    var requestID: String?

    @Option(
        name: .customLong("as-of"),
        help: "Ask a question about the past: a date, or a moment such as 2026-05-01T12:00:00+08:00.")
    var asOf: String?

    @Option(help: "Seconds to wait for the answer, 20 by default; or for how long to follow a stream.")
    var timeout: Int?

    @OptionGroup var security: ClientSecurityOptions

    func run() async throws {
        try await endingWith {
            let found = try MethodName(method)
            guard !found.method.streamsRequests else {
                throw Failure(.badInput, "\(method) takes a stream of requests; the command line has one")
            }
            guard asOf == nil || found.method.effect == .read else {
                throw Failure(.badInput, "\(method) changes the record; --as-of is for questions")
            }
            let text =
                json == "-"
                ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : json
            guard let request = MessageRegistry.descriptor(fullName: found.method.requestType),
                let response = MessageRegistry.descriptor(fullName: found.method.responseType)
            else { throw Failure(.badInput, "the messages of \(method) are unknown here") }
            let mapping = JSONOptions(messages: MessageRegistry.descriptor(fullName:))
            let payload: [UInt8]
            do {
                payload = try JSONMapping.decode(json: text, descriptor: request, options: mapping)
            } catch {
                throw Failure(.badInput, "\(found.method.requestType): \(error)")
            }
            let address = try HostPort(to, default: 7400)
            try await RemoteCall.answers(
                to: address, service: found.service, method: found.method, payload: payload,
                options: options(for: found), security: try security.load()
            ) { (answer: [UInt8]) throws(Failure) in
                do {
                    Console.result(
                        try JSONMapping.encode(serialized: answer, descriptor: response, options: mapping))
                } catch {
                    throw Failure(.no, "the answer could not be read: \(error)")
                }
            }
        }
    }

    private func options(for found: MethodName) -> CallOptions {
        var metadata = ClientToken.metadata(token)
        if found.method.effect == .command {
            metadata[CallMetadata.requestID] = requestID ?? UUID().uuidString
        }
        if let asOf { metadata[CallMetadata.asOf] = asOf }
        // A stream goes on for as long as the server allows, unless told otherwise.
        let seconds = timeout ?? (found.method.streamsResponses ? 1_000_000 : 20)
        return CallOptions(timeout: .seconds(max(1, seconds)), metadata: metadata)
    }
}

/// A method found in the catalogue by its full or short name.
struct MethodName {
    let service: String
    let method: NodeAPI.MethodDescription

    init(_ text: String) throws(Failure) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 2 else {
            throw Failure(
                .badInput, "“\(text)” is no method; write SERVICE/METHOD, as in SchemeService/ListNotices")
        }
        let services = ServiceCatalogue.description.services.filter {
            $0.name == parts[0] || $0.name.hasSuffix("." + parts[0])
        }
        guard let service = services.first else {
            throw Failure(.badInput, "there is no service “\(parts[0])”; `forerunner describe` lists them")
        }
        guard let method = service.methods.first(where: { $0.name == parts[1] }) else {
            let names = service.methods.map(\.name).joined(separator: ", ")
            throw Failure(.badInput, "\(service.name) has no method “\(parts[1])”; it has: \(names)")
        }
        self.service = service.name
        self.method = method
    }
}
