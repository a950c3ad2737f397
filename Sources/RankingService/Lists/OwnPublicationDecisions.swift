import Authority
import Contracts
import Regulation
import Wire

/// An agency's own publication of a result elsewhere (3.2.4): pure.
enum OwnPublicationDecisions {
    /// Places where one result is published; an agency has a site, an account or two, a newspaper.
    private static let publicationCountMax = 100

    static func record(
        _ request: RankingAPI.RecordOwnPublicationRequest, of subject: ListSubject, publishedOn: String,
        recorded: [RankingAPI.OwnPublication], by actor: Actor, on day: CivilDate
    ) throws -> (RankingAPI.OwnPublicationRecorded, remarks: [Finding]) {
        try RankingDecisions.requireAgency(actor, subject.agency, subject.id)
        try subject.require(.recordOwnPublication, .recordOwnPublication)
        guard recorded.count < publicationCountMax else {
            throw RPCStatus(
                code: .resourceExhausted,
                message: "\(subject.id) has \(recorded.count) publications on record, and no more are kept")
        }
        let publication = OwnPublication(
            url: request.url, publishedOn: CivilDate(request.publishedOn), sha256: request.sha256,
            byteCount: request.byteCount, platformDay: try Fields.date(publishedOn, "publishedOn"),
            recordedOn: day)
        let examined = try examine(publication, against: [OwnPublicationRule()])
        let event = RankingAPI.OwnPublicationRecorded(
            subjectId: subject.id,
            publication: RankingAPI.OwnPublication(
                url: request.url, publishedOn: request.publishedOn, sha256: request.sha256,
                byteCount: request.byteCount, recordedOn: day.description))
        return (event, examined.remarks)
    }
}
