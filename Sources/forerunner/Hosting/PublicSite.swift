import Contracts
import Foundation
import PublicLog
import Transparency

/// The site as the public knows it: what logs and titles are named by.
struct PublicSite {
    /// As in "https://forerunner.example", without a slash at the end.
    let address: String
    /// Whether the configuration says it; otherwise it follows from where the site listens.
    let isStated: Bool
    let witnesses: [any WitnessCaller]

    init(_ file: DeploymentFile) throws(Failure) {
        let settings = file.deployment.publicRecord ?? .init()
        isStated = !settings.site.isEmpty
        address = isStated ? settings.site : "http://\(try file.webAddress())"
        guard let url = URL(string: address), url.scheme == "https" || url.scheme == "http",
            url.host?.isEmpty == false, !address.hasSuffix("/"), url.query == nil, url.fragment == nil
        else {
            throw Failure(
                .badInput,
                "publicRecord.site “\(address)” is no address of a site; write it as in "
                    + "https://forerunner.example")
        }
        var witnesses: [any WitnessCaller] = []
        for (index, witness) in settings.witnesses.enumerated() {
            witnesses.append(try Self.witness(witness, "publicRecord.witnesses[\(index)]"))
        }
        self.witnesses = witnesses
    }

    private static func witness(
        _ witness: DeploymentAPI.Witness, _ place: String
    ) throws(Failure) -> HTTPWitness {
        let key: NoteKey
        do throws(NoteError) { key = try NoteKey(witness.key) } catch {
            throw Failure(.badInput, "\(place).key: \(error)")
        }
        guard key.kind == .cosignature else {
            throw Failure(.badInput, "\(place).key is a log's key; give the witness's, as it prints it")
        }
        guard let url = URL(string: witness.url), url.scheme == "https" || url.scheme == "http",
            url.host?.isEmpty == false
        else {
            throw Failure(
                .badInput,
                "\(place).url “\(witness.url)” is no address; write https://HOST, perhaps with a path")
        }
        return HTTPWitness(key: key, url: url)
    }

    /// What the log of an authority is named: its address without the scheme.
    func origin(of role: HostedRole) throws(Failure) -> NoteKeyName {
        let bare = address.split(separator: "/", maxSplits: 2).last.map(String.init) ?? address
        guard let name = NoteKeyName("\(bare)/log/\(role.rawValue)") else {
            throw Failure(
                .badInput, "publicRecord.site “\(address)” cannot name a log; leave out spaces and plus")
        }
        return name
    }

    /// A log keeps the name that it began with: a site that the configuration states must be that one.
    func check(_ key: NoteKey, of role: HostedRole) throws(Failure) {
        guard isStated, try origin(of: role) != key.name else { return }
        throw Failure(
            .badInput,
            "publicRecord.site is \(address), but the \(role.rawValue) log is named \(key.name); a log keeps "
                + "the name that it began with: state that site")
    }
}
