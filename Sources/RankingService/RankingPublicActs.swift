import Authority
import Contracts
package import Ledger
package import Transparency
import Wire

/// What RankingService does in public: snapshots of declared standards, notices, decisions on objections,
/// published lists, and what agencies published of them elsewhere.
package enum RankingPublicActs {
    private static let service = "ranking"

    /// Nil for an event that is not for the public.
    package static func act(in event: StoredEvent) throws -> PublicAct? {
        guard let (act, facts) = try facts(of: event) else { return nil }
        return try PublicAct(act, in: event, of: service, facts: facts)
    }

    private static func facts(of event: StoredEvent) throws -> (String, JSONMembers)? {
        switch event.type {
        case RankingAPI.SnapshotImported.fullName:
            let snapshot = try RankingAPI.SnapshotImported(serialized: event.payload).snapshot ?? .init()
            return ("snapshot-imported", facts(of: snapshot))
        case RankingAPI.RankingNoticeOpened.fullName:
            let opened = try RankingAPI.RankingNoticeOpened(serialized: event.payload)
            let facts = PublicFacts.notice(opened.notice)
            return ("notice-opened", facts.with("list", .text(opened.listId)))
        case RankingAPI.ForerunnerNoticeOpened.fullName:
            let opened = try RankingAPI.ForerunnerNoticeOpened(serialized: event.payload)
            let facts = PublicFacts.notice(opened.notice)
            return (
                "notice-opened", facts.with("forerunner_list", .text(opened.forerunnerListId))
            )
        case RankingAPI.ObjectionDecided.fullName:
            let decided = try RankingAPI.ObjectionDecided(serialized: event.payload)
            return (
                "objection-decided",
                [
                    "objection": .text(decided.objectionId), "list": .text(decided.subjectId),
                    "outcome": .count(UInt32(clamping: decided.outcome.rawValue)),
                    "decided_on": .text(decided.decidedOn),
                ]
            )
        case RankingAPI.RankingPublished.fullName:
            return (
                "ranking-published", facts(of: try RankingAPI.RankingPublished(serialized: event.payload))
            )
        case RankingAPI.ForerunnersPublished.fullName:
            let published = try RankingAPI.ForerunnersPublished(serialized: event.payload)
            return ("forerunners-published", facts(of: published.list ?? .init()))
        case RankingAPI.OwnPublicationRecorded.fullName:
            let recorded = try RankingAPI.OwnPublicationRecorded(serialized: event.payload)
            return ("own-publication-recorded", facts(of: recorded))
        default:
            return nil
        }
    }

    /// The address is left out: somebody wrote it freely. The content's digest says what was published.
    private static func facts(of recorded: RankingAPI.OwnPublicationRecorded) -> JSONMembers {
        let publication = recorded.publication ?? .init()
        return [
            "list": .text(recorded.subjectId), "published_on": .text(publication.publishedOn),
            "content_sha256": PublicFacts.digest(publication.sha256),
        ]
    }

    private static func facts(of snapshot: RankingAPI.Snapshot) -> JSONMembers {
        let summary = snapshot.summary ?? .init()
        return [
            "snapshot": .text(snapshot.id), "cutoff": .text(snapshot.cutoff),
            "imported_on": .text(snapshot.importedOn), "source": .text(snapshot.source),
            "snapshot_sha256": PublicFacts.digest(summary.snapshotDigest),
            "file_sha256": PublicFacts.digest(summary.fileSha256), "standard_count": .count(summary.accepted),
        ]
    }

    /// With these digests anyone recomputes the list and compares.
    private static func facts(of published: RankingAPI.RankingPublished) -> JSONMembers {
        let digests = published.digests ?? .init()
        return [
            "list": .text(published.listId), "published_on": .text(published.publishedOn),
            "scheme_sha256": PublicFacts.digest(digests.scheme),
            "snapshot_sha256": PublicFacts.digest(digests.snapshot),
            "standing_sha256": PublicFacts.digest(digests.standing),
            "result_sha256": PublicFacts.digest(digests.result),
            "held_back": PublicFacts.texts(published.heldBack),
            "removed": PublicFacts.texts(published.removed),
        ]
    }

    /// Who is on it is told by the titles, each of which is an entry of ComplianceService's log.
    private static func facts(of list: RankingAPI.ForerunnerList) -> JSONMembers {
        [
            "forerunner_list": .text(list.id), "list": .text(list.rankingListId),
            "scheme": .text(list.schemeId), "year": .count(list.year),
            "agency": PublicFacts.institution(list.agency), "number": .count(list.number),
            "published_on": .text(list.publishedOn),
            "forerunners": PublicFacts.texts(list.forerunners.map(\.entryKey)),
        ]
    }
}
