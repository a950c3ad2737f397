import Authority
package import Contracts
import Crypto
import Regulation
package import Wire

/// The letters of Annex 2-1 and 2-2 as data, from the record.
package enum Letters {
    /// Said of every row whose credit code was derived for demonstration.
    private static let syntheticRemark = "；信用代码为演示用合成代码，不属于任何企业"

    /// A2-1: the enterprises that agreed to be named, with their ranks.
    ///
    /// - Parameters:
    ///   - day: the day of a submission that is being made; nil for the letter as it stands.
    ///   - page: the rows wanted, nil for all of them.
    static func ranking(
        _ list: RankingAPI.RankingList, _ store: RankingStore, dated day: String? = nil,
        page: PageBounds? = nil
    ) throws -> RankingAPI.Letter {
        let effect = ObjectionEffect(try store.objections(to: list.id).map(LodgedObjection.init))
        let learnt = try store.scheme(list.schemeId) ?? .init()
        let scheme = learnt.scheme ?? .init()
        let entries = try store.namedEntries(of: list.id, without: effect.removed, page)
        let keyField = keyField(list.keyField, of: learnt)
        let cores = scheme.indicators.filter { $0.kind == .core }.map(\.name)
        let letter = RankingLetter(
            product: list.product, year: Int(list.period?.year ?? 0),
            quarter: Int(list.period?.quarter ?? 0), indicators: cores, method: method(of: scheme),
            rows: entries.map { (Int($0.rank), row($0, of: list, in: keyField)) },
            precedingRowCount: page?.offset ?? 0,
            rowCount: page == nil
                ? entries.count : try store.namedEntryCount(of: list.id, without: effect.removed))
        return RankingAPI.Letter(
            annex: RankingLetter.citation.section, title: letter.title,
            addressee: LetterAddressee.name, body: letter.body, undertakings: letter.undertakings,
            columns: RankingLetter.columns,
            rows: zip(letter.cells, entries).map { cells, entry in
                RankingAPI.LetterRow(
                    serial: cells[0], keyField: keyField, product: cells[1],
                    enterprise: cells[2],
                    categoryModel: cells[3], standard: cells[4], province: cells[5],
                    remark: cells[6] + (entry.syntheticCode ? syntheticRemark : ""))
            }, agency: list.agency,
            dated: day ?? (list.submittedOn.isEmpty ? list.computedOn : list.submittedOn))
    }

    /// A2-2: the forerunners whose enterprises did not take their consent back.
    static func forerunners(
        _ list: RankingAPI.ForerunnerList, _ store: RankingStore, dated day: String? = nil
    ) throws -> RankingAPI.Letter {
        let learnt = try store.scheme(list.schemeId) ?? .init()
        let declining = try store.declining(list.id)
        let named = list.forerunners.filter { !declining.contains($0.enterprise?.creditCode ?? "") }
        let letter = ForerunnerLetter(
            product: list.product, year: Int(list.year), method: method(of: learnt.scheme ?? .init()),
            rows: named.map { row($0, of: list, in: keyField(list.keyField, of: learnt)) })
        return RankingAPI.Letter(
            annex: ForerunnerLetter.citation.section, title: letter.title,
            addressee: LetterAddressee.name, body: letter.body, undertakings: letter.undertakings,
            columns: ForerunnerLetter.columns,
            rows: zip(letter.cells, named).map { cells, forerunner in
                RankingAPI.LetterRow(
                    keyField: cells[0], product: cells[1], enterprise: cells[2], categoryModel: cells[3],
                    standard: cells[4], province: cells[5],
                    remark: cells[6] + (forerunner.syntheticCode ? syntheticRemark : ""))
            }, agency: list.agency, dated: day ?? list.submittedOn)
    }

    /// SHA-256 of the whole letter's encoding, without what is only said about it.
    package static func digest(of letter: RankingAPI.Letter) -> [UInt8] {
        var letter = letter
        (letter.rowCount, letter.digest, letter.submittedDigest) = (0, [], [])
        return Array(SHA256.hash(data: letter.serialized()))
    }

    /// 重点领域 by its name; by its code where the scheme was learnt without it.
    private static func keyField(_ code: String, of learnt: RankingAPI.SchemeLearnt) -> String {
        learnt.keyFieldName.isEmpty ? code : learnt.keyFieldName
    }

    /// The method in a word where the scheme does not describe it.
    private static func method(of scheme: EvaluationAPI.EvaluationScheme) -> String {
        // A clause of the remark, which another one follows.
        let statement = scheme.methodStatement
        if !statement.isEmpty { return statement.hasSuffix("。") ? String(statement.dropLast()) : statement }
        return switch scheme.method?.model ?? .graded {
        case .weighted: "加权评分"
        case .tiered: "分档评分"
        case .graded, .unspecified, .unrecognized: "分级评价"
        }
    }

    private static func row(
        _ entry: RankingAPI.Entry, of list: RankingAPI.RankingList, in keyField: String
    ) -> LetterRow {
        LetterRow(
            keyField: keyField, product: list.product, enterprise: entry.enterprise?.name ?? "",
            models: entry.models, standard: standard(entry.standardNumber, entry.standardName),
            province: entry.province)
    }

    private static func row(
        _ forerunner: RankingAPI.Forerunner, of list: RankingAPI.ForerunnerList, in keyField: String
    ) -> LetterRow {
        LetterRow(
            keyField: keyField, product: list.product, enterprise: forerunner.enterprise?.name ?? "",
            models: forerunner.models,
            standard: standard(forerunner.standardNumber, forerunner.standardName),
            province: forerunner.province)
    }

    private static func standard(_ number: String, _ name: String) -> String {
        name.isEmpty ? number : "\(number)《\(name)》"
    }
}

