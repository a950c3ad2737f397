import Contracts
import Crypto
import Regulation
import Transparency

/// A complete Annex 1 application of a demonstration agency.
enum Annex1 {
    static func application(
        callID: String, agency: CommonAPI.Institution, scheme: EvaluationAPI.EvaluationScheme
    ) -> SchemeAPI.SubmitApplicationRequest {
        SchemeAPI.SubmitApplicationRequest(
            callId: callID, agency: profile(of: agency),
            undertakings: SchemeAPI.Undertakings(
                voluntary: true, materialsTrue: true, followsProgramme: true, noFee: true,
                answersForResults: true, acceptsSupervision: true, acceptsLiability: true,
                signedBy: "负责人（演示）", signedOn: Plan.applied.description),
            authorityStatement: """
                本机构从事照明产品检测与评价二十年，建有光度、色度与寿命试验室，年出具检测报告约六千份；\
                参与制定国家标准十二项、行业标准九项；近三年承担照明产品质量比对与标准水平评价项目五个。
                """,
            scheme: scheme, attachments: attachments(of: agency))
    }

    private static func profile(of agency: CommonAPI.Institution) -> SchemeAPI.AgencyProfile {
        SchemeAPI.AgencyProfile(
            institution: agency, kind: .testingBody, address: "演示路1号", ownership: .state,
            postcode: "200030", registrar: "市场监督管理局（演示）", registeredCapital: "3000",
            foundedOn: "2005-03-18", validUntil: "长期", legalRepresentative: "负责人（演示）",
            legalRepresentativePhone: "021-00000000", department: "标准评价部", contact: "联系人（演示）",
            phone: "021-00000001", fax: "021-00000002", mobile: "13000000000",
            email: "demo@agency.example", legalPerson: true)
    }

    private static func attachments(of agency: CommonAPI.Institution) -> [SchemeAPI.Attachment] {
        let kinds: [(SchemeAPI.AttachmentKind, String)] = [
            (.legalPersonCertificate, "法人证书.pdf"), (.businessLicence, "营业执照.pdf"),
            (.standardsDrafted, "标准清单.pdf"), (.staffQualifications, "人员职称.pdf"),
            (.pastEvaluations, "评估项目.pdf"),
        ]
        return kinds.map { kind, name in
            SchemeAPI.Attachment(
                kind: kind, fileName: name, sha256: Digests.hex(of: "\(agency.creditCode)/\(name)"))
        }
    }
}

/// Digests of documents that exist only by name in the demonstration.
enum Digests {
    static func hex(of text: String) -> String {
        HexText.text(bytes(of: Array(text.utf8)))
    }

    static func bytes(of content: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: content)) }
}
