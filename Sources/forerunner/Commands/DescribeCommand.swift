import ArgumentParser
import Contracts
import Wire

struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "List services and methods, who may call them and what they do.",
        discussion: """
            Without --to the methods that this program knows are listed; with it, those of a running process.

            Example: forerunner describe RankingService
            """)

    @Argument(help: "Only services whose name contains this.")
    var name = ""

    @Option(help: "HOST:PORT of a process to ask.")
    var to: String?

    @OptionGroup var security: ClientSecurityOptions

    func run() async throws {
        try await endingWith {
            var description = ServiceCatalogue.description
            if let to {
                let address = try HostPort(to, default: 7400)
                description = try await RemoteCall.with(address, try security.load()) {
                    channel throws(RPCStatus) in
                    try await NodeClient(channel).describe(.init(), options: CallOptions())
                }
            }
            let services = description.services.filter { name.isEmpty || $0.name.contains(name) }
            guard !services.isEmpty else { throw Failure(.no, "no service has “\(name)” in its name") }
            for service in services {
                Console.result(service.name)
                for method in service.methods {
                    let callers = method.callers.map { Self.short($0.name, "ROLE_") }.joined(separator: ",")
                    Console.result(
                        "  \(method.name)(\(method.requestType)) -> \(method.responseType)"
                            + "  [\(Self.short(method.effect.name, "EFFECT_")) by \(callers)]")
                }
            }
        }
    }

    private static func short(_ name: String, _ prefix: String) -> String {
        (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name).lowercased()
    }
}
