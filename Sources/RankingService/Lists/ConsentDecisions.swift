import Authority
import Contracts
import Regulation
import Wire

/// What enterprises answer to being named on a ranking list, or as forerunners (3.2.4): pure.
enum ConsentDecisions {
    /// Answers of one request.
    private static let consentCountMax = 20_000
    /// Characters of a name, an office or a description of a paper.
    private static let textCharacterCountMax = 500

    /// 征得其同意: the agency records anybody's answer, an enterprise its own only. After the submission a
    /// consent can only be withdrawn.
    static func record(
        _ request: RankingAPI.RecordConsentsRequest, to list: ConsentSubject, by actor: Actor,
        on day: CivilDate
    ) throws -> RankingAPI.ConsentsRecorded {
        if actor.role == .evaluationAgency {
            try RankingDecisions.requireAgency(actor, list.agency, list.id)
        }
        guard !request.consents.isEmpty, request.consents.count <= consentCountMax else {
            throw RPCStatus(
                code: .invalidArgument,
                message: "consents: \(request.consents.count) answers; send 1 to \(consentCountMax)")
        }
        try list.require(isWithdrawal: request.consents.allSatisfy { !$0.given })
        try requireListed(request.consents, listed: list.listed, on: list.id, by: actor)
        let formedOn = try Fields.date(list.formedOn, "list.formedOn")
        var findings: [Finding] = []
        for (index, consent) in request.consents.enumerated() {
            findings += ConsentAnswerRule().findings(
                in: ConsentAnswer(
                    enterprise: try Fields.creditCode(
                        consent.enterpriseCode, "consents[\(index)].enterpriseCode"),
                    isGiven: consent.given, speaker: consent.givenBy, office: consent.office,
                    givenOn: CivilDate(consent.givenOn), sha256: consent.sha256,
                    isItsOwn: actor.role == .enterprise, answeredDigest: request.resultDigest,
                    resultDigest: list.digest, formedOn: formedOn, recordedOn: day,
                    standingSince: list.standing[consent.enterpriseCode]))
        }
        _ = try examine(list.id, findings: findings)
        return RankingAPI.ConsentsRecorded(
            listId: list.id, consents: request.consents, recordedOn: day.description,
            resultDigest: request.resultDigest, recordedBy: actor.institutionCode)
    }

    private static func requireListed(
        _ consents: [RankingAPI.Consent], listed: Set<String>, on listID: String, by actor: Actor
    ) throws(RPCStatus) {
        var seen: Set<String> = []
        for (index, consent) in consents.enumerated() {
            let code = consent.enterpriseCode
            guard actor.role == .evaluationAgency || code == actor.institutionCode else {
                throw RPCStatus(
                    code: .permissionDenied,
                    message: "consents[\(index)]: an enterprise answers for itself, not for \(code)")
            }
            guard listed.contains(code) else {
                throw RPCStatus(
                    code: .invalidArgument, message: "consents[\(index)]: \(code) is not on list \(listID)")
            }
            guard seen.insert(code).inserted else {
                throw RPCStatus(
                    code: .invalidArgument,
                    message: "consents[\(index)]: \(code) is in the request twice; send one answer of each")
            }
            let longest = [consent.givenBy, consent.office, consent.evidence].map(\.count).max() ?? 0
            guard longest <= textCharacterCountMax else {
                throw RPCStatus(
                    code: .invalidArgument,
                    message: "consents[\(index)]: a text of \(longest) characters; at most "
                        + "\(textCharacterCountMax) are kept")
            }
        }
    }
}
