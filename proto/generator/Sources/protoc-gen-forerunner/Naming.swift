import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Names in Swift and in protoc-c's C.
enum Naming {
    // MARK: Files

    /// "forerunner/scheme.proto" gives "Scheme".
    static func fileBase(_ file: FileDescriptor) -> String {
        let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
        return upperCamel(String(name.prefix { $0 != "." }))
    }

    /// Whether the file's types live in Wire, below the contracts.
    static func isEnvelope(_ file: FileDescriptor) -> Bool { namespace(file) == envelope }

    // MARK: Swift types

    private static let envelope = "Envelope"

    /// Files that cannot carry the option: theirs by package.
    private static let namespaceByPackage = [
        "forerunner": "CommonAPI", "ttrpc": envelope, "google.rpc": envelope, "google.protobuf": envelope,
    ]

    static func namespace(_ file: FileDescriptor) -> String {
        CustomOptions.namespace(file) ?? namespaceByPackage[file.package] ?? upperCamel(file.package)
    }

    static func type(_ message: Descriptor) -> String {
        guard let outer = message.containingType else {
            return "\(namespace(message.file)).\(local(message))"
        }
        return "\(type(outer)).\(local(message))"
    }

    static func type(_ enumeration: EnumDescriptor) -> String {
        guard let outer = enumeration.containingType else {
            return "\(namespace(enumeration.file)).\(local(enumeration.name))"
        }
        return "\(type(outer)).\(local(enumeration.name))"
    }

    static func local(_ message: Descriptor) -> String { local(message.name) }

    /// A type's own name; "Any" and its kind are words of Swift.
    static func local(_ name: String) -> String {
        ["Any", "Type", "Protocol", "Self"].contains(name) ? name + "Message" : name
    }

    // MARK: Swift members

    static func field(_ field: FieldDescriptor) -> String { lowerCamel(field.name) }

    static func method(_ method: MethodDescriptor) -> String {
        let name = method.name
        return (name.first?.lowercased() ?? "") + name.dropFirst()
    }

    /// Case of an enum value, without the enum's own name in front.
    static func enumCase(_ value: EnumValueDescriptor) -> String {
        let prefix = upperSnake(value.enumType.name) + "_"
        var name = value.name
        if name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if rest.first?.isLetter == true { name = String(rest) }
        }
        return lowerCamel(name.lowercased())
    }

    /// In backticks where Swift has the word for itself.
    static func declared(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    private static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit",
        "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard",
        "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
        "while",
    ]

    // MARK: C

    /// "forerunner.scheme.v1.KeyField" gives "Forerunner__Scheme__V1__KeyField".
    static func cType(_ fullName: String) -> String {
        fullName.split(separator: ".").map { upperCamel(String($0)) }.joined(separator: "__")
    }

    /// "forerunner.scheme.v1.KeyField" gives "forerunner__scheme__v1__key_field".
    static func cLower(_ fullName: String) -> String {
        fullName.split(separator: ".").map { camelToLower(String($0)) }.joined(separator: "__")
    }

    /// protoc-c hangs an underscore on words of C and C++.
    static func cField(_ field: FieldDescriptor) -> String {
        let name = field.name.lowercased()
        return cKeywords.contains(name) ? name + "_" : name
    }

    private static let cKeywords: Set<String> = [
        "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "class",
        "compl", "const", "const_cast", "continue", "default", "delete", "do", "double", "dynamic_cast",
        "else",
        "enum", "explicit", "extern", "false", "float", "for", "friend", "goto", "if", "inline", "int",
        "long",
        "mutable", "namespace", "new", "not", "not_eq", "operator", "or", "or_eq", "private", "protected",
        "public", "register", "reinterpret_cast", "return", "short", "signed", "sizeof", "static",
        "static_cast", "struct", "switch", "template", "this", "throw", "true", "try", "typedef", "typeid",
        "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor",
        "xor_eq",
    ]

    /// As protoc-c does it: an underscore where an upper-case letter follows one that is not.
    private static func camelToLower(_ name: String) -> String {
        var result = ""
        var wasUpper = true
        for character in name {
            if character.isUppercase, !wasUpper { result += "_" }
            result += character.lowercased()
            wasUpper = character.isUppercase
        }
        return result
    }

    // MARK: Letter cases

    static func upperCamel(_ name: String) -> String {
        name.split { $0 == "_" || $0 == "." }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    static func lowerCamel(_ name: String) -> String {
        let camel = upperCamel(name)
        return camel.prefix(1).lowercased() + camel.dropFirst()
    }

    private static func upperSnake(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase, !result.isEmpty { result += "_" }
            result += character.uppercased()
        }
        return result
    }
}
