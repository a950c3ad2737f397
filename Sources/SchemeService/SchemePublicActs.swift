import Authority
import Contracts
package import Ledger
package import Transparency
import Wire

/// What SchemeService does in public: key fields, calls, notices, decisions on objections, agencies, schemes.
package enum SchemePublicActs {
    private static let service = "scheme"

    /// Nil for an event that is not for the public.
    package static func act(in event: StoredEvent) throws -> PublicAct? {
        guard let (act, facts) = try facts(of: event) else { return nil }
        return try PublicAct(act, in: event, of: service, facts: facts)
    }

    private static func facts(of event: StoredEvent) throws -> (String, JSONMembers)? {
        switch event.type {
        case SchemeAPI.KeyFieldPublished.fullName:
            let field = try SchemeAPI.KeyFieldPublished(serialized: event.payload).keyField ?? .init()
            return (
                "key-field-published",
                [
                    "code": .text(field.code), "name": .text(field.name), "year": .count(field.year),
                    "published_on": .text(field.publishedOn),
                ]
            )
        case SchemeAPI.CallOpened.fullName:
            let call = try SchemeAPI.CallOpened(serialized: event.payload).call ?? .init()
            return (
                "call-opened",
                [
                    "call": .text(call.id), "key_field": .text(call.keyField),
                    "opened_on": .text(call.openedOn), "deadline": .text(call.deadline),
                ]
            )
        case SchemeAPI.SchemeNoticeOpened.fullName:
            let opened = try SchemeAPI.SchemeNoticeOpened(serialized: event.payload)
            let facts = PublicFacts.notice(opened.notice)
            return ("notice-opened", facts.with("application", .text(opened.applicationId)))
        case SchemeAPI.SchemeObjectionSettled.fullName:
            let settled = try SchemeAPI.SchemeObjectionSettled(serialized: event.payload)
            return (
                "objection-settled",
                [
                    "objection": .text(settled.objectionId), "application": .text(settled.applicationId),
                    "outcome": .count(UInt32(clamping: settled.outcome.rawValue)),
                    "decided_on": .text(settled.decidedOn),
                ]
            )
        case SchemeAPI.AgencyDetermined.fullName:
            let determined = try SchemeAPI.AgencyDetermined(serialized: event.payload)
            return (
                "agency-determined",
                [
                    "application": .text(determined.applicationId),
                    "agency": PublicFacts.institution(determined.agency),
                ]
            )
        case SchemeAPI.SchemePublished.fullName:
            let scheme = try SchemeAPI.SchemePublished(serialized: event.payload).scheme ?? .init()
            return (
                "scheme-published",
                [
                    "scheme": .text(scheme.id), "application": .text(scheme.applicationId),
                    "agency": PublicFacts.institution(scheme.agency),
                    "scheme_sha256": PublicFacts.digest(scheme.digest),
                    "published_on": .text(scheme.publishedOn),
                ]
            )
        default:
            return nil
        }
    }
}
