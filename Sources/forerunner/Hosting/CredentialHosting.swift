import Authority
import ComplianceService
import Credentials
import Ledger
import Logging
import PublicLog
import Transparency

/// The keys with which the compliance process hands out titles and signs status lists.
struct CredentialHosting {
    let dataFolder: String
    let site: PublicSite
    let log: NoteKey

    /// Reads the keys, or makes them at the first start.
    func issuer() throws(Failure) -> TitleIssuer {
        let titles = try TokenKeyFile(dataFolder: dataFolder, purpose: .titles).signers()
        let lists = try TokenKeyFile(dataFolder: dataFolder, purpose: .statuslists).signers()
        guard let titleSigner = titles.last, let statusSigner = lists.last else {
            throw Failure(.badInput, "\(dataFolder) has no keys for titles")
        }
        let trust = TitleTrust(
            issuer: site.address, titleKeys: TokenKeys(titles.map(\.key)),
            statusKeys: TokenKeys(lists.map(\.key)), log: log, witnesses: site.witnesses.map(\.key),
            witnessCountMin: site.witnesses.count / 2 + (site.witnesses.isEmpty ? 0 : 1))
        return TitleIssuer(trust: trust, titleSigner: titleSigner, statusSigner: statusSigner)
    }
}
