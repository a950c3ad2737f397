import Authority
import Contracts
import Regulation
import Wire

/// An application's arrival (3.1.1).
enum ApplicationDecisions {
    /// The agency applies for itself, in time, to a call that is open. What Annex 1 lacks does not stop it
    /// here: the findings go back as remarks, and the form review cannot pass while they stand.
    static func submit(
        _ request: SchemeAPI.SubmitApplicationRequest, to call: SchemeAPI.Call,
        for keyField: SchemeAPI.KeyField?, id: String, by actor: Actor, on day: CivilDate
    ) throws -> (SchemeAPI.ApplicationSubmitted, remarks: [Finding]) {
        let code = request.agency?.institution?.creditCode ?? ""
        guard code == actor.institutionCode else {
            throw RPCStatus(
                code: .permissionDenied,
                message:
                    "agency.institution.creditCode is \(code), but the caller is \(actor.institutionCode); "
                    + "an agency applies for itself")
        }
        let arrival = ApplicationArrival(
            openedOn: try Fields.date(call.openedOn, "call.openedOn"),
            deadline: try Fields.date(call.deadline, "call.deadline"), receivedOn: day)
        let attempt = AgencyBarRule.Attempt(
            agency: try Fields.creditCode(code, "agency.institution.creditCode"), standing: .inGoodStanding,
            act: .apply)
        let findings =
            ApplicationDeadlineRule().findings(in: arrival) + AgencyBarRule().findings(in: attempt)
        _ = try examine(arrival, findings: findings)
        let application = SchemeAPI.Application(
            id: id, callId: call.id, keyField: call.keyField, state: .submitted, agency: request.agency,
            jointDrafters: request.jointDrafters, undertakings: request.undertakings,
            authorityStatement: request.authorityStatement, scheme: request.scheme,
            attachments: request.attachments, submittedOn: day.description)
        var recorded = application
        recorded.agency = application.agency?.withoutPersonalData
        return (
            SchemeAPI.ApplicationSubmitted(application: recorded),
            contents(of: application, keyField: keyField)
        )
    }

    /// Only the applicant touches its own application.
    static func requireOwner(_ actor: Actor, of application: SchemeAPI.Application) throws(RPCStatus) {
        guard application.agency?.institution?.creditCode == actor.institutionCode else {
            throw RPCStatus(
                code: .permissionDenied, message: "application \(application.id) belongs to another agency")
        }
    }
}
