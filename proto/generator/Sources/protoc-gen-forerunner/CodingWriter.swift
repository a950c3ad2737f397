import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Conformance of one file's messages to WireMessage: out of and into protoc-c's structs.
enum CodingWriter {
    static func write(_ file: FileDescriptor, _ placement: Placement) -> String {
        let imports =
            ["internal import \(placement.cModule)"] + (Naming.isEnvelope(file) ? [] : ["public import Wire"])
        var source = Source(from: file.name, imports: imports)
        for message in file.messages { write(message, to: &source) }
        return source.text
    }

    private static func write(_ message: Descriptor, to source: inout Source) {
        let cType = Naming.cType(message.fullName)
        let initialise = Naming.cLower(message.fullName) + "__init"
        let members = Member.all(of: message)
        source.line()
        source.block("extension \(Naming.type(message)): WireMessage") { source in
            source.line("public static var fullName: String { \"\(message.fullName)\" }")
            source.line()
            source.line("public static let descriptor: MessageDescriptor = {")
            source.line("    var message = \(cType)()")
            source.line("    \(initialise)(&message)")
            source.line("    return MessageDescriptor(address: message.base.descriptor)")
            source.line("}()")
            source.line()
            source.block("public init(cMessage: UnsafeRawPointer) throws(MessageError)") { source in
                source.line("self.init()")
                guard !members.isEmpty else { return }
                source.line("let c = cMessage.assumingMemoryBound(to: \(cType).self)")
                for member in members { read(member, to: &source) }
            }
            source.line()
            source.block("public func fill(_ cMessage: UnsafeMutableRawPointer, in arena: MessageArena)") {
                source in
                source.line("let c = cMessage.bindMemory(to: \(cType).self, capacity: 1)")
                source.line("\(initialise)(c)")
                for member in members { fill(member, to: &source) }
            }
        }
        for nested in message.messages { write(nested, to: &source) }
    }

    private static func read(_ member: Member, to source: inout Source) {
        switch member {
        case .field(let shape): source.line("self.\(shape.name) = \(shape.reading)")
        case .oneof(let oneof):
            source.switchBlock("c.pointee.\(oneof.name.lowercased())_case.rawValue") { source in
                for field in oneof.fields {
                    let shape = FieldShape(field: field)
                    let target = "self.\(Naming.lowerCamel(oneof.name))"
                    if field.type == .message {
                        source.line(
                            "case \(field.number): \(target) = (\(shape.reading)).map { .\(shape.name)($0) }")
                    } else {
                        source.line("case \(field.number): \(target) = .\(shape.name)(\(shape.reading))")
                    }
                }
                source.line("default: break")
            }
        }
    }

    private static func fill(_ member: Member, to source: inout Source) {
        switch member {
        case .field(let shape):
            for line in shape.writing("self.\(shape.name)") { source.line(line) }
        case .oneof(let oneof):
            let caseField = "c.pointee.\(oneof.name.lowercased())_case"
            source.switchBlock("self.\(Naming.lowerCamel(oneof.name))") { source in
                for field in oneof.fields {
                    let shape = FieldShape(field: field)
                    source.line("case .\(shape.name)(let value):")
                    source.line("    \(caseField) = .init(rawValue: \(field.number))")
                    switch field.type {
                    // A member that is set is written even when it is empty.
                    case .string: source.line("    c.pointee.\(Naming.cField(field)) = arena.text(value)")
                    case .message: source.line("    c.pointee.\(Naming.cField(field)) = arena.message(value)")
                    default: for line in shape.writing("value") { source.line("    " + line) }
                    }
                }
                source.line("case nil: break")
            }
        }
    }
}
