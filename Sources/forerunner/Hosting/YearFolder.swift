import Contracts
import Foundation
import RegulatedYear
import Regulation
import Wire

/// The folder of a demonstration year: clock, configuration with its tokens, stores, logs.
struct YearFolder {
    let path: String
    var clockPath: String { path + "/clock" }
    var configurationPath: String { path + "/deployment.json" }
    var logPath: String { path + "/logs" }

    /// Makes the folder, or takes one that an earlier, perhaps interrupted, year left behind.
    init(path: String) throws(Failure) {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path + "/logs", withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .badInput,
                "the folder \(path) cannot be made; choose another with --data or mend its permissions")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw Failure(
                .badInput,
                "the folder \(path) cannot be written; choose another with --data or mend its permissions")
        }
    }

    func clock() throws(Failure) -> SharedClock {
        do {
            return try SharedClock(
                creating: clockPath, clockID: "year-" + UUID().uuidString.lowercased(), start: Plan.start)
        } catch {
            throw Failure(.badInput, "\(error)")
        }
    }

    /// The configuration of an earlier run, or a new one with tokens nobody else knows.
    ///
    /// An earlier one keeps its tokens; its addresses are those of this run.
    func deployment(portBase: Int, webPort: Int) throws(Failure) -> DeploymentFile {
        var deployment: DeploymentAPI.Deployment
        if FileManager.default.fileExists(atPath: configurationPath) {
            deployment = try DeploymentFile(path: configurationPath).deployment
        } else {
            deployment = .init(
                platformKey: Self.secret(),
                tokens: Cast.offices.map { office in
                    DeploymentAPI.Token(
                        token: Self.secret(), role: office.role, institution: office.institution)
                })
        }
        deployment.addresses = DeploymentAPI.Addresses(
            gateway: "127.0.0.1:\(portBase)", scheme: "127.0.0.1:\(portBase + 1)",
            ranking: "127.0.0.1:\(portBase + 2)", compliance: "127.0.0.1:\(portBase + 3)",
            web: "127.0.0.1:\(webPort)")
        let file = try DeploymentFile(checked: deployment)
        try write(deployment)
        return file
    }

    /// Secrets are for this user's eyes only.
    private func write(_ deployment: DeploymentAPI.Deployment) throws(Failure) {
        let text = deployment.jsonText(pretty: true) + "\n"
        let temporary = configurationPath + ".new"
        let isWritten = FileManager.default.createFile(
            atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten, rename(temporary, configurationPath) == 0 else {
            throw Failure(.badInput, "\(configurationPath) cannot be written; check the folder's permissions")
        }
    }

    /// 256 random bits in base 16.
    private static func secret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let text = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
