import ComplianceService
import Ledger
import Logging
import PublicLog
import RankingService
import SchemeService
import Transparency

/// The public log of one authority process.
struct LogHosting {
    let role: HostedRole
    let dataFolder: String
    let site: PublicSite
    let logger: Logger

    /// Opens the log, or begins it at the first start.
    func open(_ ledger: Ledger) async throws(Failure) -> LogWriter {
        let birth = LogOpening.Birth(origin: try site.origin(of: role), seed: SecretSeed.drawn)
        let paths = LogPaths(dataFolder: dataFolder, role: role.rawValue)
        let writer: LogWriter
        do throws(LogError) {
            writer = try await LogOpening.open(paths, of: ledger, birth: birth)
        } catch {
            throw Failure(log: error)
        }
        do throws(Failure) {
            try site.check(writer.key, of: role)
        } catch {
            writer.close()
            throw error
        }
        return writer
    }

    func publisher(_ ledger: Ledger, _ writer: LogWriter) -> LogPublisher {
        LogPublisher(
            ledger: ledger, writer: writer, acts: Self.acts(of: role), witnesses: site.witnesses,
            logger: logger)
    }

    /// Which of a role's events are for the public, and what is to be known of them.
    static func acts(of role: HostedRole) -> LogPublisher.Acts {
        switch role {
        case .scheme: { try SchemePublicActs.act(in: $0) }
        case .ranking: { try RankingPublicActs.act(in: $0) }
        case .compliance: { try CompliancePublicActs.act(in: $0) }
        case .gateway: { _ in nil }
        }
    }
}

extension Failure {
    /// A public log that cannot be opened or extended.
    init(log error: LogError) {
        switch error.code {
        case .damaged, .rolledBack, .otherInstance: self.init(.damaged, error.message)
        case .unusable, .storage: self.init(.badInput, error.message)
        }
    }
}
