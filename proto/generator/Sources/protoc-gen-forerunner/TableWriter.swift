import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Tables over all files: namespaces, access, message types, services, descriptors.
enum TableWriter {
    private static let origin = "all proto files"
    private static let folder = "Contracts/Generated"

    static func tables(_ files: [FileDescriptor]) throws -> [(path: String, contents: String)] {
        [
            ("Wire/Generated/EnvelopeNamespace.swift", namespaces(files.filter(Naming.isEnvelope))),
            ("\(folder)/Namespaces.swift", namespaces(files.filter { !Naming.isEnvelope($0) })),
            ("\(folder)/AccessTable.swift", try accessTable(files)),
            ("\(folder)/MessageRegistry.swift", registry(files)),
            ("\(folder)/ServiceCatalogue.swift", try catalogue(files)),
            ("\(folder)/DescriptorSet.swift", try descriptorSet(files)),
        ]
    }

    private static func namespaces(_ files: [FileDescriptor]) -> String {
        var source = Source(from: origin)
        for (name, group) in Dictionary(grouping: files, by: Naming.namespace).sorted(by: { $0.key < $1.key })
        {
            let names = group.map(\.name).sorted().joined(separator: ", ")
            source.line()
            source.line("/// Messages of \(names).")
            source.line("public enum \(name) {}")
        }
        return source.text
    }

    private static func methods(_ files: [FileDescriptor]) -> [MethodDescriptor] {
        files.flatMap(\.services).sorted { $0.fullName < $1.fullName }.flatMap(\.methods)
    }

    /// Names of the policy's numbers, as Swift cases.
    private static func policy(
        _ method: MethodDescriptor, _ files: [FileDescriptor]
    ) throws -> (callers: String, effect: String) {
        let policy = try CustomOptions.policy(method)
        let enums = files.flatMap(\.enums)
        func name(_ number: Int32, of enumeration: String) throws -> String {
            let values = enums.first { $0.fullName == enumeration }?.values ?? []
            guard number != 0, let value = values.first(where: { $0.number == number }) else {
                throw Supported.Refusal(description: "\(method.fullName): no policy with number \(number)")
            }
            return "." + Naming.enumCase(value)
        }
        guard !policy.callers.isEmpty else {
            throw Supported.Refusal(description: "\(method.fullName): admits no caller")
        }
        let callers = try policy.callers.map { try name($0, of: "forerunner.Role") }
        return ("[\(callers.joined(separator: ", "))]", try name(policy.effect, of: "forerunner.Effect"))
    }

    private static func accessTable(_ files: [FileDescriptor]) throws -> String {
        var source = Source(from: origin, imports: ["public import Wire"])
        source.line()
        source.line("/// Who may call a method, and what calling it does to the record.")
        source.block("public struct MethodPolicy: Hashable, Sendable") { source in
            source.line("public let callers: Set<CommonAPI.Role>")
            source.line("public let effect: CommonAPI.Effect")
            source.line("/// Full names of the messages, as in \"forerunner.scheme.v1.OpenCallRequest\".")
            source.line("public let requestType: String")
            source.line("public let responseType: String")
            source.line("/// Which sides stream.")
            source.line("public let shape: MethodShape")
        }
        source.line()
        source.line("/// The policy of every method, as its proto file says.")
        try source.block("public enum AccessTable") { source in
            source.line("/// By full method name, as in \"/forerunner.scheme.v1.SchemeService/OpenCall\".")
            source.line("public static let policies: [String: MethodPolicy] = [")
            for method in methods(files) {
                let policy = try policy(method, files)
                source.line("    \"/\(method.service.fullName)/\(method.name)\": MethodPolicy(")
                source.line("        callers: \(policy.callers), effect: \(policy.effect),")
                source.line("        requestType: \"\(method.inputType.fullName)\",")
                source.line(
                    "        responseType: \"\(method.outputType.fullName)\", "
                        + "shape: .\(MethodForm(method).name)),")
            }
            source.line("]")
        }
        return source.text
    }

    private static func registry(_ files: [FileDescriptor]) -> String {
        func flattened(_ messages: [Descriptor]) -> [Descriptor] {
            messages.flatMap { [$0] + flattened($0.messages) }
        }
        var source = Source(from: origin, imports: ["public import Wire"])
        source.line()
        source.line("/// Every message of the contracts by its full name.")
        source.block("public enum MessageRegistry") { source in
            source.line("public static let types: [String: any WireMessage.Type] = [")
            for message in flattened(files.flatMap(\.messages)).sorted(by: { $0.fullName < $1.fullName }) {
                source.line("    \"\(message.fullName)\": \(Naming.type(message)).self,")
            }
            source.line("]")
            source.line()
            source.block("public static func descriptor(fullName: String) -> MessageDescriptor?") { source in
                source.line("types[fullName]?.descriptor")
            }
        }
        return source.text
    }

    private static func catalogue(_ files: [FileDescriptor]) throws -> String {
        var source = Source(from: origin)
        source.line()
        source.line("/// Every service of the contracts, as the Describe method tells it.")
        try source.block("public enum ServiceCatalogue") { source in
            source.line("public static let description = NodeAPI.DescribeResponse(")
            source.line("    services: services, fileDescriptorSet: DescriptorSet.bytes)")
            source.line()
            source.line("public static let services: [NodeAPI.ServiceDescription] = [")
            let services = files.flatMap(\.services).sorted { $0.fullName < $1.fullName }
            for service in services { source.line("    \(Naming.lowerCamel(service.fullName)),") }
            source.line("]")
            for service in services {
                source.line()
                source.line(
                    "private static let \(Naming.lowerCamel(service.fullName)) = NodeAPI.ServiceDescription(")
                source.line("    name: \"\(service.fullName)\",")
                source.line("    methods: [")
                for method in service.methods {
                    let policy = try policy(method, files)
                    source.line("        NodeAPI.MethodDescription(")
                    source.line(
                        "            name: \"\(method.name)\", requestType: \"\(method.inputType.fullName)\","
                    )
                    source.line("            responseType: \"\(method.outputType.fullName)\",")
                    source.line("            callers: \(policy.callers), effect: \(policy.effect),")
                    source.line(
                        "            streamsRequests: \(method.clientStreaming), "
                            + "streamsResponses: \(method.serverStreaming)),")
                }
                source.line("    ])")
            }
        }
        return source.text
    }

    /// All files and what they import, importers after the imported, without comments.
    private static func descriptorSet(_ files: [FileDescriptor]) throws -> String {
        var seen: Set<String> = []
        var set = Google_Protobuf_FileDescriptorSet()
        func add(_ file: FileDescriptor) {
            guard seen.insert(file.name).inserted else { return }
            file.dependencies.forEach(add)
            set.file.append(file.extractProto())
        }
        files.forEach(add)
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        let bytes: [UInt8] = try set.serializedBytes(options: options)
        var source = Source(from: origin, imports: ["internal import Wire"])
        source.line()
        source.line(
            "/// The contracts as a serialized google.protobuf.FileDescriptorSet, to describe ourselves with."
        )
        source.block("public enum DescriptorSet") { source in
            source.line("public static let bytes: [UInt8] = Base64.decode(text) ?? []")
            source.line()
            source.line("private static let text = \"\"\"")
            let text = Array(Base64Text.encode(bytes))
            for start in stride(from: 0, to: text.count, by: 100) {
                let line = String(text[start..<min(start + 100, text.count)])
                source.line("    \(line)\(start + 100 < text.count ? "\\" : "")")
            }
            source.line("    \"\"\"")
        }
        return source.text
    }
}
