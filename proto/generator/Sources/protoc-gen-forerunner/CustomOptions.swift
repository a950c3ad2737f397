import Foundation
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The options of forerunner/options.proto, read from the unknown fields they arrive in.
enum CustomOptions {
    private static let policyNumber = 50721
    private static let namespaceNumber = 50722

    struct Policy {
        var callers: [Int32] = []
        var effect: Int32 = 0
    }

    static func namespace(_ file: FileDescriptor) -> String? {
        for case (namespaceNumber, .bytes(let text)) in fields(file.options.unknownFields.data) {
            return String(decoding: text, as: UTF8.self)
        }
        return nil
    }

    static func policy(_ method: MethodDescriptor) throws -> Policy {
        for case (policyNumber, .bytes(let bytes)) in fields(method.options.unknownFields.data) {
            var policy = Policy()
            for field in fields(bytes) {
                switch field {
                case (1, .varint(let role)): policy.callers.append(Int32(truncatingIfNeeded: role))
                case (1, .bytes(let packed)): policy.callers += varints(packed)
                case (2, .varint(let effect)): policy.effect = Int32(truncatingIfNeeded: effect)
                default: break
                }
            }
            return policy
        }
        throw Supported.Refusal(description: "\(method.fullName): says not who may call it")
    }

    private enum Value {
        case varint(UInt64)
        case bytes(Data)
    }

    /// The fields protoc serialised; only the two wire types that our options use.
    private static func fields(_ data: Data) -> [(Int, Value)] {
        var rest = data[...]
        var fields: [(Int, Value)] = []
        while let tag = varint(&rest) {
            switch tag & 7 {
            case 0:
                guard let value = varint(&rest) else { return fields }
                fields.append((Int(tag >> 3), .varint(value)))
            case 2:
                guard let length = varint(&rest), length <= rest.count else { return fields }
                fields.append((Int(tag >> 3), .bytes(Data(rest.prefix(Int(length))))))
                rest = rest.dropFirst(Int(length))
            default: return fields
            }
        }
        return fields
    }

    private static func varints(_ data: Data) -> [Int32] {
        var rest = data[...]
        var values: [Int32] = []
        while let value = varint(&rest) { values.append(Int32(truncatingIfNeeded: value)) }
        return values
    }

    private static func varint(_ data: inout Data.SubSequence) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = data.popFirst(), shift < 64 {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
