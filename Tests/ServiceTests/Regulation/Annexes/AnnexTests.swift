import Testing

@testable import Regulation

@Suite("The annexes' forms")
struct AnnexTests {
    @Test(
        "999 and 1000 characters are accepted, 1001 are not",
        arguments: [(999, [String]()), (1000, []), (1001, ["AUTHORITY_STATEMENT_TOO_LONG"])])
    func length(count: Int, codes: [String]) {
        let statement = String(repeating: "标", count: count - 1) + "。\n 　"
        #expect(AuthorityStatementRule.characterCount(of: statement) == count)
        #expect(AuthorityStatementRule().findings(in: statement).ruleCodes == codes)
    }

    @Test(
        "characters are counted as in Chinese word processing",
        arguments: [
            ("", 0), ("领跑者", 3), ("领跑者。", 4), ("GB标准", 3), ("GB 12021标准", 4), ("a,b", 3), (" \n　", 0),
            ("5个", 2), ("é1", 1),
        ])
    func counting(text: String, count: Int) {
        #expect(AuthorityStatementRule.characterCount(of: text) == count)
    }

    @Test("a statement is needed")
    func empty() {
        #expect(AuthorityStatementRule().findings(in: " ").ruleCodes == ["AUTHORITY_STATEMENT_MISSING"])
    }

    static let profile: [AgencyProfileField: String] = [
        .name: "中国某某研究院", .address: "北京市", .ownership: "state", .creditCode: RuleSample.code(1).text,
        .postcode: "100191", .registrar: "市场监管局", .registeredCapital: "5000.5", .foundedOn: "1963-09-09",
        .validUntil: "长期", .legalRepresentative: "王", .legalRepresentativePhone: "010-1", .department: "科技部",
        .contact: "李", .phone: "010-2", .fax: "010-3", .mobile: "139", .email: "a@b.cn",
    ]

    @Test("seventeen fields, each of which is needed", arguments: AgencyProfileField.allCases)
    func profileField(field: AgencyProfileField) {
        #expect(AgencyProfileField.allCases.count == 17)
        #expect(AgencyProfileRule().findings(in: Self.profile).isEmpty)
        var profile = Self.profile
        profile[field] = nil
        let findings = AgencyProfileRule().findings(in: profile)
        #expect(findings.ruleCodes == ["PROFILE_FIELD_MISSING"])
        #expect(findings.map(\.subject) == [field.path])
    }

    @Test(
        "fields with a form have it",
        arguments: [
            (AgencyProfileField.postcode, "10019"), (.postcode, "1001911"), (.postcode, "10019a"),
            (.creditCode, "91110000"), (.ownership, "国有"), (.registeredCapital, "五千"),
            (.registeredCapital, "-1"), (.foundedOn, "1963-02-30"), (.validUntil, "永久"), (.email, "a.b.cn"),
            (.email, "@b"), (.email, "a@"),
        ])
    func malformed(field: AgencyProfileField, text: String) {
        var profile = Self.profile
        profile[field] = text
        #expect(AgencyProfileRule().findings(in: profile).ruleCodes == ["PROFILE_FIELD_MALFORMED"])
    }

    @Test("each of the seven undertakings is needed", arguments: AgencyUndertaking.allCases)
    func undertakings(missing: AgencyUndertaking) {
        #expect(AgencyUndertaking.allCases.count == 7)
        var declaration = AgencyDeclaration(
            accepted: Set(AgencyUndertaking.allCases), signedBy: "王", signedOn: RuleSample.date("2025-03-01"))
        #expect(UndertakingsRule().findings(in: declaration).isEmpty)
        declaration.accepted.remove(missing)
        let findings = UndertakingsRule().findings(in: declaration)
        #expect(findings.ruleCodes == ["UNDERTAKING_MISSING"])
        #expect(findings.map(\.subject) == ["undertakings.\(missing.rawValue)"])
    }

