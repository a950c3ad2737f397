import Contracts
import Wire

/// Reads what everybody may read, from the authorities behind the counter.
struct PublicReader: Sendable {
    /// A page waits this long for an authority, then says that it is away.
    static let options = CallOptions(timeout: .seconds(5))
    /// The day in the footer is waited for this long; a page goes without it.
    private static let standingOptions = CallOptions(timeout: .seconds(1))

    let backends: Backends
    /// The site's address as the public knows it, without a slash at the end.
    let site: String

    private var scheme: SchemeServiceClient { SchemeServiceClient(backends.scheme.channel) }
    private var ranking: RankingServiceClient { RankingServiceClient(backends.ranking.channel) }
    var compliance: ComplianceServiceClient { ComplianceServiceClient(backends.compliance.channel) }

    /// The day and kind of time as the first authority that answers has them.
    func standing() async -> NodeAPI.StatusResponse? {
        for backend in backends.all {
            if let status = try? await NodeClient(backend.channel).status(
                .init(), options: Self.standingOptions)
            {
                return status
            }
        }
        return nil
    }

    func schemeNotices() async throws(RPCStatus) -> [CommonAPI.Notice] {
        try await scheme.listNotices(.init(), options: Self.options).notices
    }

    func resultNotices() async throws(RPCStatus) -> [CommonAPI.Notice] {
        try await ranking.listNotices(.init(), options: Self.options).notices
    }

    func rankingLists() async throws(RPCStatus) -> [RankingAPI.RankingList] {
        try await ranking.listRankingLists(.init(), options: Self.options).lists
    }

    func rankingList(
        _ id: String, offset: Int, limit: Int
    ) async throws(RPCStatus) -> RankingAPI.GetRankingListResponse {
        try await ranking.getRankingList(
            .init(id: id, page: .init(offset: UInt32(clamping: offset), limit: UInt32(clamping: limit))),
            options: Self.options)
    }

    func exclusions(
        _ id: String, code: String, offset: Int, limit: Int
    ) async throws(RPCStatus) -> RankingAPI.ListExclusionsResponse {
        try await ranking.listExclusions(
            .init(
                listId: id, page: .init(offset: UInt32(clamping: offset), limit: UInt32(clamping: limit)),
                code: code),
            options: Self.options)
    }

    func rankingLists(
        ofScheme id: String
    ) async throws(RPCStatus) -> [RankingAPI.RankingList] {
        try await ranking.listRankingLists(.init(schemeId: id), options: Self.options).lists
    }

    func comparison(
        of before: String, with after: String, offset: Int, limit: Int
    ) async throws(RPCStatus) -> RankingAPI.CompareRankingsResponse {
        try await ranking.compareRankings(
            .init(
                beforeId: before, afterId: after,
                page: .init(offset: UInt32(clamping: offset), limit: UInt32(clamping: limit))),
            options: Self.options)
    }

    /// Nil where there is no such standard; NOT_FOUND for one that the list does not name.
    func explanation(
        of key: String, in listID: String
    ) async throws(RPCStatus) -> RankingAPI.Explanation? {
        try await ranking.explain(.init(listId: listID, entryKey: key), options: Self.options)
            .explanations.first
    }

    func rankingHistory(_ stream: String) async throws(RPCStatus) -> [CommonAPI.HistoryLine] {
        try await ranking.listHistory(.init(stream: stream), options: Self.options).lines
    }

    /// An empty id asks for the whole record only.
    func statistics(list id: String) async throws(RPCStatus) -> RankingAPI.GetStatisticsResponse {
        try await ranking.getStatistics(.init(listId: id), options: Self.options)
    }

    func keyFields() async throws(RPCStatus) -> [SchemeAPI.KeyField] {
        try await scheme.listKeyFields(.init(), options: Self.options).keyFields
    }

    func forerunnerLists() async throws(RPCStatus) -> [RankingAPI.ForerunnerList] {
        try await ranking.listForerunnerLists(.init(), options: Self.options).lists
    }

    func schemes() async throws(RPCStatus) -> [SchemeAPI.PublishedScheme] {
        try await scheme.listSchemes(.init(), options: Self.options).schemes
    }

    func scheme(_ id: String) async throws(RPCStatus) -> SchemeAPI.PublishedScheme {
        try await scheme.getScheme(.init(id: id), options: Self.options)
    }

    func schemeHistory(_ stream: String) async throws(RPCStatus) -> [CommonAPI.HistoryLine] {
        try await scheme.listHistory(.init(stream: stream), options: Self.options).lines
    }

    func titles(_ query: String, limit: Int) async throws(RPCStatus) -> ComplianceAPI.FindTitlesResponse {
        try await compliance.findTitles(
            .init(query: query, page: .init(limit: UInt32(clamping: limit))), options: Self.options)
    }

    func title(_ id: String) async throws(RPCStatus) -> ComplianceAPI.GetTitleResponse {
        try await compliance.getTitle(.init(id: id), options: Self.options)
    }

    func bars() async throws(RPCStatus) -> [ComplianceAPI.Bar] {
        try await compliance.listBars(.init(), options: Self.options).bars
    }
}
