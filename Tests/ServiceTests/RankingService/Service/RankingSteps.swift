import Authority
import Contracts
import RankingService
import Regulation
import Testing

// The steps of the year, each as the institution in charge takes it.
extension RankingFixture {
    static let undertakings = RankingAPI.LetterUndertakings(
        followsScheme: true, declaredStandardsOnly: true, openAndImpartial: true, noFee: true,
        consentObtained: true)

    /// Id of a computed list.
    func computed() async throws -> String {
        try await learnScheme()
        return try await computed(from: try await importOwnFile())
    }

    func computed(from snapshot: RankingAPI.Snapshot) async throws -> String {
        go(to: "2025-09-03")
        return try await service.computeRanking(
            .init(schemeId: Self.schemeID, snapshotId: snapshot.id, period: .init(year: 2025)),
            call(Self.agency)
        ).id
    }

    func consent(_ listID: String, refusing: Set<String> = []) async throws {
        let codes = (1...4).map { Self.code($0).text }
        try await record(codes.map { answer(of: $0, given: !refusing.contains($0)) }, on: listID)
    }

    /// An answer with all that the record asks for, given today.
    func answer(of code: String, given: Bool) -> RankingAPI.Consent {
        RankingAPI.Consent(
            enterpriseCode: code, given: given, givenBy: "王某", evidence: "答复函", office: "标准化负责人",
            givenOn: clock.now().shanghaiDate.description, sha256: String(repeating: "c", count: 64))
    }

    func record(
        _ consents: [RankingAPI.Consent], on listID: String, as actor: Actor = RankingFixture.agency
    ) async throws {
        let result = try await head(listID).digests?.result ?? []
        _ = try await service.recordConsents(
            .init(listId: listID, consents: consents, resultDigest: result), call(actor))
    }

    func submitted(refusing: Set<String> = []) async throws -> String {
        try await submitted(try await computed(), refusing: refusing)
    }

    private func submitted(_ id: String, refusing: Set<String>) async throws -> String {
        try await consent(id, refusing: refusing)
        _ = try await service.submitRanking(
            .init(listId: id, undertakings: Self.undertakings), call(Self.agency))
        return id
    }

    /// Under notice from Friday 19 September to Friday 10 October 2025 (28 September is a working Sunday).
    func underNotice(refusing: Set<String> = []) async throws -> String {
        try await underNotice(try await submitted(refusing: refusing))
    }

    private func underNotice(_ id: String) async throws -> String {
        _ = try await service.reviewRanking(
            .init(listId: id, pass: true, opinion: "一致"), call(Self.workAgency))
        go(to: "2025-09-19")
        _ = try await service.openRankingNotice(.init(listId: id), call(Self.workAgency))
        return id
    }

    func published(refusing: Set<String> = []) async throws -> String {
        try await published(underNotice: try await underNotice(refusing: refusing))
    }

    /// A computed list, published.
    func published(_ listID: String) async throws -> String {
        try await published(underNotice: try await underNotice(try await submitted(listID, refusing: [])))
    }

    private func published(underNotice id: String) async throws -> String {
        go(to: "2025-10-11")
        _ = try await service.publishRanking(.init(listId: id), call(Self.workAgency))
        return id
    }

    func entries(_ listID: String, as actor: Actor = RankingFixture.agency) async throws -> [RankingAPI.Entry]
    {
        try await service.getRankingList(.init(id: listID), call(actor)).entries
    }

    func head(_ listID: String) async throws -> RankingAPI.RankingList {
        try #require(try await service.getRankingList(.init(id: listID), call(Self.agency)).list)
    }

    func papers(for entries: [RankingAPI.Entry], of listID: String) -> RankingAPI.RecordEvidenceRequest {
        let digest = String(repeating: "a", count: 64)
        return RankingAPI.RecordEvidenceRequest(
            listId: listID,
            reports: entries.map { entry in
                .init(
                    entryKey: entry.key, laboratory: "检测中心", approval: "CMA-1", issuedOn: "2025-10-01",
                    sha256: digest,
                    measured: [
                        .init(indicator: "efficacy", value: "150", unit: "lm/W"),
                        .init(indicator: "flicker", value: "0.1"),
                    ], model: entry.models[0])
            },
            supplements: entries.map { .init(entryKey: $0.key, text: "已量产", sha256: digest) },
            commitments: entries.map {
                .init(entryKey: $0.key, signedBy: "负责人", signedOn: "2025-10-20", text: "承诺")
            })
    }

    func choice(_ listID: String, number: UInt32, skips: [RankingAPI.Skip] = [])
        -> RankingAPI.ChooseForerunnersRequest
    {
        RankingAPI.ChooseForerunnersRequest(
            listId: listID, number: number, consumerChoice: "便于选择", industryDevelopment: "水平较高",
            declaredStandardCount: "数量适中", skips: skips)
    }

    /// Id of a list of the two best, chosen with all papers and nobody asked yet.
    func forerunnersChosen(from listID: String) async throws -> String {
        let best = Array(try await entries(listID).prefix(2))
        go(to: "2025-11-03")
        _ = try await service.recordEvidence(papers(for: best, of: listID), call(Self.agency))
        return try await service.chooseForerunners(choice(listID, number: 2), call(Self.agency)).id
    }

    func forerunners(
        _ id: String, as actor: Actor = RankingFixture.agency
    ) async throws -> RankingAPI.ForerunnerList {
        try await service.getForerunnerList(.init(id: id), call(actor))
    }

    /// Everybody on a list of forerunners agrees to be named on it.
    func consentToForerunners(_ id: String) async throws {
        let list = try await forerunners(id)
        let codes = Set(list.forerunners.compactMap { $0.enterprise?.creditCode }).sorted()
        try await record(codes.map { answer(of: $0, given: true) }, toForerunners: list)
    }

    func record(
        _ consents: [RankingAPI.Consent], toForerunners list: RankingAPI.ForerunnerList,
        as actor: Actor = RankingFixture.agency
    ) async throws {
        _ = try await service.recordConsents(
            .init(listId: list.id, consents: consents, resultDigest: list.digest), call(actor))
    }

    func submitForerunners(_ id: String) async throws {
        _ = try await service.submitForerunners(
            .init(forerunnerListId: id, undertakings: Self.undertakings), call(Self.agency))
    }

    /// Id of a list of the two best under notice.
    func forerunnersUnderNotice(of listID: String) async throws -> String {
        let id = try await forerunnersChosen(from: listID)
        try await consentToForerunners(id)
        try await submitForerunners(id)
        try await bringUnderNotice(forerunners: id)
        return id
    }

    func bringUnderNotice(forerunners id: String) async throws {
        _ = try await service.reviewForerunners(
            .init(forerunnerListId: id, pass: true, opinion: "齐全"), call(Self.workAgency))
        go(to: "2025-11-14")
        _ = try await service.openForerunnerNotice(.init(forerunnerListId: id), call(Self.workAgency))
    }
}
