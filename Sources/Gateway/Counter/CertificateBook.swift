package import Contracts

/// Which institution stands in which role when it shows a client certificate, by credit code.
package struct CertificateBook: Sendable {
    private let actors: [String: Actor]

    package init(_ institutions: [DeploymentAPI.CertifiedInstitution] = []) {
        var actors: [String: Actor] = [:]
        for entry in institutions {
            let institution = entry.institution ?? .init()
            actors[institution.creditCode] = Actor(
                role: entry.role, institutionCode: institution.creditCode,
                institutionName: institution.name)
        }
        self.actors = actors
    }

    /// The identity that a certificate's name gives by itself.
    ///
    /// An institution that is not listed is everybody, and so is a process: the counter serves institutions,
    /// and our processes have their own doors.
    package func actor(_ name: CertifiedName?) -> Actor {
        switch name {
        case .institution(let code)?: actors[code] ?? .everybody
        case .process?, .some(.none), nil: .everybody
        }
    }
}

/// Who a caller is, of the two things that it may show: a token and a certificate.
package enum CallerIdentity {
    /// - Parameter token: what the token stands for; nil when none was presented.
    /// - Throws: when the two name different institutions. A token that was taken from one institution is
    ///   worth nothing on the connection of another.
    package static func of(
        token: Actor?, name: CertifiedName?, book: CertificateBook
    ) throws(IdentityConflict) -> Actor {
        guard let token else { return book.actor(name) }
        if case .institution(let code)? = name, token.institutionCode != code {
            throw IdentityConflict(certified: code)
        }
        return token
    }
}

/// A token and a certificate that name different institutions.
package struct IdentityConflict: Error, Hashable, CustomStringConvertible {
    let certified: String

    package var description: String {
        "the token is not one of \(certified), whom the client certificate names; present a token of the "
            + "same institution, or none"
    }
}
