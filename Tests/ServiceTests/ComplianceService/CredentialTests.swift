import Authority
import ComplianceService
import Contracts
import Credentials
import Foundation
import Ledger
import Regulation
import Testing
import Transparency
import Wire

@Suite("Titles as credentials")
struct CredentialTests {
    /// What a shop makes of a title at the stage's present moment.
    private func verdict(_ stage: TitleStage, _ titleID: String) async throws -> TitleVerdict {
        let credential = try await stage.everybody.getCredential(.init(titleId: titleID))
        let number = try #require(credential.credential).statusList
        let list = try await stage.everybody.getStatusList(.init(number: number))
        let trust = try await stage.everybody.getTrust(.init()).trust
        let verification = TitleVerification(
            trust: try TitleTrust(CanonicalJSON(Array(trust.utf8))),
            at: stage.harness.clock.now().utcMicroseconds / 1_000_000)
        return verification.verify(title: credential.text, status: list.token, proof: nil)
    }

    @Test("each title is handed out once, says what was granted, and is valid")
    func issued() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        for _ in 1...3 { try await stage.issue() }
        var places: Set<UInt32> = []
        for title in titles {
            let found = try await verdict(stage, title.id)
            #expect(found.conclusion == .valid, "\(found.checks)")
            let claims = try #require(found.claims)
            #expect(claims.titleID == title.id)
            #expect(claims.enterprise.creditCode == title.forerunner?.enterprise?.creditCode)
            #expect(claims.models == title.forerunner?.models)
            #expect(claims.standard == title.forerunner?.standardNumber)
            #expect(claims.validUntil == TitleStage.lastValid)
            let credential = try await stage.everybody.getCredential(.init(titleId: title.id)).credential
            places.insert(try #require(credential).statusIndex)
        }
        #expect(places.count == titles.count)
        // Nobody can tell from a place how many titles there are.
        #expect(places.contains { $0 > 1000 })
        let events = try await stage.harness.ledger.events(after: 0, limit: 1000)
        #expect(events.filter { $0.type == ComplianceAPI.CredentialIssued.fullName }.count == titles.count)
        try stage.harness.expectSoundRecord()
    }

    @Test("a title holds to the end of its last day in Shanghai")
    func lastDay() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try await stage.issue()
        try stage.harness.go(to: TitleStage.lastValid, hour: 23, minute: 59)
        #expect(try await verdict(stage, title.id).conclusion == .valid)
        try stage.harness.go(to: "2026-06-03", hour: 0, minute: 0)
        #expect(try await verdict(stage, title.id).conclusion == .invalid)
    }

    @Test("a cancelled title is ended in the list at once, its holder's others are not")
    func cancelled() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try await stage.issue()
        #expect(try await verdict(stage, titles[0].id).conclusion == .valid)
        try await stage.cancelled(titles[0])
        #expect(try await verdict(stage, titles[0].id).conclusion == .invalid)
        #expect(try await verdict(stage, titles[1].id).conclusion == .valid)
        // Also after the projections were made anew.
        try stage.harness.rebuild()
        #expect(try await verdict(stage, titles[0].id).conclusion == .invalid)
        #expect(try await verdict(stage, titles[2].id).conclusion == .valid)
    }

    @Test("a title that was cancelled before it was handed out is ended from the first")
    func cancelledBefore() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try await stage.cancelled(titles[0])
        try await stage.issue()
        #expect(try await verdict(stage, titles[0].id).conclusion == .invalid)
        #expect(try await verdict(stage, titles[1].id).conclusion == .valid)
    }

    @Test("a list is signed anew in time, and not for each who asks")
    func freshness() async throws {
        let stage = try TitleStage()
        _ = try await stage.granted()
        try await stage.issue()
        let first = try await stage.everybody.getStatusList(.init(number: 0)).token
        #expect(try await stage.everybody.getStatusList(.init(number: 0)).token == first)
        try stage.harness.go(to: TitleStage.published, hour: 9, minute: 10)
        let second = try await stage.everybody.getStatusList(.init(number: 0)).token
        #expect(second != first)
        let read = try StatusListToken(second, keys: stage.trustedStatusKeys)
        #expect(read.issuedAt == stage.harness.clock.now().utcMicroseconds / 1_000_000)
        await #expect(throws: RPCStatus.self) { try await stage.everybody.getStatusList(.init(number: 1)) }
    }

    @Test("what the log says of a credential is its digest, nothing that it names")
    func publicAct() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try await stage.issue()
        let credential = try await stage.everybody.getCredential(.init(titleId: title.id))
        let event = try #require(
            try await stage.harness.ledger.events(after: credential.position - 1, limit: 1).first)
        let act = try #require(try CompliancePublicActs.act(in: event))
        #expect(act.act == "credential-issued")
        #expect(act.facts["title"]?.asText == title.id)
        let digest = try TitleCredential(
            credential.text, from: CredentialStage.issuer, keys: CredentialStage().trust.titleKeys
        ).digest
        #expect(act.facts["credential_sha256"]?.asText == HexText.text(digest))
    }

    @Test("a title that was not granted has no credential")
    func unknown() async throws {
        let stage = try TitleStage()
        await #expect(throws: RPCStatus.self) {
            try await stage.everybody.getCredential(.init(titleId: "TITLE-0000000000"))
        }
    }
}

extension TitleStage {
    fileprivate var trustedStatusKeys: TokenKeys { CredentialStage().trust.statusKeys }
}
