import Contracts
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import RegulatedYear
import Testing
import Wire

/// One category's regulated year behind the public pages: lists with gaps, objections and exclusions, titles
/// of which one is cancelled, a bar, and a list under notice to which a hostile objection was lodged.
final class PublicYear: Sendable {
    /// Markup, quotation marks, and signs that join their neighbours into one character.
    static let hostile =
        "<script>alert(1)</script> \"onload='x' & <b>\u{0600}<img src=x>\"\u{0301} onfocus=\"y{{title}}"

    static let address = "https://forerunner.example"

    let platform: InProcessPlatform
    let outcome: YearOutcome
    let site: Site

    private init(platform: InProcessPlatform, outcome: YearOutcome) async throws {
        self.platform = platform
        self.outcome = outcome
        site = try await Site(backends: platform.backends, address: Self.address)
    }

    static func live() async throws -> PublicYear {
        let platform = try InProcessPlatform()
        platform.follow()
        let names = Array(BundledData.lampSchemes.suffix(1))
        let outcome = try await RegulatedYear(stage: platform, schemeNames: names).run()
        let year = try await PublicYear(platform: platform, outcome: outcome)
        try await year.object()
        return year
    }

    /// Two objections to the list under notice: to all of it, and to an entry that is not named.
    private func object() async throws {
        let list = try await listUnderNotice()
        let gap = try #require(try await entries(of: list.id).first { $0.standing == .consentNotGiven })
        for (index, entries) in [[], [gap.key]].enumerated() {
            _ = try await RankingServiceClient(platform.counter).lodgeObjection(
                .init(
                    noticeId: list.notice?.id ?? "", objector: Self.hostile, ground: Self.hostile,
                    entries: entries, contact: "secret@example.invalid"),
                options: .init(metadata: [CallMetadata.requestID: "hostile-\(index)"]))
        }
    }

    func listUnderNotice() async throws -> RankingAPI.RankingList {
        let lists = try await RankingServiceClient(platform.counter).listRankingLists(.init()).lists
        return try #require(lists.first { $0.state == .underNotice })
    }

    /// The entries as the list's own agency sees them.
    func entries(of list: String) async throws -> [RankingAPI.Entry] {
        let token = try #require(platform.token(of: .agency))
        return try await RankingServiceClient(platform.counter).getRankingList(
            .init(id: list, page: .init(limit: 1000)),
            options: .init(metadata: [CallMetadata.authorization: "Bearer \(token)"])
        ).entries
    }

    func get(_ path: String) async throws -> PublicPage { try await site.answer(path) }
}

/// What a browser receives.
struct PublicPage: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let html: String
}

extension Site {
    func answer(_ path: String, method: HTTPRequest.Method = .get) async throws -> PublicPage {
        let logger = Logger(label: "site") { _ in SwiftLogNoOpLogHandler() }
        return try await Application(router: router, logger: logger).test(.router) { client in
            try await client.execute(uri: path, method: method) { response in
                PublicPage(
                    status: response.status, headers: response.headers, html: String(buffer: response.body))
            }
        }
    }
}

/// Gives the tests of a suite one year to read, and takes it away after the last of them.
struct PublicYearTrait: SuiteTrait, TestScoping {
    @TaskLocal static var year: PublicYear?

    let isRecursive = false

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let year = try await PublicYear.live()
        try await Self.$year.withValue(year, operation: function)
        await year.platform.close()
    }
}
