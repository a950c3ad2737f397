import Contracts
import Testing
import Wire

@Suite("Form review (3.1.2, Annex 1)")
struct SchemeFormTests {
    typealias Papers = SchemeAPI.SubmitApplicationRequest

    struct Gap: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        let spoil: @Sendable (inout Papers) -> Void

        init(_ name: String, _ code: String, _ spoil: @escaping @Sendable (inout Papers) -> Void) {
            self.name = name
            self.code = code
            self.spoil = spoil
        }

        var testDescription: String { name }
    }

    /// Sixteen of the seventeen fields of 基本情况: without the credit code nobody could apply at all.
    static let profileGaps: [Gap] = [
        gap("institution.name") { $0.institution?.name = "" },
        gap("address") { $0.address = "" },
        gap("ownership") { $0.ownership = .unspecified },
        gap("postcode") { $0.postcode = "" },
        gap("registrar") { $0.registrar = "" },
        gap("registeredCapital") { $0.registeredCapital = "" },
        gap("foundedOn") { $0.foundedOn = "" },
        gap("validUntil") { $0.validUntil = "" },
        gap("legalRepresentative") { $0.legalRepresentative = "" },
        gap("legalRepresentativePhone") { $0.legalRepresentativePhone = "" },
        gap("department") { $0.department = "" },
        gap("contact") { $0.contact = "" },
        gap("phone") { $0.phone = "" },
        gap("fax") { $0.fax = "" },
        gap("mobile") { $0.mobile = "" },
        gap("email") { $0.email = "" },
    ]

    static let undertakingGaps: [Gap] = [
        Gap("undertakings.voluntary", "UNDERTAKING_MISSING") { $0.undertakings?.voluntary = false },
        Gap("undertakings.materialsTrue", "UNDERTAKING_MISSING") { $0.undertakings?.materialsTrue = false },
        Gap("undertakings.followsProgramme", "UNDERTAKING_MISSING") {
            $0.undertakings?.followsProgramme = false
        },
        Gap("undertakings.noFee", "UNDERTAKING_MISSING") { $0.undertakings?.noFee = false },
        Gap("undertakings.answersForResults", "UNDERTAKING_MISSING") {
            $0.undertakings?.answersForResults = false
        },
        Gap("undertakings.acceptsSupervision", "UNDERTAKING_MISSING") {
            $0.undertakings?.acceptsSupervision = false
        },
        Gap("undertakings.acceptsLiability", "UNDERTAKING_MISSING") {
            $0.undertakings?.acceptsLiability = false
        },
        Gap("undertakings.signedBy", "UNDERTAKINGS_UNSIGNED") { $0.undertakings?.signedBy = "" },
        Gap("undertakings.signedOn", "UNDERTAKINGS_UNDATED") { $0.undertakings?.signedOn = "2025-02-30" },
    ]

    /// Certificate or licence: either shows that the institution exists.
    static let attachmentGaps: [Gap] = [
        without(.legalPersonCertificate, .businessLicence), without(.standardsDrafted),
        without(.staffQualifications), without(.pastEvaluations),
    ]

    static let otherGaps: [Gap] = [
        Gap("agency.kind", "AGENCY_KIND_MISSING") { $0.agency?.kind = .unspecified },
        Gap("agency.legalPerson", "NOT_A_LEGAL_PERSON") { $0.agency?.legalPerson = false },
        Gap("authorityStatement", "AUTHORITY_STATEMENT_MISSING") { $0.authorityStatement = "" },
        Gap("authorityStatement", "AUTHORITY_STATEMENT_TOO_LONG") {
            $0.authorityStatement = String(repeating: "长", count: 1001)
        },
        Gap("scheme.keyField", "SCHEME_OF_OTHER_FIELD") { $0.scheme?.keyField = "2025-PUMP" },
        Gap("scheme.year", "SCHEME_OF_OTHER_YEAR") { $0.scheme?.year = 2024 },
        Gap("jointDrafters[0].creditCode", "JOINT_DRAFTER_CODE_INVALID") {
            $0.jointDrafters[0].creditCode = "91110105"
        },
    ]

    static let gaps = profileGaps + undertakingGaps + attachmentGaps + otherGaps

    static func gap(_ name: String, _ clear: @escaping @Sendable (inout SchemeAPI.AgencyProfile) -> Void)
        -> Gap
    {
        Gap("agency.\(name)", "PROFILE_FIELD_MISSING") { papers in
            guard var agency = papers.agency else { return }
            clear(&agency)
            papers.agency = agency
        }
    }

    static func without(_ kinds: SchemeAPI.AttachmentKind...) -> Gap {
        Gap("attachments.\(kinds.map { "\($0)" }.joined(separator: "|"))", "ATTACHMENT_MISSING") { papers in
            papers.attachments.removeAll { kinds.contains($0.kind) }
        }
    }

    @Test("a gap is told at submission, stops a pass by its name, and does not stop a fail", arguments: gaps)
    func incomplete(gap: Gap) async throws {
        let stage = try SchemeStage()
        let id = try await stage.submitted(gap.spoil)
        await expectRefusal("FORM_PASS_WITH_FINDINGS", gap.code) { () async throws(RPCStatus) in
            try await stage.workAgency.reviewForm(.init(applicationId: id, pass: true, opinion: "齐全"))
        }
        let refusal = await status { () async throws(RPCStatus) in
            try await stage.workAgency.reviewForm(.init(applicationId: id, pass: true, opinion: "齐全"))
        }?.refusal
        #expect(refusal?.findings.contains { $0.code == gap.code && $0.subject == gap.name } == true)
        let receipt = try await stage.workAgency.reviewForm(
            .init(applicationId: id, pass: false, opinion: "不齐全"))
        #expect(receipt.state == "FORM_FAILED")
    }

    @Test("what is missing goes back to the applicant with the receipt")
    func remarks() async throws {
        let stage = try SchemeStage()
        var papers = SchemeStage.papers(try await stage.openedCall())
        papers.agency?.fax = ""
        papers.undertakings?.noFee = false
        let receipt = try await stage.agency.submitApplication(papers)
        #expect(receipt.state == "SUBMITTED")
        #expect(Set(receipt.findings.map(\.subject)) == ["agency.fax", "undertakings.noFee"])
    }

    @Test("a complete application is taken without a remark, and its form review needs an opinion")
    func complete() async throws {
        let stage = try SchemeStage()
        let receipt = try await stage.agency.submitApplication(
            SchemeStage.papers(try await stage.openedCall()))
        #expect(receipt.findings.isEmpty)
        await expectRefusal("FORM_OPINION_MISSING") { () async throws(RPCStatus) in
            try await stage.workAgency.reviewForm(
                .init(applicationId: receipt.id, pass: true, opinion: "  "))
        }
    }

    @Test("an application is in time on the last day to 24:00 and late on the next day")
    func deadline() async throws {
        let stage = try SchemeStage()
        let papers = SchemeStage.papers(try await stage.openedCall())
        try stage.harness.go(to: "2025-03-31", hour: 23, minute: 59)
        _ = try await stage.agency.submitApplication(papers)
        try stage.harness.go(to: "2025-04-01", hour: 0, minute: 0)
        await expectRefusal("CALL_CLOSED") { () async throws(RPCStatus) in
            try await stage.agency.submitApplication(papers)
        }
    }

    @Test("an agency applies for itself, and sees only its own application")
    func own() async throws {
        let stage = try SchemeStage()
        let papers = SchemeStage.papers(try await stage.openedCall())
        await expectStatus(.permissionDenied) { () async throws(RPCStatus) in
            try await stage.client(SchemeStage.rival).submitApplication(papers)
        }
        let id = try await stage.agency.submitApplication(papers).id
        let seen = try await stage.agency.getApplication(.init(id: id))
        #expect(seen.agency == papers.agency)
        #expect(try await stage.committee.getApplication(.init(id: id)) == seen)
        await expectStatus(.permissionDenied) { () async throws(RPCStatus) in
            try await stage.client(SchemeStage.rival).getApplication(.init(id: id))
        }
        await expectStatus(.unauthenticated) { () async throws(RPCStatus) in
            try await stage.everybody.getApplication(.init(id: id))
        }
    }

    @Test("a key field is published once and its call is of its year")
    func keyField() async throws {
        let stage = try SchemeStage()
        _ = try await stage.openedCall()
        await expectRefusal("KEY_FIELD_PUBLISHED_BEFORE") { () async throws(RPCStatus) in
            try await stage.authority.publishKeyField(.init(keyField: SchemeStage.keyField))
        }
        await expectRefusal("EXPERT_ENROLLED_BEFORE") { () async throws(RPCStatus) in
            try await stage.workAgency.enrolExpert(.init(expert: SchemeStage.expert(1)))
        }
        await expectRefusal("KEY_FIELD_NOT_PUBLISHED", "DEADLINE_BEFORE_OPENING") {
            () async throws(RPCStatus) in
            try await stage.workAgency.openCall(
                .init(keyField: "2025-PUMP", conditions: "见公告", deadline: "2025-03-02"))
        }
        try stage.harness.go(to: "2026-01-05")
        await expectRefusal("KEY_FIELD_OF_OTHER_YEAR") { () async throws(RPCStatus) in
            try await stage.workAgency.openCall(
                .init(keyField: SchemeStage.field, conditions: "见公告", deadline: "2026-01-31"))
        }
    }
}
