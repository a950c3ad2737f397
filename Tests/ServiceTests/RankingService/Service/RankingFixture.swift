import Authority
import Contracts
import Crypto
import Foundation
import Ledger
import Logging
import RankingService
import Regulation
import Synchronization
import Testing
import Wire

/// Who is barred, set by the test; unreachable when nil.
final class KnownStanding: StandingSource {
    private let known = Mutex<[RankingAPI.BarUsed]?>([])

    func set(_ bars: [RankingAPI.BarUsed]?) { known.withLock { $0 = bars } }

    func bars(on day: CivilDate, call: CallContext) async throws(RPCStatus) -> [RankingAPI.BarUsed] {
        guard let bars = known.withLock({ $0 }) else {
            throw RPCStatus(code: .unavailable, message: "ComplianceService is away")
        }
        return bars
    }
}

/// A RankingService on a store of its own, with a clock that stands where the test sets it.
final class RankingFixture: Sendable {
    static let schemeID = "SCHEME-1"
    static let agency = Actor(
        role: .evaluationAgency, institutionCode: code(100).text, institutionName: "评估机构")
    static let workAgency = Actor(role: .workAgency, institutionCode: code(101).text)
    static let committee = Actor(role: .committee)

    let ledger: Ledger
    let clock: StandingClock
    let standing = KnownStanding()
    let service: RankingService
    let folder: String
    /// Whether the best standard covers a second model, "M1B".
    private let isPaired: Bool
    private let requestCount = Mutex(0)

    var path: String { folder + "/ranking.sqlite" }

    init(isPaired: Bool = false) throws {
        self.isPaired = isPaired
        folder = NSTemporaryDirectory() + "ranking-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        clock = StandingClock(Self.moment("2025-09-01"))
        ledger = try Ledger.open(
            at: folder + "/ranking.sqlite", mark: StoreMark(role: "ranking", timeKind: clock.kind),
            projector: RankingProjections(), create: true)
        let desk = CommandDesk(
            ledger: ledger, time: clock, logger: Logger(label: "test"), salt: Salt.drawn)
        service = RankingHost(desk: desk, standing: standing, dataFolder: folder).service
    }

