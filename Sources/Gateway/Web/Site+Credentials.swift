import Contracts
import HTTPTypes
import Hummingbird
import Wire

/// What a shop checks a title with, as files: the title, its proof, the status list, the keys, a mark to
/// print.
extension Site {
    func addCredentials(to router: Router<BasicRequestContext>) {
        router.get("/titles/:id/credential") { _, context in
            try await file { try await reader.credential(context.parameters.get("id") ?? "") }
        }
        router.get("/titles/:id/proof") { _, context in
            try await file { try await reader.titleProof(context.parameters.get("id") ?? "") }
        }
        router.get("/titles/:id/mark.svg") { _, context in
            try await file { try await reader.mark(context.parameters.get("id") ?? "") }
        }
        router.get("/statuslists/:number") { _, context in
            guard let number = context.parameters.get("number", as: UInt32.self) else {
                return try await apology(.notFound)
            }
            return try await file { try await reader.statusList(number) }
        }
        router.get("/.well-known/jwt-vc-issuer") { _, _ in
            try await file { try await reader.trust(\.issuerMetadata) }
        }
        router.get("/trust.json") { _, _ in try await file { try await reader.trust(\.trust) } }
    }

    /// Nothing is 404, an authority that is away 503.
    func file(_ look: () async throws -> PublicFile?) async throws -> Response {
        do {
            guard let file = try await look() else { return try await apology(.notFound) }
            return file.response
        } catch let status as RPCStatus {
            return try await apology(Self.answer(to: status.code))
        }
    }
}

extension PublicReader {
    /// The credential of a title, or nil when there is none or it cannot be asked for.
    func issued(_ titleID: String) async -> ComplianceAPI.Credential? {
        try? await compliance.getCredential(.init(titleId: titleID), options: Self.options).credential
    }

    func credential(_ titleID: String) async throws(RPCStatus) -> PublicFile? {
        let found = try await compliance.getCredential(.init(titleId: titleID), options: Self.options)
        return PublicFile(found.text, "application/dc+sd-jwt", seconds: PublicFile.credentialSeconds)
    }

    func titleProof(_ titleID: String) async throws(RPCStatus) -> PublicFile? {
        let found = try await compliance.getCredential(.init(titleId: titleID), options: Self.options)
        guard let log = log(of: backends.compliance.role) else { return nil }
        let proof = try await log.prove(.init(position: found.position), options: Self.options).proof
        return PublicFile(
            bytes: proof, mediaType: PublicFile.plainText, seconds: PublicFile.checkpointSeconds)
    }

    func statusList(_ number: UInt32) async throws(RPCStatus) -> PublicFile? {
        let list = try await compliance.getStatusList(.init(number: number), options: Self.options)
        // A cache adds at most half of what the list itself allows.
        return PublicFile(list.token, "application/statuslist+jwt", seconds: Int(list.timeToLive) / 2)
    }

    func trust(
        _ part: @Sendable (ComplianceAPI.GetTrustResponse) -> String
    ) async throws(RPCStatus) -> PublicFile? {
        let trust = try await compliance.getTrust(.init(), options: Self.options)
        return PublicFile(part(trust) + "\n", "application/json", seconds: PublicFile.keySeconds)
    }

    func mark(_ titleID: String) async throws(RPCStatus) -> PublicFile? {
        let title = try await self.title(titleID).title ?? .init()
        let mark = TitleMark(title: title, address: "\(site)/titles/\(title.id)")
        guard title.state == .valid, let svg = mark.svg else { return nil }
        return PublicFile(svg, "image/svg+xml", seconds: PublicFile.keySeconds)
    }
}
