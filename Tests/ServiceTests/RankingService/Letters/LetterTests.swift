import Contracts
import Exporting
import RankingService
import Regulation
import Testing
import Wire

@Suite("Letters as tables and pages")
struct LetterTests {
    private static func letter(_ rowCount: Int, annex: String = "A2-1") -> RankingAPI.Letter {
        var letter = RankingAPI.Letter(
            annex: annex, title: "关于报送LED灯企业标准排行榜的函", addressee: "中国标准化研究院", body: "现报送。",
            undertakings: ["按照既定评估方案", "未收取评估费用"],
            columns: annex == "A2-1" ? RankingLetter.columns : ForerunnerLetter.columns,
            rows: (0..<rowCount).map { row in
                .init(
                    serial: "\(row + 1)", keyField: "照明", product: "LED灯", enterprise: "第\(row + 1)公司",
                    categoryModel: "M\(row + 1)", standard: "Q/A 1-2025", province: "浙江省", remark: "第1名")
            }, agency: .init(creditCode: RankingFixture.code(100).text, name: "评估机构"), dated: "2025-09-15")
        letter.digest = Letters.digest(of: letter)
        letter.rowCount = UInt32(rowCount)
        return letter
    }

    private static func page(_ letter: RankingAPI.Letter, _ offset: Int) -> RankingAPI.Letter {
        var page = letter
        page.rows = Array(letter.rows.dropFirst(offset).prefix(10))
        return page
    }

    private static func assembled(_ letter: RankingAPI.Letter) async throws -> AssembledLetter {
        try await AssembledLetter.read { (offset: Int) throws(RPCStatus) in Self.page(letter, offset) }.get()
    }

    @Test("pages make the whole letter, whatever their number", arguments: [0, 1, 9, 10, 11, 20, 35])
    func pages(rowCount: Int) async throws {
        let letter = Self.letter(rowCount)
        #expect(try await Self.assembled(letter).letter == letter)
    }

    @Test("a list that changes between two pages, or rows that give another digest, make no letter")
    func flaws() async throws {
        let letter = Self.letter(15)
        let other = Self.letter(16)
        let changed = try await AssembledLetter.read { (offset: Int) throws(RPCStatus) in
            Self.page(offset == 0 ? letter : other, offset)
        }
        #expect(throws: AssembledLetter.Flaw.changed) { try changed.get() }
        var forged = letter
        forged.rows[12].enterprise = "别的公司"
        let sent = forged
        let differing = try await AssembledLetter.read { (offset: Int) throws(RPCStatus) in
            Self.page(sent, offset)
        }
        #expect(throws: AssembledLetter.Flaw.digestDiffers) { try differing.get() }
    }

