import Contracts
import Foundation
import GRDB
import Ledger
import SchemeService
import Testing
import Transparency
import Wire

/// Personal data are gone when they were erased, and the record proves the same as before (R29).
@Suite("Erasure of personal data")
struct ErasureTests {
    /// Words that are erased; the representative's name stays, as the register of institutions has it.
    private static let words = PrivateWords.all.filter { $0 != PrivateWords.representative }

    @Test("erased data are in no byte of the store; chain, projections and public acts stay as they were")
    func erased() async throws {
        let stage = try SchemeStage()
        let (id, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        let kept = try await stage.workAgency.getPersonalData(.init(id: objection)).data
        #expect(kept?.contact == PrivateWords.objector)
        for word in Self.words {
            #expect(try Self.isStored(word, in: stage), "\(word) was never stored")
            #expect(try await !Self.isRecorded(word, in: stage), "\(word) is in an event")
        }
        let before = try await Self.proofs(of: stage)

        for data in [id, objection] {
            let receipt = try await stage.workAgency.erasePersonalData(.init(id: data, reason: "本人请求"))
            #expect(receipt.state == "ERASED")
        }

        for word in Self.words { #expect(try !Self.isStored(word, in: stage), "\(word) is still there") }
        let after = try await Self.proofs(of: stage)
        #expect(Array(after.chain.prefix(before.chain.count)) == before.chain)
        #expect(after.acts == before.acts)
        let application = try await stage.application(id)
        #expect(application.agency?.institution?.name == SchemeStage.agency.institutionName)
        #expect(application.agency?.phone == "")
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.workAgency.getPersonalData(.init(id: objection))
        }
        try stage.harness.expectSoundRecord()
        try stage.harness.rebuild()
        try stage.harness.expectSoundRecord()
        #expect(try await stage.application(id) == application)
    }

    @Test("erasing is a command like any other: once, for a reason, answered again when sent again")
    func command() async throws {
        let stage = try SchemeStage()
        let (_, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        let client = stage.client(SchemeStage.workAgency, requestID: .fixed("erase-1"))
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await client.erasePersonalData(.init(id: objection))
        }
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await client.erasePersonalData(.init(id: "OBJECTION-0", reason: "本人请求"))
        }
        let first = try await client.erasePersonalData(.init(id: objection, reason: "本人请求"))
        #expect(try await client.erasePersonalData(.init(id: objection, reason: "本人请求")) == first)
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.workAgency.erasePersonalData(.init(id: objection, reason: "再次"))
        }
    }

    @Test("a command sent again gets its answer after its data were erased, and without them")
    func resent() async throws {
        let stage = try SchemeStage()
        let (_, notice) = try await stage.underNotice()
        let everybody = stage.client(.everybody, requestID: .fixed("objection-1"))
        func lodge(_ contact: String) async throws -> CommonAPI.Receipt {
            try await everybody.lodgeObjection(
                .init(noticeId: notice, objector: "某企业", ground: "指标过低", contact: contact))
        }
        let first = try await lodge(PrivateWords.objector)
        _ = try await stage.workAgency.erasePersonalData(.init(id: first.id, reason: "本人请求"))
        #expect(try await lodge(PrivateWords.objector) == first)
        #expect(try await lodge("") == first)
    }

    @Test("an objection without contact data keeps none")
    func nothingKept() async throws {
        let stage = try SchemeStage()
        let (_, notice) = try await stage.underNotice()
        let id = try await stage.everybody.lodgeObjection(
            .init(noticeId: notice, objector: "某企业", ground: "指标过低")
        ).id
        await expectStatus(.notFound) { () async throws(RPCStatus) in
            try await stage.workAgency.getPersonalData(.init(id: id))
        }
    }

    @Test(
        "an audit finds personal data that were changed, removed or put back",
        arguments: [
            ("UPDATE personal SET data = x'0a0131'", "the data were changed"),
            ("DELETE FROM personal", "no event erased it"),
            ("INSERT INTO personal VALUES ('APP-1', zeroblob(32), x'')", "no event has such data"),
        ])
    func audited(sql: String, problem: String) async throws {
        let stage = try SchemeStage()
        _ = try await stage.underNotice()
        stage.harness.ledger.close()
        try Self.tamper(stage, sql)
        let report = try LedgerAudit.run(path: stage.harness.path, projector: SchemeProjections())
        #expect(report.problems.count == 1)
        #expect("\(report.problems)".contains(problem))
    }

    @Test("data that were erased and are there again are found")
    func putBack() async throws {
        let stage = try SchemeStage()
        let (id, _) = try await stage.underNotice()
        let row = try await stage.harness.ledger.read { database in
            try String.fetchOne(database, sql: "SELECT quote(salt) || ', ' || quote(data) FROM personal")
        }
        _ = try await stage.workAgency.erasePersonalData(.init(id: id, reason: "本人请求"))
        stage.harness.ledger.close()
        try Self.tamper(stage, "INSERT INTO personal VALUES ('\(id)', \(try #require(row)))")
        let report = try LedgerAudit.run(path: stage.harness.path, projector: SchemeProjections())
        #expect("\(report.problems)".contains("was to be erased"))
    }

    // MARK: Looking

    private static func isStored(_ word: String, in stage: SchemeStage) throws -> Bool {
        try ["", "-wal"].contains { suffix in
            let file = URL(fileURLWithPath: stage.harness.path + suffix)
            return try Data(contentsOf: file).range(of: Data(word.utf8)) != nil
        }
    }

    private static func isRecorded(_ word: String, in stage: SchemeStage) async throws -> Bool {
        try await stage.harness.ledger.events(after: 0, limit: 1000).contains { event in
            Data(event.payload).range(of: Data(word.utf8)) != nil
        }
    }

    /// Chain values of all events, and the public acts in them as the log has them.
    private static func proofs(of stage: SchemeStage) async throws -> (chain: [[UInt8]], acts: [[UInt8]]) {
        let events = try await stage.harness.ledger.events(after: 0, limit: 1000)
        return (events.map(\.chain), try events.compactMap { try SchemePublicActs.act(in: $0)?.entry })
    }

    private static func tamper(_ stage: SchemeStage, _ sql: String) throws {
        let queue = try DatabaseQueue(path: stage.harness.path)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { database in
            let trigger = try #require(
                try String.fetchOne(
                    database, sql: "SELECT sql FROM sqlite_schema WHERE name = 'personal_stay'"))
            try database.execute(sql: "DROP TRIGGER personal_stay; \(sql); \(trigger)")
        }
    }
}
