import Contracts
import Gateway
import HTTPTypes
import RegulatedYear
import Testing
import Wire

@Suite("The public pages of a year", PublicYearTrait())
struct PublicPagesTests {
    private let year: PublicYear

    init() throws { year = try #require(PublicYearTrait.year) }

    @Test("the home page says what is under notice and until when, and what was published")
    func home() async throws {
        let list = try await year.listUnderNotice()
        let notice = try #require(list.notice)
        let page = try await year.get("/")
        #expect(page.status == .ok)
        #expect(page.html.contains("公示至 \(notice.lastDay) 24时"))
        #expect(page.html.contains("href=\"/lists/\(list.id)\""))
        #expect(page.html.contains("已收到异议 2 件"))
        #expect(page.html.contains("href=\"/lists/\(year.outcome.lists[0])\""))
        #expect(!page.html.contains("今天没有正在公示的事项"))
    }

    @Test("a ranking shows every rank with the indicators that decided it")
    func ranking() async throws {
        let list = year.outcome.lists[0]
        let entries = try await year.entries(of: list)
        let page = try await year.get("/lists/\(list)")
        #expect(page.status == .ok)
        #expect(page.html.contains("公示已结束"))
        let rows = page.html.parts(by: "<th scope=\"row\" class=\"rank\"")
        #expect(rows.count == 51)
        for (row, entry) in zip(rows.dropFirst(), entries) {
            #expect(row.contains(">\(entry.rank)</th>"))
            guard entry.standing == .named else { continue }
            #expect(row.contains(entry.enterprise?.creditCode ?? "?"))
            #expect(row.contains("\(entry.advancedCore)项核心指标先进"))
            let efficacy = try #require(entry.indicators.first { $0.indicator == "efficacy" })
            let chips = row.parts(by: "<details>")[0]
            #expect(chips.contains("光效 <b>\(efficacy.declared) lm/W</b>"))
        }
    }

    @Test("an enterprise that does not consent is a gap, and nothing on any page tells which")
    func gap() async throws {
        let list = year.outcome.lists[0]
        let entries = try await year.entries(of: list)
        let gaps = entries.filter { $0.standing == .consentNotGiven }
        #expect(!gaps.isEmpty)
        var html = ""
        for number in 1...(entries.count / 50 + 1) {
            html += try await year.get("/lists/\(list)?page=\(number)").html
        }
        for gap in gaps {
            #expect(!html.contains(gap.enterprise?.creditCode ?? ""))
            #expect(!html.contains(">\(gap.enterprise?.name ?? "")<"))
            #expect(!html.contains(gap.standardNumber))
            for model in gap.models { #expect(!html.contains(">\(model)<")) }
        }
        #expect(html.parts(by: "企业未同意，不具名").count - 1 >= gaps.count)
    }

    @Test("statistics are drawn with their figures beside them, and can be taken away as a file")
    func statistics() async throws {
        let list = year.outcome.lists[0]
        let whole = try await year.get("/statistics")
        #expect(whole.status == .ok)
        #expect(whole.html.contains("<svg class=\"chart\""))
        #expect(whole.html.contains("领跑者，按省份"))
        #expect(whole.html.contains("href=\"/statistics?list=\(list)\""))
        let drawn = try await year.get("/statistics?list=\(list)")
        #expect(drawn.html.contains("各指标的水平构成") && drawn.html.contains("光效"))
        #expect(drawn.html.contains("href=\"/statistics.csv?list=\(list)\""))
        let file = try await year.get("/statistics.csv?list=\(list)")
        #expect(file.html.hasPrefix("section,item,measure,value\r\n"))
        #expect(file.html.contains("indicator,efficacy,declaring,"))
        #expect(try await year.get("/statistics?list=LIST-0000000000").status == .notFound)
        #expect(try await year.get("/statistics.csv?list=LIST-0000000000").status == .notFound)
    }

    @Test("an objection to an entry that is not named does not name it, on the page or in the answer")
    func objectionToGap() async throws {
        let list = try await year.listUnderNotice()
        let page = try await year.get("/lists/\(list.id)")
        let gaps = try await year.entries(of: list.id).filter { $0.standing == .consentNotGiven }
        let codes = Set(gaps.compactMap(\.enterprise?.creditCode))
        for code in codes { #expect(!page.html.contains(code)) }
        #expect(page.html.contains("不具名的一项"))
        #expect(page.html.contains("整个榜单"))
        let answered = try await RankingServiceClient(year.platform.counter).listNotices(.init())
        let text = answered.jsonText(pretty: false)
        for code in codes { #expect(!text.contains(code)) }
    }

    @Test("what was left out is listed with every reason, and by reason")
    func exclusions() async throws {
        let path = "/lists/\(year.outcome.nextList)/exclusions"
        let all = try await year.get(path)
        #expect(all.status == .ok)
        #expect(all.html.contains("BARRED"))
        let barred = try await year.get(path + "?code=BARRED")
        #expect(barred.html.contains("未入榜"))
        #expect(!barred.html.parts(by: "逐项</h2>")[1].contains("BELOW_BASELINE"))
        #expect(try await year.get(path + "?code=NO_SUCH_REASON").status == .ok)
    }

    @Test("a named entry leads to why it has its rank, and to what the nearest better one would take")
    func explanation() async throws {
        let list = year.outcome.lists[0]
        let first = try await year.get("/lists/\(list)").html
        let named = try await year.entries(of: list).prefix(50).filter { $0.standing == .named }
        #expect(first.parts(by: "/entry?key=").count - 1 == named.count)
        let client = RankingServiceClient(year.platform.counter)
        for entry in [named[0], named[named.count / 2], named[named.count - 1]] {
            let path = "/lists/\(list)/entry?key=\(entry.key.percentEncoded)"
            let page = try await year.get(path)
            #expect(page.status == .ok)
            #expect(page.html.contains("为什么是第 \(entry.rank) 名"))
            #expect(!page.html.contains("<script"))
            let found = try #require(
                try await client.explain(.init(listId: list, entryKey: entry.key)).explanations.first)
            for indicator in found.indicators {
                #expect(page.html.contains(">\(indicator.name)</th>"))
                if !indicator.score.isEmpty { #expect(page.html.contains(">\(indicator.score)</td>")) }
            }
            for result in entry.indicators where !result.limit.isEmpty && result.limit != "yes" {
                #expect(page.html.contains(">\(result.limit)</td>"), "\(result.name)")
            }
            guard let ahead = found.ahead else {
                #expect(entry.rank == 1 && page.html.contains("没有更好的名次"))
                continue
            }
            #expect(page.html.contains("前一名次为第 \(ahead.rank) 名"))
            for change in ahead.reaching?.changes ?? [] { #expect(page.html.contains("→ \(change.needed)")) }
        }
    }

    @Test("nobody learns from explanations who is not named, neither asked for nor as the one ahead")
    func explanationOfGap() async throws {
        var behindGaps = 0
        for list in [year.outcome.lists[0], year.outcome.nextList, try await year.listUnderNotice().id] {
            let entries = try await year.entries(of: list)
            let gaps = entries.filter { $0.standing == .consentNotGiven }
            let hidden = Set(gaps.compactMap { $0.enterprise?.creditCode })
            for gap in gaps.prefix(3) {
                let page = try await year.get("/lists/\(list)/entry?key=\(gap.key.percentEncoded)")
                #expect(page.status == .notFound)
                #expect(!page.html.contains(gap.enterprise?.name ?? "?"))
            }
            // Right behind a gap: a named entry of a rank after one that begins with a gap.
            let ranks = Dictionary(grouping: entries, by: \.rank).sorted { $0.key < $1.key }.map(\.value)
            for (better, rank) in zip(ranks, ranks.dropFirst())
            where better[0].standing == .consentNotGiven {
                guard let entry = rank.first(where: { $0.standing == .named }) else { continue }
                behindGaps += 1
                let page = try await year.get("/lists/\(list)/entry?key=\(entry.key.percentEncoded)")
                #expect(page.status == .ok && page.html.contains("（不具名）"))
                for code in hidden { #expect(!page.html.contains(code)) }
            }
        }
        #expect(behindGaps > 0)
    }

    @Test("what is no entry of the list has no page of its own")
    func explanationOfNothing() async throws {
        let list = year.outcome.nextList
        let left = try await RankingServiceClient(year.platform.counter).listExclusions(.init(listId: list))
        let excluded = try #require(left.exclusions.first?.key)
        for key in [excluded, "nobody", PublicYear.hostile, String(repeating: "x", count: 5000)] {
            let page = try await year.get("/lists/\(list)/entry?key=\(key.percentEncoded)")
            #expect(page.status == .notFound)
            #expect(!page.html.contains("<script"))
        }
        #expect(try await year.get("/lists/\(list)/entry").status == .badRequest)
        #expect(try await year.get("/lists/NONE/entry?key=nobody").status == .notFound)
    }

    @Test("a list leads to what changed since the earlier one, with the reasons of who left")
    func changes() async throws {
        let (before, after) = (year.outcome.lists[0], year.outcome.nextList)
        let list = try await year.get("/lists/\(after)")
        #expect(list.html.contains("href=\"/lists/\(after)/changes?from=\(before)\""))
        #expect(list.html.contains("本榜已有更新的版本"))
        #expect(list.html.contains("https://agency.example/results/\(after)"))
        let page = try await year.get("/lists/\(after)/changes?from=\(before)")
        #expect(page.status == .ok)
        let found = try await RankingServiceClient(year.platform.counter).compareRankings(
            .init(beforeId: before, afterId: after))
        #expect(found.changes.contains { $0.reasons.contains { $0.code == "BARRED" } })
        for change in found.changes.prefix(50) { #expect(page.html.contains(change.standardNumber)) }
        for count in found.counts where count.count > 0 { #expect(page.html.contains(" \(count.count)<")) }
        // Who is a gap on one list is told of only by the name that the other one has.
        func gaps(_ list: String) async throws -> Set<String> {
            Set(try await year.entries(of: list).filter { $0.standing == .consentNotGiven }.map(\.key))
        }
        let (hiddenBefore, hiddenAfter) = (try await gaps(before), try await gaps(after))
        let all = try await RankingServiceClient(year.platform.counter).compareRankings(
            .init(beforeId: before, afterId: after, page: .init(limit: 1000)))
        let lost = all.changes.filter { hiddenAfter.contains($0.key) }
        #expect(!lost.isEmpty)
        #expect(lost.allSatisfy { $0.kind == .left && $0.reasons.map(\.code) == ["NOT_NAMED"] })
        let gained = all.changes.filter { hiddenBefore.contains($0.key) }
        #expect(!gained.isEmpty)
        #expect(gained.allSatisfy { $0.kind == .entered && $0.before == nil })
        #expect(hiddenBefore.intersection(hiddenAfter).isDisjoint(with: all.changes.map(\.key)))
        #expect(try await year.get("/lists/\(before)/changes").status == .notFound)
        #expect(try await year.get("/lists/\(after)/changes?from=NONE").status == .notFound)
    }

    @Test("forerunners are listed with their titles, and a cancelled title tells its story and the bar")
    func titles() async throws {
        let list = try await year.get("/forerunners")
        let id = year.outcome.cancelledTitle
        #expect(list.status == .ok)
        #expect(list.html.contains("href=\"/titles/\(id)\""))
        #expect(list.html.contains("名次"))
        let page = try await year.get("/titles/\(id)")
        #expect(page.status == .ok)
        let title = try await ComplianceServiceClient(year.platform.counter).getTitle(.init(id: id))
        #expect(page.html.contains("<p class=\"state cancelled\">已取消</p>"))
        #expect(title.history.count >= 4)
        for line in title.history { #expect(page.html.contains(line.date)) }
        #expect(page.html.contains("产品抽检"))
        #expect(page.html.contains("三年限制"))
        let bars = try await year.get("/bars")
        #expect(bars.status == .ok)
        #expect(bars.html.contains(title.title?.forerunner?.enterprise?.creditCode ?? "?"))
    }

    @Test("a title is found by any of its names, and a search that finds none says so")
    func search() async throws {
        let id = year.outcome.cancelledTitle
        let title = try await ComplianceServiceClient(year.platform.counter).getTitle(.init(id: id)).title
        let forerunner = try #require(title?.forerunner)
        for query in [id, forerunner.enterprise?.creditCode ?? "", forerunner.models[0]] {
            let encoded = query.percentEncoded
            let page = try await year.get("/titles?q=\(encoded)")
            #expect(page.html.contains("href=\"/titles/\(id)\""), "\(query)")
        }
        let none = try await year.get("/titles?q=nobody")
        #expect(none.status == .ok)
        #expect(none.html.contains("没有找到"))
    }

    @Test("schemes and the lists of lists are there")
    func schemesAndLists() async throws {
        let scheme = year.outcome.schemes[0]
        let schemes = try await year.get("/schemes")
        #expect(schemes.html.contains("href=\"/schemes/\(scheme)\""))
        let page = try await year.get("/schemes/\(scheme)")
        #expect(page.status == .ok)
        #expect(page.html.contains("先进"))
        #expect(page.html.contains("光效"))
        let lists = try await year.get("/lists")
        for list in year.outcome.lists { #expect(lists.html.contains("/lists/\(list)")) }
        #expect(lists.html.contains("公示中"))
    }

    @Test("text of strangers stays text")
    func hostileText() async throws {
        let list = try await year.listUnderNotice()
        let query = PublicYear.hostile.percentEncoded
        for path in [
            "/lists/\(list.id)", "/titles?q=\(query)",
            "/lists/\(list.id)/exclusions?code=\(query)", "/titles/\(query)", "/\(query)",
        ] {
            let html = try await year.get(path).html
            #expect(!html.contains("<script"), "\(path)")
            #expect(
                !html.unicodeScalars.split(separator: "<").contains { $0.starts(with: "img".unicodeScalars) })
            #expect(html.unicodeScalars.filter { $0 == "\"" }.count % 2 == 0, "\(path)")
        }
        let page = try await year.get("/lists/\(list.id)")
        #expect(page.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.html.contains("{{title}}"))
    }

    @Test("contact data that an objector left is on no page and in no answer")
    func contact() async throws {
        let list = try await year.listUnderNotice()
        for path in ["/", "/lists", "/lists/\(list.id)", "/forerunners"] {
            #expect(!(try await year.get(path).html.contains("secret@example.invalid")))
        }
        let ranking = RankingServiceClient(year.platform.counter)
        let answers = [
            try await ranking.getRankingList(.init(id: list.id)).jsonText(pretty: false),
            try await ranking.listNotices(.init()).jsonText(pretty: false),
            try await ranking.listHistory(.init(stream: "ranking-list/\(list.id)")).jsonText(pretty: false),
        ]
        for answer in answers { #expect(!answer.contains("secret@")) }
    }

    @Test("a page number is a page there is, or 404, and never more")
    func pageNumbers() async throws {
        let path = "/lists/\(year.outcome.lists[0])"
        let first = try await year.get(path).html
        for number in ["0", "-1", "", "x", "1e3", "99999999999999999999"] {
            let page = try await year.get(path + "?page=\(number)")
            #expect(page.status == .ok, "\(number)")
            #expect(page.html == first, "\(number)")
        }
        for number in ["999999", "2147483648", "4294967296", "9223372036854775807"] {
            #expect(try await year.get(path + "?page=\(number)").status == .notFound, "\(number)")
            #expect(try await year.get(path + "/exclusions?page=\(number)").status == .notFound, "\(number)")
        }
    }

    @Test("an authority that is away is 503 in words; the home page shows what is left")
    func away() async throws {
        let list = year.outcome.lists[0]
        let none = try await Site(
            backends: year.platform.backends.without("scheme", "ranking", "compliance"),
            address: PublicYear.address)
        for path in ["/", "/lists", "/lists/\(list)", "/forerunners", "/titles", "/schemes", "/bars"] {
            let page = try await none.answer(path)
            #expect(page.status == .serviceUnavailable, "\(path)")
            #expect(page.html.contains("暂时无法访问"))
            #expect(page.headers[.retryAfter] != nil)
            #expect(!page.html.contains("7402"))
        }
        let some = try await Site(
            backends: year.platform.backends.without("scheme", "compliance"), address: PublicYear.address)
        let home = try await some.answer("/")
        #expect(home.status == .ok)
        #expect(home.html.contains("部分服务暂时没有应答"))
        #expect(home.html.contains("href=\"/lists/\(list)\""))
        let forerunners = try await some.answer("/forerunners")
        #expect(forerunners.status == .ok)
        #expect(forerunners.html.contains("称号状态暂时无法查询"))
        #expect(try await some.answer("/lists/\(list)").status == .ok)
    }
}

extension String {
    /// Every byte written as %XX.
    var percentEncoded: String {
        utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension StringProtocol {
    /// What stands between the separators, empty parts too.
    fileprivate func parts(by separator: String) -> [SubSequence] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
