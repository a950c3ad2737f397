package import Contracts

/// Which bearer token stands for whom.
package struct TokenBook: Sendable {
    private let actors: [String: Actor]

    package init(_ tokens: [DeploymentAPI.Token]) {
        var actors: [String: Actor] = [:]
        for token in tokens {
            actors[token.token] = Actor(
                role: token.role, institutionCode: token.institution?.creditCode ?? "",
                institutionName: token.institution?.name ?? "")
        }
        self.actors = actors
    }

    /// The identity behind an authorization text as in "Bearer TOKEN".
    ///
    /// Nothing presented is everybody; a text that is no known token is nil, so that a mistyped token is
    /// answered as such and not served as the public.
    package func actor(authorization: String?) -> Actor? {
        guard let authorization, !authorization.isEmpty else { return .everybody }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return actors[String(parts[1])]
    }
}
