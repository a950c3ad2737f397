import Authority
import Contracts
import GRDB
import Wire

// Lists of the same scheme and period are versions of one another (3.2.5, 榜单动态更新).
extension RankingStore {
    /// Lists of a scheme and period in the order in which they were computed.
    func versions(scheme: String, period: RankingAPI.Period?) throws -> [RankingAPI.RankingList] {
        let period = period ?? .init()
        let lists: [RankingAPI.RankingList] = try all(
            "SELECT payload FROM ranking_lists WHERE scheme_id = ? AND year = ? ORDER BY computed_at",
            [scheme, Int(period.year)])
        return lists.filter { $0.period == period }
    }

    /// A list that is computed now, with its number among the versions and the one it supersedes. The number
    /// follows from the order of the events, so that two lists computed at once have different ones.
    func numbered(_ computed: RankingAPI.RankingList) throws -> RankingAPI.RankingList {
        let earlier = try versions(scheme: computed.schemeId, period: computed.period)
        var list = computed
        list.version = UInt32(earlier.count) + 1
        list.supersedes = earlier.last?.id ?? ""
        return list
    }

    /// The list with its neighbours among the versions, as far as the caller may see those.
    func linked(_ list: RankingAPI.RankingList, for actor: Actor) throws -> RankingAPI.RankingList {
        let versions = try versions(scheme: list.schemeId, period: list.period).filter {
            ListView.shows(actor, agency: $0.agency, notice: $0.notice)
        }
        var list = list
        list.supersedes = versions.last { $0.version < list.version }?.id ?? ""
        list.supersededBy = versions.first { $0.version > list.version }?.id ?? ""
        return list
    }
}