    deinit {
        ledger.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func moment(_ day: String) -> Instant { .shanghai(CivilDate(day)!, hour: 9, minute: 0) }

    func go(to day: String) { clock.set(Self.moment(day)) }

    /// A call as the gateway would pass it on.
    func call(_ actor: Actor = .everybody, request: String? = nil) -> CallContext {
        let number = requestCount.withLock { count in
            count += 1
            return count
        }
        var metadata = actor.vouched(in: Metadata(), platformKey: "key")
        metadata[CallMetadata.requestID] = request ?? "request-\(number)"
        return CallContext(
            service: "forerunner.ranking.v1.RankingService", method: "Test", metadata: metadata,
            deadline: .after(.seconds(60)), peer: "test")
    }

    static func code(_ number: UInt8) -> CreditCode { .synthesised(region: "330000", seed: [number]) }

    // MARK: Data: four standards that are ranked, one below baseline, one row that cannot be read

    static let rows: [(name: String, code: CreditCode, efficacy: String, flicker: String)] = [
        ("甲公司", code(1), "140", "0.1"), ("乙公司", code(2), "131", "0.2"), ("丙公司", code(3), "115", "0.4"),
        ("丁公司", code(4), "95", "0.9"), ("戊公司", code(5), "85", "0.9"), ("己公司", code(6), "bright", "0.9"),
    ]

    static var file: [UInt8] {
        var text = "Name,Code,Number,Model,Efficacy,Flicker,Date\n"
        for (index, row) in rows.enumerated() {
            text += "\(row.name),\(row.code.text),Q/LAMP 00\(index + 1)-2025,M\(index + 1),\(row.efficacy),"
            text += "\(row.flicker),2025-03-0\(index + 1)\n"
        }
        return Array(text.utf8)
    }

    static let profile = StandardsAPI.ImportProfile(
        name: "lamps", source: "test data", licence: "none", format: .csv,
        enterpriseName: .init(column: "Name"), creditCode: .init(column: "Code"),
        standardNumber: .init(column: "Number"), standardName: .init(constant: "LED灯"),
        category: .init(constant: "LAMP"), models: [.init(column: "Model")],
        declaredOn: .init(column: "Date", format: "YYYY-MM-DD"),
        indicators: [
            .init(indicator: "efficacy", column: "Efficacy", relation: .atLeast, unit: "lm/W"),
            .init(indicator: "flicker", column: "Flicker", relation: .atMost),
        ], seriesProduced: true)

    static let scheme = EvaluationAPI.EvaluationScheme(
        title: "LED灯企业标准领跑者评估方案", year: 2025, keyField: "2025-LAMP",
        scope: .init(items: [.init(name: "LED灯")], category: "LAMP", sector: .consumerGoods),
        indicators: [
            .init(
                code: "efficacy", name: "光效", kind: .core, direction: .higher, weight: "1",
                variants: [
                    .init(
                        unit: "lm/W", legal: .init(value: "80"), legalSource: "GB 30255",
                        baseline: .init(value: "90"), average: .init(value: "110"),
                        advanced: .init(value: "130"))
                ]),
            .init(
                code: "flicker", name: "频闪", kind: .core, direction: .lower, weight: "1",
                variants: [
                    .init(
                        baseline: .init(value: "1"), average: .init(value: "0.5"),
                        advanced: .init(value: "0.2"))
                ]),
        ],
        method: .init(model: .graded, orderWithinGrade: [.init(kind: .indicator, indicator: "efficacy")]),
        methodStatement: "分级评价", cycle: .yearly,
        forerunners: .init(
            consumerChoice: "便于选择", industryDevelopment: "水平较高", declaredStandardCount: "数量适中",
            targetNumber: 2))

    /// The scheme arrives by SchemeService's feed.
    func learnScheme(
        agency: CommonAPI.Institution = RankingFixture.agency.institution,
        keyFieldName: String = "照明电器"
    ) async throws {
        let published = SchemeAPI.SchemePublished(
            scheme: .init(
                id: Self.schemeID, agency: agency, scheme: Self.scheme,
                digest: Array(repeating: 7, count: 32),
                keyFieldName: keyFieldName))
        let event = FeedAPI.Event(
            position: 1, stream: "application/1", version: 1, type: SchemeAPI.SchemePublished.fullName,
            payload: published.serialized())
        let drafts = try await RankingService.schemeConsequence(event, ledger, clock.now())
        _ = try await ledger.append(
            Append(
                drafts: drafts, expected: [:], requestID: "feed", requester: "feed", requestDigest: [],
                answer: { _ in [] }, moment: clock.now().utcMicroseconds, actor: "feed",
                ruleEdition: "test"))
    }

    /// The file with a column for second models, when there is one.
    private var ownProfile: StandardsAPI.ImportProfile {
        var profile = Self.profile
        if isPaired { profile.models.append(.init(column: "Second")) }
        return profile
    }

    private var ownFile: [UInt8] {
        guard isPaired else { return Self.file }
        let lines = String(decoding: Self.file, as: UTF8.self).split(separator: "\n")
        let second = ["Second", "M1B"] + Array(repeating: "", count: lines.count - 2)
        return Array(zip(lines, second).map { "\($0),\($1)\n" }.joined().utf8)
    }

    func startRequest(
        file: [UInt8] = RankingFixture.file, sha256: [UInt8]? = nil,
        profile: StandardsAPI.ImportProfile = RankingFixture.profile,
        kind: RankingAPI.SnapshotKind = .unspecified, cutoff: String = "2025-09-01"
    ) -> RankingAPI.StartImportRequest {
        RankingAPI.StartImportRequest(
            fileName: "lamps.csv", byteCount: UInt64(file.count),
            sha256: sha256 ?? Array(SHA256.hash(data: file)), profile: profile, cutoff: cutoff, kind: kind)
    }

    func importOwnFile() async throws -> RankingAPI.Snapshot {
        try await importFile(ownFile, profile: ownProfile)
    }

    func importFile(
        _ file: [UInt8] = RankingFixture.file, profile: StandardsAPI.ImportProfile = RankingFixture.profile,
        kind: RankingAPI.SnapshotKind = .unspecified, cutoff: String = "2025-09-01"
    ) async throws -> RankingAPI.Snapshot {
        let request = startRequest(file: file, profile: profile, kind: kind, cutoff: cutoff)
        let started = try await service.startImport(request, call(Self.workAgency))
        for start in stride(from: 0, to: file.count, by: 1 << 20) {
            _ = try await service.sendPart(
                .init(
                    importId: started.importId, offset: UInt64(start),
                    bytes: Array(file[start..<min(start + 1 << 20, file.count)])), call(Self.workAgency))
        }
        let finished = try await service.finishImport(
            .init(importId: started.importId), call(Self.workAgency))
        return try #require(finished.snapshot)
    }
}
