package import Transparency

/// What a title says, whoever carries it: claims of a JSON web token (RFC 7519) of the type that SD-JWT VC
/// (draft-ietf-oauth-sd-jwt-vc) gives them.
package struct TitleClaims: Sendable, Hashable {
    /// Who is meant, with the unified social credit code.
    package struct Party: Sendable, Hashable {
        package let creditCode: String
        package let name: String

        package init(creditCode: String, name: String) {
            self.creditCode = creditCode
            self.name = name
        }
    }

    /// Where the title's status stands.
    package struct StatusPlace: Sendable, Hashable {
        /// Address of the status list.
        package let uri: String
        package let index: Int

        package init(uri: String, index: Int) {
            self.uri = uri
            self.index = index
        }
    }

    package var issuer: String
    package var titleID: String
    package var enterprise: Party
    package var agency: Party
    package var product: String
    package var standard: String
    /// Models that the title covers.
    package var models: [String]
    /// First and last valid day, in Asia/Shanghai.
    package var validFrom: String
    package var validUntil: String
    /// Seconds since 1970: issued, holds from, holds until before.
    package var issuedAt: Int64
    package var notBefore: Int64
    package var expires: Int64
    package var status: StatusPlace

    package init(
        issuer: String, titleID: String, enterprise: Party, agency: Party, product: String, standard: String,
        models: [String], validFrom: String, validUntil: String, issuedAt: Int64, notBefore: Int64,
        expires: Int64, status: StatusPlace
    ) {
        self.issuer = issuer
        self.titleID = titleID
        self.enterprise = enterprise
        self.agency = agency
        self.product = product
        self.standard = standard
        self.models = models
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.expires = expires
        self.status = status
    }

    /// The type of what is said; another meaning would be another type.
    package static func type(of issuer: String) -> String { "\(issuer)/vct/forerunner/1" }

    private static let zone = "Asia/Shanghai"
    private static let kind = "forerunner"
}

extension TitleClaims {
    package var json: CanonicalJSON {
        .object([
            "iss": .text(issuer), "vct": .text(Self.type(of: issuer)),
            "sub": .text("\(issuer)/titles/\(titleID)"),
            "jti": .text(titleID), "iat": Self.number(issuedAt), "nbf": Self.number(notBefore),
            "exp": Self.number(expires),
            "title": .object([
                "kind": .text(Self.kind), "enterprise": Self.json(enterprise), "agency": Self.json(agency),
                "product": .text(product), "standard": .text(standard),
                "models": .list(models.map { .text($0) }),
                "valid_from": .text(validFrom), "valid_until": .text(validUntil), "tz": .text(Self.zone),
            ]),
            "status": .object([
                "status_list": .object([
                    "idx": Self.number(Int64(status.index)), "uri": .text(status.uri),
                ])
            ]),
        ])
    }

    private static func json(_ party: Party) -> CanonicalJSON {
        .object(["credit_code": .text(party.creditCode), "name": .text(party.name)])
    }

    /// Seconds and indexes are far below what a number may be.
    private static func number(_ value: Int64) -> CanonicalJSON {
        SafeInteger(value).map { .number($0) } ?? .text("\(value)")
    }

    /// Reads the claims of a title; each that we rely on must be there in its form.
    package init(_ json: CanonicalJSON) throws(CredentialFlaw) {
        let title = json["title"]
        issuer = try Self.text(json, "iss")
        titleID = try Self.text(json, "jti")
        let type = try Self.text(json, "vct")
        guard type == Self.type(of: issuer) else {
            throw .claim("vct is “\(type)”, which is no forerunner title")
        }
        guard try Self.text(title, "kind") == Self.kind, try Self.text(title, "tz") == Self.zone else {
            throw .claim("title is of another kind, or its days are of another zone")
        }
        enterprise = try Self.party(title, "enterprise")
        agency = try Self.party(title, "agency")
        product = try Self.text(title, "product")
        standard = try Self.text(title, "standard")
        guard case .list(let names)? = title?["models"] else { throw .claim("models is missing") }
        models = names.compactMap(\.asText)
        guard models.count == names.count else { throw .claim("models are no texts") }
        validFrom = try Self.text(title, "valid_from")
        validUntil = try Self.text(title, "valid_until")
        issuedAt = try Self.number(json, "iat")
        notBefore = try Self.number(json, "nbf")
        expires = try Self.number(json, "exp")
        let place = json["status"]?["status_list"]
        let index = try Self.number(place, "idx")
        guard (0..<Int64(StatusList.entryCountMax)).contains(index) else { throw .claim("idx is no index") }
        status = StatusPlace(uri: try Self.text(place, "uri"), index: Int(index))
    }

    private static func text(_ json: CanonicalJSON?, _ name: String) throws(CredentialFlaw) -> String {
        guard let text = json?[name]?.asText, !text.isEmpty else { throw .claim("\(name) is missing") }
        return text
    }

    private static func number(_ json: CanonicalJSON?, _ name: String) throws(CredentialFlaw) -> Int64 {
        guard let number = json?[name]?.asNumber else { throw .claim("\(name) is missing") }
        return number
    }

    private static func party(_ json: CanonicalJSON?, _ name: String) throws(CredentialFlaw) -> Party {
        let party = json?[name]
        return Party(creditCode: try text(party, "credit_code"), name: try text(party, "name"))
    }
}
