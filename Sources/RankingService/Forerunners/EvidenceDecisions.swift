import Authority
import Contracts
import Regulation
import Wire

/// An entry of a published list and what its papers are judged against.
struct EvidencedEntry {
    let enterprise: String
    let models: [String]
    /// Day on which the standard was declared.
    let declaredOn: CivilDate
    let requirements: [CoreRequirement]
}

/// Conformity reports, supplements and commitments of shortlisted enterprises (3.2.3, A1): pure.
enum EvidenceDecisions {
    /// All papers of one request are judged together; one bad paper keeps all of them out, so that the answer
    /// names everything that is wrong.
    static func record(
        _ request: RankingAPI.RecordEvidenceRequest, for list: RankingAPI.RankingList,
        entries: [String: EvidencedEntry], by actor: Actor, on day: CivilDate
    ) throws -> (RankingAPI.EvidenceRecorded, remarks: [Finding]) {
        if actor.role == .evaluationAgency {
            try RankingDecisions.requireAgency(actor, list.agency, list.id)
        }
        try RankingListLifecycle.require(.recordEvidence, of: list.id, in: try ResultState(list))
        let keys = keys(of: request)
        guard !keys.isEmpty else {
            throw RPCStatus(code: .invalidArgument, message: "the request holds no paper")
        }
        for key in keys.sorted() {
            let entry = try Fields.found(entries[key], "entry", key)
            guard actor.role == .evaluationAgency || entry.enterprise == actor.institutionCode else {
                throw RPCStatus(
                    code: .permissionDenied,
                    message: "an enterprise hands in papers for its own entries, not for \(key)")
            }
        }
        let examined = try examine(list.id, findings: findings(request, entries: entries, on: day))
        return (RankingAPI.EvidenceRecorded(evidence: request), examined.remarks)
    }

    static func keys(of request: RankingAPI.RecordEvidenceRequest) -> Set<String> {
        Set(
            request.reports.map(\.entryKey) + request.supplements.map(\.entryKey)
                + request.commitments.map(\.entryKey))
    }

    private static func findings(
        _ request: RankingAPI.RecordEvidenceRequest, entries: [String: EvidencedEntry], on day: CivilDate
    ) -> [Finding] {
        var findings: [Finding] = []
        for report in request.reports {
            guard let entry = entries[report.entryKey] else { continue }
            let measured = report.measured.map { ($0.indicator, Measurement($0.value, unit: $0.unit)) }
            let judged = ConformityReport(
                model: report.model, models: entry.models, declaredOn: entry.declaredOn,
                laboratory: report.laboratory, approval: report.approval,
                issuedOn: CivilDate(report.issuedOn), sha256: report.sha256,
                measured: Dictionary(measured) { first, _ in first }, requirements: entry.requirements,
                recordedOn: day)
            findings += named(report.entryKey, ConformityReportRule().findings(in: judged))
        }
        for supplement in request.supplements {
            let judged = Supplement(text: supplement.text, sha256: supplement.sha256)
            findings += named(supplement.entryKey, SupplementRule().findings(in: judged))
        }
        for commitment in request.commitments {
            let judged = QualityCommitment(
                text: commitment.text, signedBy: commitment.signedBy,
                signedOn: CivilDate(commitment.signedOn), recordedOn: day)
            findings += named(commitment.entryKey, QualityCommitmentRule().findings(in: judged))
        }
        return findings
    }

    /// Says of each finding which entry's paper it is about.
    private static func named(_ key: String, _ findings: [Finding]) -> [Finding] {
        findings.map { finding in
            Finding(
                finding.citation, finding.modality, code: finding.code,
                subject: "\(key): \(finding.subject)", zh: finding.messageZH, en: finding.messageEN)
        }
    }
}
