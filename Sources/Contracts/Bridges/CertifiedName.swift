import Regulation
public import Wire

/// Whom a certificate is made out to: what the platform's own URIs in it say, and nothing else in it.
///
/// An institution is `urn:forerunner:institution:CODE` with its 统一社会信用代码; a process of the platform is
/// `urn:forerunner:process:ROLE`, once for each role that it may have.
public enum CertifiedName: Sendable, Hashable {
    /// No URI of ours: somebody whom the deployment's roots vouch for, and whom the programme does not know.
    case none
    case institution(creditCode: String)
    case process(roles: Set<String>)

    public static let institutionPrefix = "urn:forerunner:institution:"
    public static let processPrefix = "urn:forerunner:process:"
    /// Roles that a process can have.
    public static let processRoles: Set<String> = ["gateway", "scheme", "ranking", "compliance"]

    /// The name of a process that answers for a role.
    public static func process(_ role: String) -> String { processPrefix + role }

    /// Reads the names strictly: nothing is corrected, and a certificate that says two things says nothing.
    ///
    /// A URI that begins like ours in any case of letters must be one of ours to the letter. Others pass.
    public init(uris: [String]) throws(CertifiedNameFlaw) {
        var code: String?
        var roles: Set<String> = []
        for uri in uris where uri.lowercased().hasPrefix("urn:forerunner:") {
            if uri.hasPrefix(Self.institutionPrefix) {
                let text = String(uri.dropFirst(Self.institutionPrefix.count))
                guard (try? CreditCode(text)) != nil else { throw .creditCode(text) }
                guard code == nil else { throw .twoInstitutions }
                code = text
            } else if uri.hasPrefix(Self.processPrefix) {
                let role = String(uri.dropFirst(Self.processPrefix.count))
                guard Self.processRoles.contains(role) else { throw .role(role) }
                guard roles.insert(role).inserted else { throw .roleTwice(role) }
            } else {
                throw .form(uri)
            }
        }
        switch (code, roles.isEmpty) {
        case (nil, true): self = .none
        case (nil, false): self = .process(roles: roles)
        case (let code?, true): self = .institution(creditCode: code)
        case (_?, false): throw .institutionAndProcess
        }
    }

    /// Reads the caller's certificate; nil when the call came without one.
    public static func of(_ call: CallContext) throws(CertifiedNameFlaw) -> CertifiedName? {
        guard let peer = call.peerIdentity else { return nil }
        return try CertifiedName(uris: peer.names.uris)
    }
}

/// Why the names in a certificate are nobody's.
public enum CertifiedNameFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    case form(String)
    case creditCode(String)
    case role(String)
    case roleTwice(String)
    case twoInstitutions
    case institutionAndProcess

    public var description: String {
        switch self {
        case .form(let uri):
            "“\(uri)” is no name of the platform; it must be \(CertifiedName.institutionPrefix)CODE or "
                + "\(CertifiedName.processPrefix)ROLE, in lower case up to the last colon"
        case .creditCode(let text): "“\(text)” is no credit code"
        case .role(let role):
            "“\(role)” is no role of a process; there are "
                + CertifiedName.processRoles.sorted().joined(separator: ", ")
        case .roleTwice(let role): "the role \(role) is named twice"
        case .twoInstitutions: "two institutions are named"
        case .institutionAndProcess: "an institution and a process are named"
        }
    }
}
