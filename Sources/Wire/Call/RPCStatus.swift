/// Why a call failed: a code for programs, a sentence for people, and details as protobuf messages.
///
/// Equality compares the code only, so that tests and callers do not depend on wording.
public struct RPCStatus: Error, Sendable, Equatable, CustomStringConvertible {
    /// Never `.ok` in a status that is thrown.
    public let code: StatusCode
    public let message: String
    public let details: [StatusDetail]

    public init(code: StatusCode, message: String, details: [StatusDetail] = []) {
        self.code = code
        self.message = message
        self.details = details
    }

    public static func == (left: RPCStatus, right: RPCStatus) -> Bool { left.code == right.code }

    public var description: String { "\(code.name): \(message)" }
}

/// One google.protobuf.Any of a status.
public struct StatusDetail: Sendable, Hashable {
    /// As in "type.googleapis.com/package.Message".
    public let typeURL: String
    /// The message in protobuf encoding.
    public let value: [UInt8]

    public init(typeURL: String, value: [UInt8]) {
        self.typeURL = typeURL
        self.value = value
    }
}
