import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The plugin: from proto files to Swift values, their coding, clients, service protocols and tables.
///
/// Paths in its output are relative to the Sources folder of the repository.
@main
struct Generator: CodeGenerator {
    func generate(
        files: [FileDescriptor], parameter: any CodeGeneratorParameter,
        protoCompilerContext: any ProtoCompilerContext, generatorOutputs: any GeneratorOutputs
    ) throws {
        for file in files {
            try Supported.check(file)
            let base = Naming.fileBase(file)
            let folder = Naming.folder(file)
            try generatorOutputs.add(
                fileName: "\(folder)/\(base)Values.swift", contents: ValueWriter.write(file))
            if !file.messages.isEmpty {
                try generatorOutputs.add(
                    fileName: "\(folder)/\(base)Coding.swift", contents: CodingWriter.write(file))
            }
            if !file.services.isEmpty {
                try generatorOutputs.add(
                    fileName: "\(folder)/\(base)Calls.swift", contents: CallWriter.write(file))
            }
        }
        for (path, contents) in try TableWriter.tables(files) {
            try generatorOutputs.add(fileName: path, contents: contents)
        }
        for (path, contents) in CModuleWriter.files(files) {
            try generatorOutputs.add(fileName: path, contents: contents)
        }
    }

    let supportedFeatures: [Google_Protobuf_Compiler_CodeGeneratorResponse.Feature] = []
}

/// What the proto files may not use, because protobuf-c or our runtime has no place for it.
enum Supported {
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    static func check(_ file: FileDescriptor) throws {
        guard file.edition == .proto3 else { throw Refusal(description: "\(file.name): not proto3") }
        for message in file.messages { try check(message, within: []) }
    }

    /// Follows fields, so that a message that contains itself is found.
    private static func check(_ message: Descriptor, within outer: [String]) throws {
        guard !outer.contains(message.fullName) else {
            throw Refusal(description: "\(message.fullName) contains itself; Swift values cannot")
        }
        for nested in message.messages where !nested.options.mapEntry { try check(nested, within: []) }
        for field in message.fields {
            guard !["self", "init"].contains(field.name) else {
                throw Refusal(description: "\(field.fullName): Swift cannot reach a C member of this name")
            }
            if field.isMap {
                throw Refusal(description: "\(field.fullName): write a map as a repeated message")
            }
            if field.oneofIndex != nil, field.realContainingOneof == nil {
                throw Refusal(
                    description: "\(field.fullName): protoc-c knows no proto3 optional; use a oneof")
            }
            if field.type == .message || field.type == .group {
                try check(field.messageType, within: outer + [message.fullName])
            }
        }
    }
}
