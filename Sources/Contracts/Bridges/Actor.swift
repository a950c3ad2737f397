public import Wire

/// Who stands behind a call: a role of the programme and, except for the public, an institution.
public struct Actor: Sendable, Hashable, CustomStringConvertible {
    public let role: CommonAPI.Role
    /// 统一社会信用代码 of the institution; empty for the public and for processes of the platform.
    public let institutionCode: String
    public let institutionName: String

    public init(role: CommonAPI.Role, institutionCode: String = "", institutionName: String = "") {
        self.role = role
        self.institutionCode = institutionCode
        self.institutionName = institutionName
    }

    public static let everybody = Actor(role: .public)

    public var institution: CommonAPI.Institution {
        CommonAPI.Institution(creditCode: institutionCode, name: institutionName)
    }

    /// Form kept in the record: role and code, no personal data.
    public var description: String {
        institutionCode.isEmpty ? role.name : "\(role.name)/\(institutionCode)"
    }
}

/// Names of the metadata that the platform's processes understand.
public enum CallMetadata {
    /// What a client presents to the gateway, as in "Bearer TOKEN".
    public static let authorization = "authorization"
    /// Identity of a command; a repeat with the same id gets the first answer.
    public static let requestID = "forerunner-request-id"
    /// Identity of the command that a process's own call was made for; for logs, never for repeats.
    public static let originRequestID = "forerunner-origin-request-id"
    /// Asks a question about the past: a date, or a moment with its zone.
    public static let asOf = "forerunner-as-of"
    /// Proof that the identity below was established by the gateway or a sister process.
    public static let platformKey = "forerunner-platform-key"
    public static let role = "forerunner-role"
    public static let institutionCode = "forerunner-institution-code"
    public static let institutionName = "forerunner-institution-name"

    /// Identity metadata that only the platform's own processes may send.
    public static let identity = [platformKey, role, institutionCode, institutionName]
    /// Longest request id accepted, in UTF-8 bytes: a UUID has 36.
    public static let requestIDByteCountMax = 128
}

extension Actor {
    /// Reads the identity that an interceptor has verified; everybody when there is none.
    public init(_ call: CallContext) {
        guard let text = call.metadata[CallMetadata.role], let role = CommonAPI.Role(name: text) else {
            self = .everybody
            return
        }
        self.init(
            role: role, institutionCode: call.metadata[CallMetadata.institutionCode] ?? "",
            institutionName: call.metadata[CallMetadata.institutionName] ?? "")
    }

    /// Writes this identity over whatever the metadata said before.
    public func vouched(in metadata: Metadata, platformKey: String) -> Metadata {
        var vouched = metadata
        for key in CallMetadata.identity { vouched.remove(key) }
        vouched.remove(CallMetadata.authorization)
        vouched[CallMetadata.platformKey] = platformKey
        vouched[CallMetadata.role] = role.name
        if !institutionCode.isEmpty { vouched[CallMetadata.institutionCode] = institutionCode }
        if !institutionName.isEmpty { vouched[CallMetadata.institutionName] = institutionName }
        return vouched
    }
}