    @Test("undertakings are signed and dated")
    func signature() {
        let declaration = AgencyDeclaration(
            accepted: Set(AgencyUndertaking.allCases), signedBy: " ", signedOn: nil)
        #expect(
            UndertakingsRule().findings(in: declaration).ruleCodes
                == ["UNDERTAKINGS_UNSIGNED", "UNDERTAKINGS_UNDATED"])
    }

    static func attachment(_ kind: AttachmentKind?) -> ApplicationAttachment {
        ApplicationAttachment(kind: kind, fileName: "a.pdf", sha256: RuleSample.digest)
    }

    @Test("certificate or licence, and the other three items")
    func attachments() {
        let others = [AttachmentKind.standardsDrafted, .staffQualifications, .pastEvaluations]
        for first in [AttachmentKind.legalPersonCertificate, .businessLicence] {
            let all = ([first] + others).map(Self.attachment)
            #expect(AttachmentsRule().findings(in: all).isEmpty)
        }
        let findings = AttachmentsRule().findings(in: [])
        #expect(findings.ruleCodes == Array(repeating: "ATTACHMENT_MISSING", count: 4))
        #expect(findings.first?.subject == "attachments.legalPersonCertificate|businessLicence")
    }

    @Test("an attachment has a kind, a name and a digest")
    func attachmentForm() {
        let others = AttachmentKind.allCases.map(Self.attachment)
        let bad = ApplicationAttachment(kind: nil, fileName: "", sha256: String(RuleSample.digest.dropLast()))
        #expect(
            AttachmentsRule().findings(in: others + [bad]).ruleCodes == [
                "ATTACHMENT_KIND_MISSING", "ATTACHMENT_NAME_MISSING", "ATTACHMENT_DIGEST_MALFORMED",
            ])
    }

    @Test("digests are sixty-four lower-case hex digits", arguments: [63, 64, 65])
    func digest(count: Int) {
        #expect(FileDigest.isWellFormed(String(repeating: "f", count: count)) == (count == 64))
        #expect(!FileDigest.isWellFormed(String(repeating: "F", count: count)))
    }

    static let row = LetterRow(
        keyField: "2025-LAMP", product: "LED筒灯", enterprise: "甲公司", models: ["A1", "A2"],
        standard: "Q/JIA 1—2025", province: "广东")

    @Test("the ranking letter has seven columns and counts rows, not ranks")
    func rankingLetter() {
        let letter = RankingLetter(
            product: "LED筒灯", year: 2025, quarter: 3, indicators: ["光效"], method: "分级法",
            rows: [(1, Self.row), (1, Self.row), (3, Self.row)])
        #expect(RankingLetter.columns.count == 7)
        #expect(letter.cells.allSatisfy { $0.count == RankingLetter.columns.count })
        #expect(letter.cells.map(\.first) == ["1", "2", "3"])
        #expect(letter.cells.map { $0[6].hasPrefix("第1名") } == [true, true, false])
        #expect(letter.cells[0][3] == "A1、A2")
        #expect(letter.period == "2025年第3季度")
        #expect(letter.title.contains("LED筒灯"))
        #expect(letter.undertakings.count == 5)
        let part = RankingLetter(
            product: "LED筒灯", year: 2025, quarter: 3, indicators: ["光效"], method: "分级法",
            rows: [(3, Self.row)], precedingRowCount: 2, rowCount: 3)
        #expect(part.cells == [letter.cells[2]])
        #expect(part.body == letter.body)
    }

    @Test("the forerunners' letter starts with the key field")
    func forerunnerLetter() {
        let letter = ForerunnerLetter(product: "LED筒灯", year: 2025, method: "综合排行", rows: [Self.row])
        #expect(ForerunnerLetter.columns.count == 7)
        #expect(ForerunnerLetter.columns.first == "重点领域")
        #expect(
            letter.cells == [["2025-LAMP", "LED筒灯", "甲公司", "A1、A2", "Q/JIA 1—2025", "广东", "综合排行"]])
        #expect(letter.title.contains("2025年"))
    }
}
