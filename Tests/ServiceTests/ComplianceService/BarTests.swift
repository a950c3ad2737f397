import Authority
import Contracts
import Ledger
import Testing
import Wire

@Suite("The three-year bar and the public history (3.2.6)")
struct TitleBarTests {
    @Test("the bar holds from the day of the decision to the same date three years later, inclusive")
    func days() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try await stage.cancelled(title)
        #expect(try await stage.barred(on: "2025-09-07").isEmpty)
        #expect(try await stage.barred(on: "2025-09-08") == [TitleStage.code(1)])
        #expect(try await stage.barred(on: "2027-01-01") == [TitleStage.code(1)])
        #expect(try await stage.barred(on: "2028-09-08") == [TitleStage.code(1)])
        #expect(try await stage.barred(on: "2028-09-09").isEmpty)
        #expect(try await stage.barred(on: "") == [TitleStage.code(1)])
        let bars = try await stage.everybody.listBars(.init())
        #expect(bars.position == (try await stage.harness.ledger.lastPosition()))
        #expect(bars.bars.first?.causes == [.fraudOrIntegrity])
        await expectStatus(.invalidArgument) { () async throws(RPCStatus) in
            try await stage.everybody.listBars(.init(on: "2025-9-8"))
        }
    }

    @Test("a bar decided on the 29th of February ends on the 28th")
    func leapDay() async throws {
        let stage = try TitleStage()
        var list = TitleStage.list
        list.publishedOn = "2027-12-01"
        try stage.harness.go(to: "2027-12-01")
        try await stage.publish(list)
        try await stage.follower.followOnce()
        let title = try #require(try await stage.titles().first)
        try stage.harness.go(to: "2028-02-28")
        _ = try await stage.demand(title)
        try stage.harness.go(to: "2028-02-29")
        _ = try await stage.agency.cancelTitle(.init(titleId: title.id, reason: "不实"))
        #expect(try await stage.barred(on: "2031-02-28") == [TitleStage.code(1)])
        #expect(try await stage.barred(on: "2031-03-01").isEmpty)
    }

    @Test("the holder's other titles stay valid and are flagged, another's are not")
    func otherTitles() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try await stage.cancelled(titles[0])
        let after = try await stage.titles()
        #expect(after.map(\.state) == [.cancelled, .valid, .valid])
        #expect(after.map(\.holderBarred) == [false, true, false])
        #expect(after.map(\.validUntil) == titles.map(\.validUntil))
    }

    @Test("a title granted to an enterprise that is already barred is flagged too, until the bar is over")
    func grantedLater() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try await stage.cancelled(title)
        for (id, day, isFlagged) in [("LATE", "2025-09-10", true), ("NEXT", "2028-09-09", false)] {
            var list = TitleStage.list
            list.id = id
            list.publishedOn = day
            try await stage.publish(list)
            try await stage.follower.followOnce()
            let granted = try await stage.titles().filter { $0.forerunnerListId == id }
            #expect(granted.map(\.holderBarred) == [isFlagged, isFlagged, false])
        }
        try stage.harness.expectSoundRecord()
    }

    @Test("the history tells every act in both languages, with its article, and no personal data")
    func history() async throws {
        let stage = try TitleStage()
        let title = try #require(try await stage.granted().first)
        try stage.harness.go(to: "2025-09-01")
        let check = try await stage.check(title, "EFFICACY", "94.9")
        _ = try await stage.demand(
            title,
            [
                .init(
                    cause: .spotCheckFailed, reference: check.id, statement: "由孙检验员 13911111111 抽样"),
                TitleStage.fraud,
            ])
        try stage.harness.go(to: "2025-09-08")
        _ = try await stage.agency.cancelTitle(.init(titleId: title.id, reason: "抽检未达标"))
        let ear = Eavesdropper(stage.harness.channel(as: .everybody))
        let everybody = ComplianceServiceClient(ear)
        let lines = try await everybody.getTitle(.init(id: title.id)).history
        #expect(lines.map(\.citation) == ["3.2.5", "3.2.6(4)", "3.2.6", "3.2.6", "3.2.6"])
        #expect(
            lines.map(\.date) == [
                "2025-06-03", "2025-09-01", "2025-09-01", "2025-09-08", "2025-09-08",
            ])
        #expect(lines.allSatisfy { !$0.textZh.isEmpty && !$0.textEn.isEmpty })
        #expect(lines[1].textEn.contains("94.9") && lines[1].textEn.contains("not met"))
        #expect(lines[2].textZh.contains("（4）") && lines[2].textZh.contains("（6）"))
        #expect(lines[3].textZh.contains(TitleStage.agency.institutionName))
        #expect(lines[4].textEn.contains("2028-09-08"))
        _ = try await everybody.findTitles(.init())
        _ = try await everybody.listBars(.init())
        #expect(!ear.heard("13911111111"))
        #expect(!ear.heard("孙检验员"))
        #expect(ear.heard("抽检未达标"))
    }

    @Test("projections made anew give the same answers, and the record is sound")
    func rebuild() async throws {
        let stage = try TitleStage()
        let titles = try await stage.granted()
        try stage.harness.go(to: "2025-08-01")
        _ = try await stage.check(titles[0], "FLICKER", "0.5", on: "2025-08-01")
        try await stage.cancelled(titles[0])
        func answers() async throws -> [[UInt8]] {
            [
                try await stage.everybody.getTitle(.init(id: titles[0].id)).serialized(),
                try await stage.everybody.findTitles(.init()).serialized(),
                try await stage.everybody.listBars(.init()).serialized(),
            ]
        }
        let before = try await answers()
        try stage.harness.rebuild()
        #expect(try await answers() == before)
        try stage.harness.expectSoundRecord()
    }
}
