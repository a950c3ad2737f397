import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Swift structs and enums of one proto file: plain values that know nothing of C.
enum ValueWriter {
    static func write(_ file: FileDescriptor) -> String {
        let usesEnvelope = !Naming.isEnvelope(file) && file.messages.contains(where: mentionsEnvelope)
        var source = Source(from: file.name, imports: usesEnvelope ? ["public import Wire"] : [])
        for enumeration in file.enums {
            source.line()
            source.block("extension \(Naming.namespace(file))") { write(enumeration, to: &$0) }
        }
        for message in file.messages {
            source.line()
            source.block("extension \(Naming.namespace(file))") { write(message, to: &$0) }
        }
        return source.text
    }

    private static func mentionsEnvelope(_ message: Descriptor) -> Bool {
        message.fields.contains { $0.type == .message && Naming.isEnvelope($0.messageType.file) }
            || message.messages.contains(where: mentionsEnvelope)
    }

    private static func write(_ message: Descriptor, to source: inout Source) {
        source.comment(message)
        source.block("public struct \(Naming.local(message)): Hashable, Sendable") { source in
            let members = Member.all(of: message)
            for member in members {
                switch member {
                case .field(let shape): source.comment(shape.field)
                case .oneof(let oneof): source.comment(oneof)
                }
                source.line(
                    "public var \(Naming.declared(member.name)): \(member.type) = \(member.defaultValue)")
            }
            if !members.isEmpty { source.line() }
            source.line("public init() {}")
            if !members.isEmpty { memberwise(members, to: &source) }
            for case .oneof(let oneof) in members { write(oneof, to: &source) }
            for enumeration in message.enums {
                source.line()
                write(enumeration, to: &source)
            }
            for nested in message.messages {
                source.line()
                write(nested, to: &source)
            }
        }
    }

    private static func memberwise(_ members: [Member], to source: inout Source) {
        source.line()
        source.line("public init(")
        for (index, member) in members.enumerated() {
            let comma = index + 1 < members.count ? "," : ""
            let name = Naming.declared(member.name)
            source.line("    \(name): \(member.type) = \(member.defaultValue)\(comma)")
        }
        source.block(")") { source in
            for member in members {
                source.line("self.\(member.name) = \(Naming.declared(member.name))")
            }
        }
    }

    private static func write(_ oneof: OneofDescriptor, to source: inout Source) {
        source.line()
        source.comment(oneof)
        source.block("public enum \(Naming.local(Naming.upperCamel(oneof.name))): Hashable, Sendable") {
            source in
            for field in oneof.fields {
                source.comment(field)
                let shape = FieldShape(field: field)
                source.line("case \(shape.declaredName)(\(shape.element))")
            }
        }
    }

    private static func write(_ enumeration: EnumDescriptor, to source: inout Source) {
        var numbersSeen: Set<Int32> = []
        let values = enumeration.values.filter { numbersSeen.insert($0.number).inserted }
        let name = Naming.local(enumeration.name)
        source.comment(enumeration)
        source.block("public enum \(name): Hashable, Sendable, CaseIterable") { source in
            for value in values {
                source.comment(value)
                source.line("case \(Naming.declared(Naming.enumCase(value)))")
            }
            source.line("/// A number of a newer edition of the contract.")
            source.line("case unrecognized(Int32)")
            source.line()
            source.line("/// The named cases.")
            source.line("public static let allCases: [\(name)] = [")
            for value in values { source.line("    .\(Naming.enumCase(value)),") }
            source.line("]")
            source.line()
            numbers(values, to: &source)
            source.line()
            names(values, to: &source)
        }
    }

    private static func numbers(_ values: [EnumValueDescriptor], to source: inout Source) {
        source.block("public init(rawValue: Int32)") { source in
            source.switchBlock("rawValue") { source in
                for value in values { source.line("case \(value.number): self = .\(Naming.enumCase(value))") }
                source.line("default: self = .unrecognized(rawValue)")
            }
        }
        source.line()
        source.line("/// Number on the wire.")
        source.block("public var rawValue: Int32") { source in
            source.switchBlock("self") { source in
                for value in values { source.line("case .\(Naming.enumCase(value)): \(value.number)") }
                source.line("case .unrecognized(let number): number")
            }
        }
    }

    private static func names(_ values: [EnumValueDescriptor], to source: inout Source) {
        source.line("/// The case with this name, spelt as in the proto file.")
        source.block("public init?(name: String)") { source in
            source.switchBlock("name") { source in
                for value in values {
                    source.line("case \"\(value.name)\": self = .\(Naming.enumCase(value))")
                }
                source.line("default: return nil")
            }
        }
        source.line()
        source.line("/// Name as the proto file spells it; the number of an unrecognized one.")
        source.block("public var name: String") { source in
            source.switchBlock("self") { source in
                for value in values { source.line("case .\(Naming.enumCase(value)): \"\(value.name)\"") }
                source.line("case .unrecognized(let number): String(number)")
            }
        }
    }
}
