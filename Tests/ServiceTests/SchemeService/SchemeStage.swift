import Authority
import Contracts
import Regulation
import SchemeService
import Testing
import Wire

/// SchemeService before the steps of section 3.1, and those steps as their institutions take them.
final class SchemeStage: Sendable {
    static let field = "2025-LAMP"
    static let authority = Actor(role: .authority, institutionCode: code(90), institutionName: "市场监管总局")
    static let workAgency = Actor(role: .workAgency, institutionCode: code(91), institutionName: "标准化研究院")
    static let agency = Actor(role: .evaluationAgency, institutionCode: code(92), institutionName: "照明协会")
    static let rival = Actor(role: .evaluationAgency, institutionCode: code(93), institutionName: "另一协会")
    static let committee = Actor(role: .committee, institutionCode: code(91))
    /// A body that drafted the scheme with the agency.
    static let jointDrafter = CommonAPI.Institution(creditCode: code(94), name: "检测中心")

    let harness: AuthorityHarness

    init() throws {
        harness = try AuthorityHarness(
            role: "scheme", projector: SchemeProjections(), on: "2025-03-03",
            services: { [SchemeService(desk: $0).definition] })
    }

    static func code(_ number: UInt8) -> String {
        CreditCode.synthesised(region: "110105", seed: [number]).text
    }

    func client(_ actor: Actor, requestID: ActorChannel.RequestID? = nil) -> SchemeServiceClient {
        SchemeServiceClient(harness.channel(as: actor, requestID: requestID))
    }

    var authority: SchemeServiceClient { client(Self.authority) }
    var workAgency: SchemeServiceClient { client(Self.workAgency) }
    var agency: SchemeServiceClient { client(Self.agency) }
    var committee: SchemeServiceClient { client(Self.committee) }
    var everybody: SchemeServiceClient { client(.everybody) }

    func application(_ id: String) async throws -> SchemeAPI.Application {
        try await workAgency.getApplication(.init(id: id))
    }

    // MARK: What is handed in

    static let keyField = SchemeAPI.KeyField(
        code: field, name: "LED筒灯", year: 2025, declaredStandards: "已公开两千余项", consumerConcern: "高",
        qualityEffect: "显著", differentiation: "明显", plans: ["消费品标准和质量提升规划"])

    static func expert(
        _ number: UInt8, employer: String? = nil, parent: String = "", fields: [String] = [field]
    ) -> SchemeAPI.Expert {
        .init(
            id: "E\(number)", name: "专家\(number)",
            employer: .init(creditCode: employer ?? code(number), name: "单位\(number)"),
            employerParent: parent, representation: .university, keyFields: fields)
    }

    static let profile = SchemeAPI.AgencyProfile(
        institution: agency.institution, kind: .industryAssociation, address: PrivateWords.address,
        ownership: .private, postcode: "100191", registrar: "民政部", registeredCapital: "50.5",
        foundedOn: "1989-07-01", validUntil: "长期", legalRepresentative: PrivateWords.representative,
        legalRepresentativePhone: PrivateWords.representativePhone, department: "标准部",
        contact: PrivateWords.contact, phone: PrivateWords.phone, fax: PrivateWords.fax,
        mobile: PrivateWords.mobile, email: PrivateWords.email, legalPerson: true)

    static let undertakings = SchemeAPI.Undertakings(
        voluntary: true, materialsTrue: true, followsProgramme: true, noFee: true, answersForResults: true,
        acceptsSupervision: true, acceptsLiability: true, signedBy: PrivateWords.representative,
        signedOn: "2025-03-18")

    static let attachments = [
        SchemeAPI.AttachmentKind.legalPersonCertificate, .businessLicence, .standardsDrafted,
        .staffQualifications, .pastEvaluations,
    ].map {
        SchemeAPI.Attachment(kind: $0, fileName: "\($0).pdf", sha256: String(repeating: "0a", count: 32))
    }

    static func papers(_ callID: String) -> SchemeAPI.SubmitApplicationRequest {
        .init(
            callId: callID, agency: profile, jointDrafters: [jointDrafter], undertakings: undertakings,
            authorityStatement: "成立三十余年，牵头起草多项国家标准。", scheme: .init(SchemeSample.scheme),
            attachments: attachments)
    }

    static func opinion(
        _ expert: UInt8, _ verdict: SchemeAPI.Verdict = .pass
    ) -> SchemeAPI.Opinion {
        .init(
            expertId: "E\(expert)", feasibility: .pass, indicators: verdict, fairness: .pass,
            authority: .pass, comment: "意见", noConflict: true)
    }
}

/// What no public answer may contain: written into every form that has a place for it.
enum PrivateWords {
    static let address = "花园路1号院7号楼"
    static let representative = "赵代表"
    static let representativePhone = "010-11111111"
    static let contact = "钱联系"
    static let phone = "010-22222222"
    static let fax = "010-33333333"
    static let mobile = "13800000000"
    static let email = "qian@agency.example"
    static let objector = "objector@home.example"

    static let all = [
        address, representative, representativePhone, contact, phone, fax, mobile, email, objector,
    ]
}
