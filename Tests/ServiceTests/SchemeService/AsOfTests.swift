import Authority
import Contracts
import Regulation
import SchemeService
import Testing
import Wire

/// Questions about the past, as a caller asks them.
@Suite("As of")
struct AsOfTests {
    private static func at(_ text: String) -> CallOptions {
        var options = CallOptions()
        options.metadata[CallMetadata.asOf] = text
        return options
    }

    @Test("an application is what it was on each day, at its end and to the minute")
    func days() async throws {
        let stage = try SchemeStage()
        let (id, scheme) = try await stage.published()
        let client = stage.workAgency
        func state(_ text: String) async throws -> SchemeAPI.ApplicationState {
            try await client.getApplication(.init(id: id), options: Self.at(text)).state
        }
        #expect(try await state("2025-03-20") == .submitted)
        #expect(try await state("2025-03-31") == .submitted)
        #expect(try await state("2025-04-01") == .panelPassed)
        #expect(try await state("2025-04-25") == .underNotice)
        #expect(try await state("2025-04-26T08:59:59+08:00") == .underNotice)
        #expect(try await state("2025-04-26T09:00:00+08:00") == .published)
        #expect(try await state("2025-04-26") == .published)
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await client.getApplication(.init(id: id), options: Self.at("2025-03-19"))
        }
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.everybody.getScheme(.init(id: scheme), options: Self.at("2025-04-25"))
        }
    }

    @Test("what follows from the date follows from the date asked about")
    func notice() async throws {
        let stage = try SchemeStage()
        _ = try await stage.published()
        try stage.harness.go(to: "2025-06-01")
        func open(_ text: String) async throws -> Int {
            try await stage.everybody.listNotices(.init(openOnly: true), options: Self.at(text)).notices.count
        }
        #expect(try await open("2025-04-10") == 0)
        #expect(try await open("2025-04-25") == 1)
        #expect(try await open("2025-05-31") == 0)
    }

    @Test("personal data that were erased are gone from the past")
    func erased() async throws {
        let stage = try SchemeStage()
        let id = try await stage.submitted()
        try stage.harness.go(to: "2025-03-25")
        let asked = Self.at("2025-03-20")
        let before = try await stage.workAgency.getApplication(.init(id: id), options: asked)
        #expect(before.agency?.phone == PrivateWords.phone)
        _ = try await stage.workAgency.erasePersonalData(.init(id: id, reason: "本人请求"))
        let after = try await stage.workAgency.getApplication(.init(id: id), options: asked)
        #expect(after.agency?.phone == "")
    }

    @Test(
        "a moment that is none or is to come, and a command, are refused",
        arguments: [
            "", "yesterday", "2025-02-30", "2025-03-04", "2025-03-03T09:00:01+08:00", "2025-03-03T08:00:00",
        ])
    func refused(text: String) async throws {
        let stage = try SchemeStage()
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await stage.everybody.listSchemes(.init(), options: Self.at(text))
        }
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await stage.authority.publishKeyField(
                .init(keyField: SchemeStage.keyField), options: Self.at("2025-03-02"))
        }
    }

    @Test("whoever knows only the present, and every command, refuses to be asked about the past")
    func present() async throws {
        let service = "compliance.v1.ComplianceService"
        let refused = ["GetStatusList", "GetTrust"].map { "/forerunner.\(service)/\($0)" }
        let authorities = ["scheme", "ranking", "compliance"].map { "/forerunner.\($0).v1." }
        for (path, policy) in AccessTable.policies {
            let isAuthority = authorities.contains { path.hasPrefix($0) }
            let knowsPast = policy.effect == .read && isAuthority && !refused.contains(path)
            let names = path.split(separator: "/").map(String.init)
            let call = CallContext(
                service: names[0], method: names[1], metadata: Self.at("2025-03-20").metadata,
                deadline: .after(.seconds(60)), peer: "test")
            do throws(RPCStatus) {
                _ = try await PresentInterceptor().intercept(call) { _ throws(RPCStatus) in true }
                #expect(knowsPast, "\(path) was let through")
            } catch {
                #expect(!knowsPast, "\(path): \(error)")
            }
        }
    }

    /// So that nobody takes today's answer for an earlier one.
    @Test("every question to SchemeService looks at the moment that is asked about")
    func everyMethod() async throws {
        let stage = try SchemeStage()
        let channel = stage.harness.channel(as: SchemeStage.workAgency)
        var count = 0
        for service in ServiceCatalogue.description.services {
            for method in service.methods where method.effect == .read && !method.streamsResponses {
                guard service.name.hasSuffix("SchemeService") else { continue }
                count += 1
                do throws(RPCStatus) {
                    _ = try await channel.unary(
                        service: service.name, method: method.name, payload: [], options: Self.at("never"))
                    Issue.record("\(method.name) answered")
                } catch {
                    #expect(error.message.contains(CallMetadata.asOf), "\(method.name): \(error)")
                }
            }
        }
        #expect(count > 6)
    }
}
