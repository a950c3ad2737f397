import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Service protocols, their handler tables, and clients of one file.
enum CallWriter {
    static func write(_ file: FileDescriptor) -> String {
        var source = Source(from: file.name, imports: ["public import Wire"])
        for service in file.services {
            protocolOf(service, to: &source)
            definition(of: service, to: &source)
            client(of: service, to: &source)
        }
        return source.text
    }

    private static func protocolOf(_ service: ServiceDescriptor, to source: inout Source) {
        source.line()
        source.comment(service)
        source.line("/// What answers calls to \(service.fullName).")
        source.block("public protocol \(service.name)Protocol: Sendable") { source in
            for method in service.methods {
                source.comment(method)
                source.line("func \(Naming.declared(Naming.method(method)))(")
                source.line("    \(MethodForm(method).handlerParameters.joined(separator: ", "))")
                source.line(") async throws(RPCStatus)\(MethodForm(method).handlerResult)")
            }
        }
    }

    private static func definition(of service: ServiceDescriptor, to source: inout Source) {
        source.line()
        source.block("extension \(service.name)Protocol") { source in
            source.line("/// The handlers by method name: decode, call, encode.")
            source.block("public var definition: ServiceDefinition") { source in
                source.line("var handlers: [String: MethodHandler] = [:]")
                for method in service.methods {
                    let form = MethodForm(method)
                    source.line("handlers[\"\(method.name)\"] = MessageCalls.\(form.name) {")
                    source.line(
                        "    (\(form.closureParameters.joined(separator: ", "))) async throws(RPCStatus)"
                            + "\(form.handlerResult) in")
                    source.line(
                        "    try await self.\(Naming.method(method))"
                            + "(\(form.arguments.joined(separator: ", ")))")
                    source.line("}")
                }
                source.line("return ServiceDefinition(name: \"\(service.fullName)\", handlers: handlers)")
            }
        }
    }

    private static func client(of service: ServiceDescriptor, to source: inout Source) {
        source.line()
        source.line("/// Calls \(service.fullName) over a channel.")
        source.block("public struct \(service.name)Client: Sendable") { source in
            source.line("public static let serviceName = \"\(service.fullName)\"")
            source.line("private let channel: any RPCChannel")
            source.line()
            source.block("public init(_ channel: any RPCChannel)") { $0.line("self.channel = channel") }
            for method in service.methods {
                let form = MethodForm(method)
                source.line()
                source.comment(method)
                source.line("public func \(Naming.declared(Naming.method(method)))(")
                source.line("    \(form.clientParameters.joined(separator: ", "))")
                source.block(") async throws(RPCStatus) -> \(form.clientResult)") { source in
                    source.line("try await channel.call(")
                    source.line(
                        "    service: Self.serviceName, method: \"\(method.name)\", "
                            + form.callArguments.joined(separator: ", ") + ")")
                }
            }
        }
    }
}
