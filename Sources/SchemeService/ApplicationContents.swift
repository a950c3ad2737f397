import Contracts
import Crypto
import Regulation
import Wire

// What the form review looks at: Annex 1 part by part, and the scheme as data.
extension ApplicationDecisions {
    /// Everything the rules find in an application, all at once; `keyField` is the call's.
    static func contents(
        of application: SchemeAPI.Application, keyField: SchemeAPI.KeyField?
    ) -> [Finding] {
        let agency = application.agency ?? .init()
        let candidate = AgencyCandidate(
            creditCode: agency.institution?.creditCode ?? "", isLegalPerson: agency.legalPerson,
            kind: AgencyKind(agency.kind))
        var findings = AgencyEligibilityRule().findings(in: candidate)
        findings += AgencyProfileRule().findings(in: profile(agency))
        findings += UndertakingsRule().findings(in: AgencyDeclaration(application.undertakings ?? .init()))
        findings += AuthorityStatementRule().findings(in: application.authorityStatement)
        findings += AttachmentsRule().findings(in: application.attachments.map(ApplicationAttachment.init))
        findings += drafters(of: application)
        findings += contents(of: application.scheme ?? .init(), keyField: keyField)
        return findings
    }

    /// Joint drafters are told apart by their codes: without a valid one no conflict of an expert could be
    /// seen, and no panel be appointed (R8).
    private static func drafters(of application: SchemeAPI.Application) -> [Finding] {
        application.jointDrafters.enumerated().compactMap { index, drafter in
            guard (try? CreditCode(drafter.creditCode)) == nil else { return nil }
            return Finding(
                FormReviewRule.citation, code: "JOINT_DRAFTER_CODE_INVALID",
                subject: "jointDrafters[\(index)].creditCode", zh: "联合编制单位的统一社会信用代码无效",
                en: "the credit code of a joint drafter is not valid")
        }
    }

    /// What the rules find in the scheme itself.
    static func contents(
        of message: EvaluationAPI.EvaluationScheme, keyField: SchemeAPI.KeyField?
    ) -> [Finding] {
        do {
            let scheme = try EvaluationScheme(message)
            let field = SchemeField(
                schemeKeyField: scheme.keyField, schemeYear: scheme.year,
                callKeyField: keyField?.code ?? "", callYear: Int(keyField?.year ?? 0))
            return SchemeFieldRule().findings(in: field) + SchemeExamination.findings(in: scheme)
        } catch {
            return error.flaws.map { flaw in
                Finding(
                    FormReviewRule.citation, code: "SCHEME_MALFORMED", subject: "scheme.\(flaw.path)",
                    zh: "评估方案数据有误：\(flaw.message)", en: "the scheme's data are wrong: \(flaw.message)")
            }
        }
    }

    /// SHA-256 of the scheme's canonical encoding: the same scheme has the same digest everywhere.
    static func digest(of application: SchemeAPI.Application) throws -> [UInt8] {
        let scheme = try EvaluationScheme(application.scheme ?? .init())
        return Array(SHA256.hash(data: scheme.canonicalText))
    }

    private static func profile(_ agency: SchemeAPI.AgencyProfile) -> [AgencyProfileField: String] {
        [
            .name: agency.institution?.name ?? "", .address: agency.address,
            .ownership: Ownership(agency.ownership)?.rawValue ?? "",
            .creditCode: agency.institution?.creditCode ?? "", .postcode: agency.postcode,
            .registrar: agency.registrar, .registeredCapital: agency.registeredCapital,
            .foundedOn: agency.foundedOn, .validUntil: agency.validUntil,
            .legalRepresentative: agency.legalRepresentative,
            .legalRepresentativePhone: agency.legalRepresentativePhone, .department: agency.department,
            .contact: agency.contact, .phone: agency.phone, .fax: agency.fax, .mobile: agency.mobile,
            .email: agency.email,
        ]
    }
}

extension AgencyDeclaration {
    init(_ message: SchemeAPI.Undertakings) {
        let given: [(AgencyUndertaking, Bool)] = [
            (.voluntary, message.voluntary), (.materialsTrue, message.materialsTrue),
            (.followsProgramme, message.followsProgramme), (.noFee, message.noFee),
            (.answersForResults, message.answersForResults),
            (.acceptsSupervision, message.acceptsSupervision), (.acceptsLiability, message.acceptsLiability),
        ]
        self.init(
            accepted: Set(given.filter(\.1).map(\.0)), signedBy: message.signedBy,
            signedOn: CivilDate(message.signedOn))
    }
}

extension ApplicationAttachment {
    init(_ message: SchemeAPI.Attachment) {
        self.init(
            kind: AttachmentKind(message.kind), fileName: message.fileName, sha256: message.sha256)
    }
}

extension AttachmentKind {
    init?(_ message: SchemeAPI.AttachmentKind) {
        switch message {
        case .legalPersonCertificate: self = .legalPersonCertificate
        case .businessLicence: self = .businessLicence
        case .standardsDrafted: self = .standardsDrafted
        case .staffQualifications: self = .staffQualifications
        case .pastEvaluations: self = .pastEvaluations
        case .unspecified, .unrecognized: return nil
        }
    }
}

extension Ownership {
    init?(_ message: SchemeAPI.Ownership) {
        switch message {
        case .state: self = .state
        case .collective: self = .collective
        case .private: self = .private
        case .jointVenture: self = .jointVenture
        case .hongKongMacaoTaiwan: self = .hongKongMacaoTaiwan
        case .foreign: self = .foreign
        case .unspecified, .unrecognized: return nil
        }
    }
}
