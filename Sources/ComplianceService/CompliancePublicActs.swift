import Authority
import Contracts
package import Ledger
package import Transparency
import Wire

/// What ComplianceService does in public: titles granted, handed out and cancelled, enterprises barred.
package enum CompliancePublicActs {
    private static let service = "compliance"

    /// Nil for an event that is not for the public.
    package static func act(in event: StoredEvent) throws -> PublicAct? {
        guard let (act, facts) = try facts(of: event) else { return nil }
        return try PublicAct(act, in: event, of: service, facts: facts)
    }

    private static func facts(of event: StoredEvent) throws -> (String, JSONMembers)? {
        switch event.type {
        case ComplianceAPI.TitleGranted.fullName:
            let title = try ComplianceAPI.TitleGranted(serialized: event.payload).title ?? .init()
            return ("title-granted", facts(of: title))
        case ComplianceAPI.TitleCancelled.fullName:
            let cancelled = try ComplianceAPI.TitleCancelled(serialized: event.payload)
            return (
                "title-cancelled",
                [
                    "title": .text(cancelled.titleId), "causes": causes(cancelled.causes),
                    "cancelled_on": .text(cancelled.cancelledOn),
                    "cancelled_by": PublicFacts.institution(cancelled.cancelledBy),
                ]
            )
        case ComplianceAPI.EnterpriseBarred.fullName:
            let bar = try ComplianceAPI.EnterpriseBarred(serialized: event.payload).bar ?? .init()
            return (
                "enterprise-barred",
                [
                    "enterprise": PublicFacts.institution(bar.enterprise), "title": .text(bar.titleId),
                    "causes": causes(bar.causes), "decided_on": .text(bar.decidedOn),
                    "last_day": .text(bar.lastDay),
                ]
            )
        case ComplianceAPI.CredentialIssued.fullName:
            let credential =
                try ComplianceAPI.CredentialIssued(serialized: event.payload).credential ?? .init()
            return (
                "credential-issued",
                [
                    "title": .text(credential.titleId), "key": .text(credential.keyId),
                    "credential_sha256": PublicFacts.digest(credential.digest),
                    "status_list": .count(credential.statusList),
                    "status_index": .count(credential.statusIndex),
                ]
            )
        default:
            return nil
        }
    }

    private static func facts(of title: ComplianceAPI.Title) -> JSONMembers {
        let forerunner = title.forerunner ?? .init()
        return [
            "title": .text(title.id), "forerunner_list": .text(title.forerunnerListId),
            "scheme": .text(title.schemeId), "agency": PublicFacts.institution(title.agency),
            "enterprise": PublicFacts.institution(forerunner.enterprise),
            "standard": .text(forerunner.standardNumber), "models": PublicFacts.texts(forerunner.models),
            "valid_from": .text(title.validFrom), "valid_until": .text(title.validUntil),
        ]
    }

    /// Numbers of 3.2.6.
    private static func causes(_ causes: [ComplianceAPI.Cause]) -> CanonicalJSON {
        .list(causes.map { .count(UInt32(clamping: $0.rawValue)) })
    }
}