    @Test("the table has the annex's seven columns, and ends each line with CR LF")
    func csv() {
        let lines = Self.letter(2).csv.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4 && lines[3].isEmpty)
        #expect(lines[0] == "序号,产品（或服务）名称,企业名称,产品（或服务）类别/型号,执行标准,所属省份,备注")
        #expect(lines[2] == "2,LED灯,第2公司,M2,Q/A 1-2025,浙江省,第1名")
        let forerunners = Self.letter(1, annex: "A2-2").csv.split(separator: "\r\n")
        #expect(forerunners[0].hasPrefix("重点领域,"))
        #expect(forerunners[1].hasPrefix("照明,LED灯,"))
    }

    @Test(
        "a field that a spreadsheet would compute is text, and a quotation mark cannot end it",
        arguments: [
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""), ("+1-2", "'+1-2"),
            ("@SUM(A1)", "'@SUM(A1)"), ("-5", "-5"), ("-5A", "'-5A"), ("\t=1", "'\t=1"), ("＝1+1", "'＝1+1"),
            ("a,b", "\"a,b\""), ("a\nb", "\"a\nb\""), ("\r=1", "\"'\r=1\""), ("=\u{301}1", "'=\u{301}1"),
            ("a\"\u{301}b", "\"a\"\"\u{301}b\""), ("", ""), ("普通", "普通"),
        ])
    func fields(text: String, field: String) {
        #expect(Array(CSVText.field(text).unicodeScalars) == Array(field.unicodeScalars))
    }

    @Test(
        "the page has every cell, the undertakings and a place for the seal, and says how it was submitted"
    )
    func html() async throws {
        var letter = Self.letter(12)
        letter.rows[3].enterprise = "<b>\"某\"\u{301}&公司"
        letter.digest = Letters.digest(of: letter)
        let page = LetterPage(try await Self.assembled(letter)).html
        #expect(page.contains("附件2-1"))
        #expect(page.contains("&lt;b&gt;&quot;某&quot;\u{301}&amp;公司") && !page.contains("<b>"))
        for row in letter.rows { #expect(page.contains("<td>\(row.categoryModel)</td>")) }
        for column in letter.columns { #expect(page.contains("<th scope=\"col\">\(column)</th>")) }
        #expect(page.contains("<li>按照既定评估方案；</li><li>未收取评估费用。</li>"))
        #expect(page.contains("（公章）") && page.contains("2025年9月15日"))
        #expect(page.contains("尚未提交"))
        letter.submittedDigest = letter.digest
        #expect(LetterPage(try await Self.assembled(letter)).html.contains("与提交时一致"))
        letter.submittedDigest = Array(repeating: 1, count: 32)
        #expect(LetterPage(try await Self.assembled(letter)).html.contains("提交后有变动"))
        #expect(!page.contains("http"), "nothing is loaded from elsewhere")
    }

    @Test("what all remarks say alike is said once, and nothing of it is lost")
    func remarks() {
        func remarks(_ texts: [String]) -> LetterRemarks { LetterRemarks(texts.map { .init(remark: $0) }) }
        let both = remarks(["第1名；加权；指标：甲、乙", "第2名；加权；指标：甲、乙"])
        #expect(both.own == ["第1名", "第2名"] && both.common == "加权；指标：甲、乙")
        let partly = remarks(["第1名；加权；合成代码", "第2名；加权"])
        #expect(partly.own == ["第1名；加权；合成代码", "第2名；加权"] && partly.common.isEmpty)
        let same = remarks(["加权；甲", "加权；甲"])
        #expect(same.own == ["", ""] && same.common == "加权；甲")
        let alone = remarks(["第1名；加权"])
        #expect(alone.own == ["第1名；加权"] && alone.common.isEmpty)
        #expect(remarks([]).own.isEmpty)
    }

    @Test("the letter's digest is the one recorded with the submission, until a consent is withdrawn")
    func submitted() async throws {
        let fixture = try RankingFixture()
        let listID = try await fixture.computed()
        try await fixture.consent(listID)
        func standing() async throws -> AssembledLetter.Standing {
            try await AssembledLetter.read { (offset: Int) async throws(RPCStatus) in
                try await fixture.service.getLetter(
                    .init(subjectId: listID, page: .init(offset: UInt32(offset), limit: 2)),
                    fixture.call(RankingFixture.agency))
            }.get().standing
        }
        #expect(try await standing() == .notSubmitted)
        fixture.go(to: "2025-09-15")
        _ = try await fixture.service.submitRanking(
            .init(listId: listID, undertakings: RankingFixture.undertakings),
            fixture.call(RankingFixture.agency))
        #expect(try await standing() == .asSubmitted)
        try await fixture.record(
            [fixture.answer(of: RankingFixture.code(3).text, given: false)], on: listID)
        #expect(try await standing() == .changedSince)
    }

    @Test("the forerunners' letter stands as it was submitted too")
    func forerunners() async throws {
        let fixture = try RankingFixture()
        let id = try await fixture.forerunnersUnderNotice(of: try await fixture.published())
        let letter = try await fixture.service.getLetter(
            .init(subjectId: id), fixture.call(RankingFixture.agency))
        #expect(letter.annex == "A2-2" && letter.rowCount == 2)
        #expect(letter.dated == "2025-11-03")
        #expect(letter.rows.map { letter.cells(of: $0)[0] } == ["照明电器", "照明电器"])
        #expect(letter.digest == letter.submittedDigest)
    }

    @Test("a scheme learnt without the name of its key field leaves the field's code in the letter")
    func codeOfKeyField() async throws {
        let fixture = try RankingFixture()
        try await fixture.learnScheme(keyFieldName: "")
        let listID = try await fixture.computed(from: try await fixture.importFile())
        let id = try await fixture.forerunnersUnderNotice(of: try await fixture.published(listID))
        let letter = try await fixture.service.getLetter(
            .init(subjectId: id), fixture.call(RankingFixture.agency))
        #expect(letter.rows.map(\.keyField) == ["2025-LAMP", "2025-LAMP"])
    }
}
