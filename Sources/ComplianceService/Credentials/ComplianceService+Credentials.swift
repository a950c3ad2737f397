import Authority
package import Contracts
import Credentials
import Logging
import Transparency
package import Wire

/// What this process issues; a process without keys has none.
package struct CredentialOffice: Sendable {
    let issuer: TitleIssuer
    let lists: StatusLists

    package init(issuer: TitleIssuer, lists: StatusLists) {
        self.issuer = issuer
        self.lists = lists
    }
}

extension ComplianceService {
    package func getCredential(
        _ request: ComplianceAPI.GetCredentialRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.GetCredentialResponse {
        try await desk.answer(call) { database in
            let found = try Fields.found(
                try CredentialStore(database: database).credential(of: request.titleId),
                "credential of title", request.titleId)
            return .init(
                credential: found.credential, text: found.credential.token + "~", position: found.position)
        }
    }

    package func getStatusList(
        _ request: ComplianceAPI.GetStatusListRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.GetStatusListResponse {
        let office = try office()
        let token: StatusListToken?
        do {
            token = try await office.lists.token(Int(request.number))
        } catch {
            desk.logger.error("status list failed", metadata: ["error": "\(error)"])
            throw RPCStatus(code: .unavailable, message: "the status list could not be made; try again later")
        }
        let list = try Fields.found(token, "status list", "\(request.number)")
        return .init(token: list.text, timeToLive: UInt32(list.timeToLive))
    }

    package func getTrust(
        _ request: ComplianceAPI.GetTrustRequest, _ call: CallContext
    ) async throws(RPCStatus) -> ComplianceAPI.GetTrustResponse {
        let trust = try office().issuer.trust
        return .init(
            trust: String(decoding: trust.json.encoded, as: UTF8.self),
            issuerMetadata: String(decoding: trust.issuerMetadata.encoded, as: UTF8.self))
    }

    private func office() throws(RPCStatus) -> CredentialOffice {
        guard let credentials else {
            throw RPCStatus(code: .unavailable, message: "this process issues no credentials")
        }
        return credentials
    }
}
