import Authority
import Contracts
package import Credentials
import Regulation

/// Makes credentials of titles and signs status lists: whose keys, in whose name. Pure.
package struct TitleIssuer: Sendable {
    package let trust: TitleTrust
    let titleSigner: TokenSigner
    let statusSigner: TokenSigner

    /// `trust` names the public halves of both keys.
    package init(trust: TitleTrust, titleSigner: TokenSigner, statusSigner: TokenSigner) {
        self.trust = trust
        self.titleSigner = titleSigner
        self.statusSigner = statusSigner
    }

    func statusListURI(_ number: Int) -> String { "\(trust.issuer)/statuslists/\(number)" }

    /// Where a title's status stands in a list: nobody can foretell it, and it is the same when the title is
    /// issued anew after a crash. The first place that is free.
    func statusIndex(of titleID: String, isFree: (Int) throws -> Bool) rethrows -> Int {
        var attempt = 0
        while true {
            let number = titleSigner.secretNumber(for: "\(titleID)/\(attempt)")
            let index = Int(number % UInt64(StatusList.entryCountMax))
            if try isFree(index) { return index }
            attempt += 1
        }
    }

    /// The title's credential; nil when it would be too large to hand out.
    func issue(
        _ title: ComplianceAPI.Title, list: Int, index: Int, at moment: Instant
    ) throws -> ComplianceAPI.Credential? {
        let validity = try TitleDecisions.validity(of: title)
        let forerunner = title.forerunner ?? .init()
        let claims = TitleClaims(
            issuer: trust.issuer, titleID: title.id,
            enterprise: TitleClaims.Party(forerunner.enterprise), agency: TitleClaims.Party(title.agency),
            product: title.product, standard: forerunner.standardNumber, models: forerunner.models,
            validFrom: title.validFrom, validUntil: title.validUntil, issuedAt: Self.seconds(moment),
            notBefore: Self.seconds(validity.from.beginsAt),
            // "Until" is inclusive: the title holds to the end of that day.
            expires: Self.seconds(validity.until.endsAt),
            status: .init(uri: statusListURI(list), index: index))
        guard let credential = try TitleCredential.issue(claims, by: titleSigner) else { return nil }
        return ComplianceAPI.Credential(
            titleId: title.id, token: credential.token, digest: credential.digest,
            statusList: UInt32(list), statusIndex: UInt32(index), keyId: credential.key.id)
    }

    static func seconds(_ moment: Instant) -> Int64 { moment.utcMicroseconds / 1_000_000 }
}

extension TitleClaims.Party {
    init(_ institution: CommonAPI.Institution?) {
        self.init(creditCode: institution?.creditCode ?? "", name: institution?.name ?? "")
    }
}
