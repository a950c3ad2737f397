import Authority
import Contracts
import Ledger
import SchemeService
import Testing
import Wire

@Suite("What SchemeService's record keeps, repeats and never shows")
struct SchemeRecordTests {
    @Test("a repeated request gets the same receipt and is done once")
    func repeated() async throws {
        let stage = try SchemeStage()
        let client = stage.client(SchemeStage.authority, requestID: .fixed("once"))
        let first = try await client.publishKeyField(.init(keyField: SchemeStage.keyField))
        try stage.harness.go(to: "2025-03-05")
        #expect(try await client.publishKeyField(.init(keyField: SchemeStage.keyField)) == first)
        try stage.harness.restart()
        let later = stage.client(SchemeStage.authority, requestID: .fixed("once"))
        #expect(try await later.publishKeyField(.init(keyField: SchemeStage.keyField)) == first)
        #expect(try await stage.harness.ledger.lastPosition() == first.position)
    }

    @Test("a request that is sent several times at once gets one receipt each time")
    func repeatedAtOnce() async throws {
        let stage = try SchemeStage()
        for number in 1...50 {
            let client = stage.client(SchemeStage.authority, requestID: .fixed("once \(number)"))
            var field = SchemeStage.keyField
            field.code = "\(field.code)-\(number)"
            let request = SchemeAPI.PublishKeyFieldRequest(keyField: field)
            let receipts = try await withThrowingTaskGroup(of: CommonAPI.Receipt.self) { group in
                for _ in 1...6 { group.addTask { try await client.publishKeyField(request) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.allSatisfy { $0.position == Int64(number) }, "\(receipts)")
        }
    }

    @Test("an id used for another content or another method is refused, for another actor it is new")
    func reused() async throws {
        let stage = try SchemeStage()
        let client = stage.client(SchemeStage.workAgency, requestID: .fixed("once"))
        _ = try await client.enrolExpert(.init(expert: SchemeStage.expert(1)))
        await expectStatus(.alreadyExists) { () async throws(RPCStatus) in
            try await client.enrolExpert(.init(expert: SchemeStage.expert(2)))
        }
        await expectStatus(.alreadyExists) { () async throws(RPCStatus) in
            try await client.openCall(.init(keyField: SchemeStage.field))
        }
        let other = stage.client(SchemeStage.authority, requestID: .fixed("once"))
        _ = try await other.publishKeyField(.init(keyField: SchemeStage.keyField))
    }

    @Test("a command without a request id, or with one too long, is refused; a question needs none")
    func missing() async throws {
        let stage = try SchemeStage()
        for id in [ActorChannel.RequestID.none, .fixed(""), .fixed(String(repeating: "x", count: 129))] {
            let client = stage.client(SchemeStage.authority, requestID: id)
            await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
                try await client.publishKeyField(.init(keyField: SchemeStage.keyField))
            }
        }
        _ = try await stage.client(.everybody, requestID: ActorChannel.RequestID.none)
            .listKeyFields(.init(year: 2025))
        #expect(try await stage.harness.ledger.lastPosition() == 0)
    }

    @Test("a refused command leaves no trace and may be sent again under its id")
    func refusedThenTaken() async throws {
        let stage = try SchemeStage()
        let id = try await stage.submitted()
        let client = stage.client(SchemeStage.workAgency, requestID: .fixed("panel"))
        let panel = SchemeAPI.AppointPanelRequest(
            applicationId: id, expertIds: SchemeStage.experts.map { "E\($0)" })
        await expectRefusal("WRONG_STATE") { () async throws(RPCStatus) in
            try await client.appointPanel(panel)
        }
        _ = try await stage.workAgency.reviewForm(.init(applicationId: id, pass: true, opinion: "齐全"))
        #expect(try await client.appointPanel(panel).state == "UNDER_PANEL")
    }

    @Test("commands on one application at the same moment are all decided, one after the other")
    func concurrent() async throws {
        let stage = try SchemeStage()
        let id = try await stage.underPanel()
        await withTaskGroup(of: Void.self) { group in
            for number in SchemeStage.experts {
                for _ in 0..<2 {
                    let client = stage.committee
                    group.addTask {
                        _ = try? await client.giveOpinion(
                            .init(applicationId: id, opinion: SchemeStage.opinion(number)))
                    }
                }
            }
        }
        let experts = try await stage.application(id).opinions.map(\.expertId).sorted()
        #expect(experts == SchemeStage.experts.map { "E\($0)" })
        try stage.harness.expectSoundRecord()
    }

    @Test("contact data of agencies and objectors are in no public answer")
    func privacy() async throws {
        let stage = try SchemeStage()
        let (id, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        _ = try await stage.committee.settleObjection(
            .init(objectionId: objection, outcome: .rejected, reason: "已有论证"))
        try stage.harness.go(to: "2025-04-26")
        _ = try await stage.committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        let scheme = try await stage.workAgency.publishScheme(.init(applicationId: id)).id
        let channel = Eavesdropper(stage.harness.channel(as: .everybody))
        let everybody = SchemeServiceClient(channel)
        _ = try await everybody.getScheme(.init(id: scheme))
        _ = try await everybody.listSchemes(.init())
        _ = try await everybody.listKeyFields(.init())
        let notices = try await everybody.listNotices(.init()).notices
        #expect(notices.first?.objections.first?.objector == "某企业")
        let streams = Set(try await stage.harness.ledger.events(after: 0, limit: 1000).map(\.stream))
        #expect(streams.count > 8)
        for stream in streams { _ = try await everybody.listHistory(.init(stream: stream)) }
        for word in PrivateWords.all + SchemeStage.experts.map({ "专家\($0)" }) {
            #expect(!channel.heard(word), "\(word) is public")
        }
        #expect(channel.heard("某企业"), "the ear is deaf")
        let internalAnswer = try await stage.application(id).serialized()
        #expect(Eavesdropper.contains(internalAnswer, PrivateWords.mobile), "the data were never stored")
        #expect(!Eavesdropper.contains(internalAnswer, PrivateWords.objector))
    }

    @Test("the history of an application tells each step once, with its article, in both languages")
    func history() async throws {
        let stage = try SchemeStage()
        let (id, _) = try await stage.published()
        let lines = try await stage.everybody.listHistory(.init(stream: "application/\(id)")).lines
        #expect(
            lines.map(\.citation) == ["3.1.1", "3.1.2", "3.1.2", "3.1.2", "3.1.3", "3.1.1", "3.1.3"])
        #expect(
            lines.map(\.date) == [
                "2025-03-20", "2025-04-01", "2025-04-01", "2025-04-01", "2025-04-11", "2025-04-26",
                "2025-04-26",
            ])
        #expect(lines.allSatisfy { !$0.textZh.isEmpty && !$0.textEn.isEmpty })
        #expect(lines.map(\.position) == lines.map(\.position).sorted())
    }

    @Test("projections made anew give the same answers")
    func rebuild() async throws {
        let stage = try SchemeStage()
        let (id, scheme) = try await stage.published()
        func answers() async throws -> [[UInt8]] {
            let everybody = stage.everybody
            return [
                try await stage.application(id).serialized(),
                try await everybody.getScheme(.init(id: scheme)).serialized(),
                try await everybody.listKeyFields(.init()).serialized(),
                try await everybody.listNotices(.init()).serialized(),
                try await everybody.listHistory(.init(stream: "application/\(id)")).serialized(),
            ]
        }
        let before = try await answers()
        try stage.harness.rebuild()
        #expect(try await answers() == before)
        try stage.harness.expectSoundRecord()
    }
}
