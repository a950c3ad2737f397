package import Authority
import Contracts
package import Ledger
package import Logging
package import Regulation
import Wire

/// Issues a credential for each title that was granted, once, after the record has the title.
///
/// Follows the record, not the commands: titles that were granted before, or while the process was down, get
/// theirs when it starts.
package struct CredentialIssuing: Sendable {
    /// Titles looked at in one go.
    private static let pageCount = 64
    /// The record is looked at this often also without being told of news.
    private static let newsWait = Duration.seconds(20)
    private static let pause = Duration.seconds(1)
    private static let requester = "credentials"

    private let ledger: Ledger
    private let issuer: TitleIssuer
    private let time: any TimeSource
    private let edition: RuleEdition
    private let logger: Logger

    package init(
        ledger: Ledger, issuer: TitleIssuer, time: any TimeSource, edition: RuleEdition = .trial2018,
        logger: Logger
    ) {
        self.ledger = ledger
        self.issuer = issuer
        self.time = time
        self.edition = edition
        self.logger = logger
    }

    /// Runs until the task is cancelled. A failure is logged once per spell and tried again.
    package func run() async {
        var isFailing = false
        // Up to where every title has its credential; nil as long as that is not known.
        var position: Int64?
        while !Task.isCancelled {
            do {
                position = try await step(after: position)
                isFailing = false
            } catch {
                if !isFailing, !Task.isCancelled { logger.error("credentials are not issued: \(error)") }
                isFailing = true
                position = nil
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Looks at all titles once, and from then on only at events that grant some.
    private func step(after position: Int64?) async throws -> Int64 {
        guard let position else {
            let last = try await ledger.lastPosition()
            try await issueAll()
            return last
        }
        let events = try await ledger.events(after: position, limit: Self.pageCount)
        for event in events where event.type == ComplianceAPI.TitleGranted.fullName {
            if let title = try ComplianceAPI.TitleGranted(serialized: event.payload).title {
                try await issue(title)
            }
        }
        if events.isEmpty { await ledger.waitForNews(after: position, atMost: Self.newsWait) }
        return events.last?.position ?? position
    }

    /// Issues what is missing now.
    package func issueAll() async throws {
        var last = ""
        while true {
            let after = last
            let titles = try await ledger.read { database in
                try CredentialStore(database: database).titlesWithout(after: after, limit: Self.pageCount)
            }
            guard let end = titles.last else { return }
            for title in titles { try await issue(title) }
            last = end.id
        }
    }

    private func issue(_ title: ComplianceAPI.Title) async throws {
        let (issuer, moment) = (issuer, try time.now())
        let credential = try await ledger.read { database in
            let store = CredentialStore(database: database)
            let (number, count) = try store.lastList()
            let list = count < StatusLists.titleCountMax ? number : number + 1
            let index = try issuer.statusIndex(of: title.id) { try store.isFree(list: list, index: $0) }
            return try issuer.issue(title, list: list, index: index, at: moment)
        }
        guard let credential else {
            logger.error("title \(title.id) names too much to be handed out as a credential")
            return
        }
        // The stream is new, so a title gets one credential whatever runs at once.
        let stream = "credential/\(title.id)"
        _ = try await ledger.append(
            Append(
                drafts: [EventDraft(stream, ComplianceAPI.CredentialIssued(credential: credential))],
                expected: [stream: 0], requestID: title.id, requester: Self.requester, requestDigest: [],
                answer: { _ in [] }, moment: moment.utcMicroseconds, actor: Self.requester,
                ruleEdition: edition.name))
    }
}
