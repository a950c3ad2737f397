/// Why a call failed: a code for programs, a sentence for people, and details as protobuf messages.
///
/// Equality compares the code only, so that tests and callers do not depend on wording.
public struct RPCStatus: Error, Sendable, Equatable, CustomStringConvertible {
    /// Never `.ok` in a status that is thrown.
    public let code: StatusCode
    public let message: String
    public let details: [StatusDetail]
    /// The request provably never left this side, so the call may be repeated whatever its method does.
    ///
    /// Only a channel of this side can know: it does not travel, and a peer's status never has it.
    public private(set) var isUnsent = false

    public init(code: StatusCode, message: String, details: [StatusDetail] = []) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The same failure, of a call whose request never left this side.
    public var unsent: RPCStatus {
        var status = self
        status.isUnsent = true
        return status
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
