import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Where the output goes: into Wire and Contracts, or, with `module=Name`, into a target of that name in a
/// package outside, beside its C target `CName`.
///
/// A package outside gets values, coding, calls and the C module; access and description are for our own
/// contracts, so it gets no tables of these.
struct Placement {
    /// Nil for our own contracts.
    private let module: String?

    init(_ parameter: any CodeGeneratorParameter) throws {
        var module: String?
        for (key, value) in parameter.parsedPairs {
            guard key == "module", !value.isEmpty else {
                throw Supported.Refusal(description: "\(key)=\(value): only module=Name is known")
            }
            module = value
        }
        self.module = module
    }

    var cModule: String { module.map { "C" + $0 } ?? "CMessages" }

    func folder(_ file: FileDescriptor) -> String {
        if let module { return "\(module)/Generated" }
        return Naming.isEnvelope(file) ? "Wire/Generated" : "Contracts/Generated"
    }

    func tables(_ files: [FileDescriptor]) throws -> [(path: String, contents: String)] {
        if let module {
            return [("\(module)/Generated/Namespaces.swift", TableWriter.namespaces(files))]
        }
        return try TableWriter.tables(files)
    }
}
