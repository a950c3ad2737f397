/// Why a title, a status list or a set of keys is not to be believed.
package enum CredentialFlaw: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not in the form of a signed token; says what is wrong.
    case malformed(String)
    /// The header's algorithm is not the one that titles are signed with.
    case algorithm(String)
    /// The token is of another type.
    case type(expected: String, found: String)
    /// The header names a key that is not among those trusted.
    case unknownKey(String)
    /// The key named in the header did not make the signature.
    case forged
    /// A claim is missing, or is not what it must be.
    case claim(String)
    /// Issued by somebody else than who is trusted.
    case issuer(expected: String, found: String)
    /// Before it holds; seconds since 1970.
    case notYet(Int64)
    /// After it held; seconds since 1970.
    case over(Int64)

    package var description: String {
        switch self {
        case .malformed(let flaw): "not a signed token: \(flaw)"
        case .algorithm(let name): "signed by the algorithm “\(name)”, which is not accepted; only EdDSA is"
        case .type(let expected, let found): "a token of type “\(found)”, where “\(expected)” was expected"
        case .unknownKey(let id): "signed with the key “\(id)”, which is not among those trusted"
        case .forged: "the signature was not made by the key that it names"
        case .claim(let flaw): flaw
        case .issuer(let expected, let found): "issued by \(found), where \(expected) was expected"
        case .notYet(let moment): "does not hold before \(moment) seconds since 1970"
        case .over(let moment): "held until \(moment) seconds since 1970"
        }
    }
}