/// What is said of a letter as a whole, whatever the page.
struct LetterSum: Sendable {
    let digest: [UInt8]
    let rowCount: Int

    init(_ whole: RankingAPI.Letter) {
        digest = Letters.digest(of: whole)
        rowCount = whole.rows.count
    }
}

extension RankingService {
    package func getLetter(
        _ request: RankingAPI.GetLetterRequest, _ call: CallContext
    ) async throws(RPCStatus) -> RankingAPI.Letter {
        let cache = letters
        return try await desk.answer(call) { database in
            let store = RankingStore(database: database)
            let actor = Actor(call)
            let page = PageBounds(request.page)
            var part: (letter: RankingAPI.Letter, sum: LetterSum)?
            if let list = try store.rankingList(request.subjectId),
                ListView.isInside(actor, agency: list.agency)
            {
                part = try store.letter(of: list, page, cache)
            } else if let list = try store.forerunnerList(request.subjectId),
                ListView.isInside(actor, agency: list.agency)
            {
                // Of a few rows, all of which stand in the list's head.
                let whole = try Letters.forerunners(list, store)
                part = (whole.page(page), LetterSum(whole))
            }
            var (letter, sum) = try Fields.found(part, "letter", request.subjectId)
            (letter.digest, letter.rowCount) = (sum.digest, UInt32(sum.rowCount))
            letter.submittedDigest = try store.submittedLetter(of: request.subjectId)
            return letter
        }
    }
}

extension RankingStore {
    /// A page of a list's letter. Everything that changes a letter is an event of its list, so that the
    /// version of the list's stream names the letter: the whole of it is made once for each, and then read
    /// by pages.
    fileprivate func letter(
        of list: RankingAPI.RankingList, _ page: PageBounds, _ cache: AnswerCache<LetterSum>
    ) throws -> (RankingAPI.Letter, LetterSum) {
        let key = "\(list.id) \(try version(of: Stream.rankingList(list.id)))"
        if let sum = cache.answer(key) { return (try Letters.ranking(list, self, page: page), sum) }
        let whole = try Letters.ranking(list, self)
        let sum = LetterSum(whole)
        cache.keep(sum, as: key)
        return (whole.page(page), sum)
    }
}

extension RankingAPI.Letter {
    fileprivate func page(_ page: PageBounds) -> RankingAPI.Letter {
        var letter = self
        letter.rows = Array(rows.dropFirst(page.offset).prefix(page.limit))
        return letter
    }
}
