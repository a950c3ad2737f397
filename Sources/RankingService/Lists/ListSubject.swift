import Authority
import Contracts
import Regulation
import Wire

/// A result under 3.2.4, whichever of the two it is: what notices, objections and publication need to know of
/// it.
struct ListSubject: Sendable {
    enum Kind: String, Sendable {
        case ranking = "RANKING"
        case forerunner = "FORERUNNER"
    }

    let kind: Kind
    let id: String
    let title: String
    let agency: CommonAPI.Institution
    let state: ResultState
    let notice: CommonAPI.Notice?
    /// Enterprise of every entry, by the entry's key.
    let enterprises: [String: String]
    /// Objections of all its notices, in the order in which they came.
    let objections: [CommonAPI.Objection]

    var stream: String {
        switch kind {
        case .ranking: Stream.rankingList(id)
        case .forerunner: Stream.forerunnerList(id)
        }
    }

    /// Objections as publication depends on them: those to entries of every notice, because an entry stays
    /// taken off when the list is submitted again; those to the whole list of the present notice only,
    /// because a returned list was changed and got a notice of its own (R6).
    var effective: [LodgedObjection] {
        objections.filter { !$0.entries.isEmpty || $0.noticeId == notice?.id }.map(LodgedObjection.init)
    }

    var effect: ObjectionEffect { ObjectionEffect(effective) }

    func require(_ ranking: RankingListStep, _ forerunner: ForerunnerListStep) throws(Refusal) {
        switch kind {
        case .ranking: try RankingListLifecycle.require(ranking, of: id, in: state)
        case .forerunner: try ForerunnerListLifecycle.require(forerunner, of: id, in: state)
        }
    }
}

extension RankingStore {
    func subject(_ list: RankingAPI.RankingList) throws -> ListSubject {
        let keys = try entryKeys(of: list.id)
        return ListSubject(
            kind: .ranking, id: list.id,
            title: "\(list.period?.textZH ?? "")\(list.product)企业标准排行榜", agency: list.agency ?? .init(),
            state: try ResultState(list), notice: list.notice,
            enterprises: Dictionary(keys.map { ($0.key, $0.enterprise) }) { first, _ in first },
            objections: try objections(to: list.id))
    }

    func subject(_ list: RankingAPI.ForerunnerList) throws -> ListSubject {
        let pairs = list.forerunners.map { ($0.entryKey, $0.enterprise?.creditCode ?? "") }
        return ListSubject(
            kind: .forerunner, id: list.id, title: "\(list.year)年\(list.product)企业标准“领跑者”名单",
            agency: list.agency ?? .init(), state: try ResultState(list), notice: list.notice,
            enterprises: Dictionary(pairs) { first, _ in first }, objections: try objections(to: list.id))
    }

    func subject(underNotice id: String) throws -> ListSubject? {
        if let list = try rankingList(underNotice: id) { return try subject(list) }
        return try forerunnerList(underNotice: id).map(subject)
    }

    /// A ranking list or a list of forerunners with this id.
    func subject(_ id: String) throws -> ListSubject? {
        if let list = try rankingList(id) { return try subject(list) }
        return try forerunnerList(id).map(subject)
    }
}
