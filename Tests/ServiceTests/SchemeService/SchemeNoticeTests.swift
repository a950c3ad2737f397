import Authority
import Contracts
import Ledger
import Regulation
import SchemeService
import Testing
import Wire

@Suite("Notice, objections and publication of a scheme (3.1.3)")
struct SchemeNoticeTests {
    @Test("an undisputed scheme goes the whole way and is published with its agency")
    func published() async throws {
        let stage = try SchemeStage()
        let (id, schemeID) = try await stage.published()
        let scheme = try await stage.everybody.getScheme(.init(id: schemeID))
        #expect(scheme.agency == SchemeStage.agency.institution)
        #expect(scheme.scheme == EvaluationAPI.EvaluationScheme(SchemeSample.scheme))
        #expect(scheme.applicationId == id)
        #expect(scheme.publishedOn == "2025-04-26")
        #expect(scheme.keyFieldName == SchemeStage.keyField.name)
        #expect(scheme.digest.count == 32)
        #expect(!scheme.ruleEdition.isEmpty)
        let application = try await stage.application(id)
        #expect(application.state == .published)
        #expect(application.schemeId == schemeID)
        let listed = try await stage.everybody.listSchemes(.init(keyField: SchemeStage.field)).schemes
        #expect(listed == [scheme])
        #expect(try await stage.everybody.listSchemes(.init(keyField: "2025-PUMP")).schemes.isEmpty)
        let events = try await stage.harness.ledger.events(after: 0, limit: 1000)
        #expect(events.last?.type == SchemeAPI.SchemePublished.fullName)
        try stage.harness.expectSoundRecord()
    }

    @Test("a notice posted on a Friday ends on the tenth working day after, across the holiday of May")
    func period() async throws {
        let stage = try SchemeStage()
        let (id, noticeID) = try await stage.underNotice()
        let notice = try #require(try await stage.application(id).notice)
        #expect(notice.postedOn == "2025-04-11")
        #expect(notice.lastDay == "2025-04-25")
        #expect(notice.workingDays == 10)
        #expect(!notice.provisional)
        try stage.harness.go(to: "2025-04-25", hour: 23, minute: 59)
        #expect(
            try await stage.everybody.listNotices(.init(openOnly: true)).notices.map(\.id) == [noticeID])
        try stage.harness.go(to: "2025-04-26", hour: 0, minute: 0)
        #expect(try await stage.everybody.listNotices(.init(openOnly: true)).notices.isEmpty)
        #expect(try await stage.everybody.listNotices(.init()).notices.map(\.state) == [.closed])
    }

    @Test("an objection is in time to 24:00 of the last day, and late a minute after")
    func lastDay() async throws {
        let stage = try SchemeStage()
        let (_, notice) = try await stage.underNotice()
        try stage.harness.go(to: "2025-04-25", hour: 23, minute: 59)
        _ = try await stage.objection(to: notice)
        try stage.harness.go(to: "2025-04-26", hour: 0, minute: 0)
        await expectRefusal("OBJECTION_TOO_LATE") { () async throws(RPCStatus) in
            try await stage.everybody.lodgeObjection(
                .init(noticeId: notice, objector: "某企业", ground: "指标过低"))
        }
        await expectRefusal("OBJECTION_TOO_LATE", "OBJECTION_GROUND_MISSING") { () async throws(RPCStatus) in
            try await stage.everybody.lodgeObjection(.init(noticeId: notice, objector: "某企业", ground: " "))
        }
    }

    @Test("nothing is determined while the notice runs or an objection is open, and never without minutes")
    func tooEarly() async throws {
        let stage = try SchemeStage()
        let (id, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        func determine(_ minutes: String = "纪要") async throws(RPCStatus) -> CommonAPI.Receipt {
            try await stage.committee.determineAgency(.init(applicationId: id, minutes: minutes))
        }
        try stage.harness.go(to: "2025-04-25", hour: 23, minute: 59)
        await expectRefusal("NOTICE_STILL_OPEN", "OBJECTION_OPEN") { () async throws(RPCStatus) in
            try await determine()
        }
        try stage.harness.go(to: "2025-04-26", hour: 0, minute: 0)
        await expectRefusal("OBJECTION_OPEN") { () async throws(RPCStatus) in try await determine() }
        _ = try await stage.committee.settleObjection(
            .init(objectionId: objection, outcome: .rejected, reason: "已有论证"))
        await expectRefusal("MINUTES_MISSING") { () async throws(RPCStatus) in try await determine("") }
        #expect(try await determine().state == "DETERMINED")
        #expect(
            try await stage.workAgency.publishScheme(.init(applicationId: id)).state == "PUBLISHED")
        let settled = try #require(try await stage.application(id).notice?.objections.first)
        #expect(settled.state == .rejected)
        #expect(settled.decidedOn == "2025-04-26")
    }

    @Test("the committee decides once, for one of three outcomes, with its reason")
    func settlement() async throws {
        let stage = try SchemeStage()
        let (_, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        func settle(
            _ outcome: CommonAPI.ObjectionState, _ reason: String
        ) async throws(RPCStatus) -> CommonAPI.Receipt {
            try await stage.committee.settleObjection(
                .init(objectionId: objection, outcome: outcome, reason: reason))
        }
        for outcome in CommonAPI.ObjectionState.allCases
        where ![.rejected, .upheld, .amend].contains(outcome) {
            await expectRefusal("OBJECTION_OUTCOME_MISSING") { () async throws(RPCStatus) in
                try await settle(outcome, "理由")
            }
        }
        await expectRefusal("SETTLEMENT_REASON_MISSING") { () async throws(RPCStatus) in
            try await settle(.rejected, "")
        }
        #expect(try await settle(.rejected, "已有论证").state == "REJECTED")
        await expectRefusal("OBJECTION_SETTLED_ALREADY") { () async throws(RPCStatus) in
            try await settle(.upheld, "改变主意")
        }
    }

    @Test("an objection upheld ends the scheme")
    func upheld() async throws {
        let stage = try SchemeStage()
        let (id, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        _ = try await stage.committee.settleObjection(
            .init(objectionId: objection, outcome: .upheld, reason: "成立"))
        #expect(try await stage.application(id).state == .rejected)
        try stage.harness.go(to: "2025-04-28")
        await expectRefusal("WRONG_STATE") { () async throws(RPCStatus) in
            try await stage.committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        }
        #expect(try await stage.everybody.listSchemes(.init()).schemes.isEmpty)
        let notices = try await stage.everybody.listNotices(.init()).notices
        #expect(notices.map(\.state) == [.closed])
        #expect(notices.first?.objections.map(\.state) == [.upheld])
    }

    @Test("an amended scheme gets a new notice of ten working days, and only that one's end counts")
    func amended() async throws {
        let stage = try SchemeStage()
        let (id, notice) = try await stage.underNotice()
        let objection = try await stage.objection(to: notice)
        _ = try await stage.committee.settleObjection(
            .init(objectionId: objection, outcome: .amend, reason: "修改指标"))
        #expect(try await stage.application(id).state == .sentBack)
        var changed = SchemeSample.scheme
        changed.title = "LED筒灯企业标准“领跑者”评估方案（公示修改稿）"
        _ = try await stage.agency.reviseScheme(.init(applicationId: id, scheme: .init(changed)))
        #expect(try await stage.application(id).state == .panelPassed)
        try stage.harness.go(to: "2025-04-28")
        let second = try await stage.openNotice(id)
        #expect(second != notice)
        let period = try #require(try await stage.application(id).notice)
        #expect(period.lastDay == "2025-05-15")
        #expect(period.objections.isEmpty)
        try stage.harness.go(to: "2025-05-15", hour: 23, minute: 59)
        await expectRefusal("NOTICE_STILL_OPEN") { () async throws(RPCStatus) in
            try await stage.committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        }
        try stage.harness.go(to: "2025-05-16")
        _ = try await stage.committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        let schemeID = try await stage.workAgency.publishScheme(.init(applicationId: id)).id
        let scheme = try await stage.everybody.getScheme(.init(id: schemeID))
        #expect(scheme.scheme?.title == changed.title)
        try stage.harness.expectSoundRecord()
    }

    @Test("a notice into a year without a calendar is provisional and cannot be closed")
    func provisional() async throws {
        let stage = try SchemeStage()
        let id = try await stage.panelPassed()
        try stage.harness.go(to: "2026-12-28")
        _ = try await stage.openNotice(id)
        let notice = try #require(try await stage.application(id).notice)
        #expect(notice.provisional)
        try stage.harness.go(to: "2027-03-01")
        await expectRefusal("NOTICE_END_PROVISIONAL") { () async throws(RPCStatus) in
            try await stage.committee.determineAgency(.init(applicationId: id, minutes: "纪要"))
        }
        #expect(try await stage.everybody.listNotices(.init(openOnly: true)).notices.count == 1)
    }

    @Test("every objection lodged in time is answered, also when another one changes the scheme")
    func severalObjections() async throws {
        let stage = try SchemeStage()
        let (application, notice) = try await stage.underNotice()
        let first = try await stage.objection(to: notice, "指标过低")
        let second = try await stage.objection(to: notice, "范围过宽")
        _ = try await stage.committee.settleObjection(
            .init(objectionId: first, outcome: .amend, reason: "修改指标"))
        await expectRefusal("OBJECTION_OPEN") { () async throws(RPCStatus) in
            try await stage.agency.reviseScheme(
                .init(applicationId: application, scheme: .init(SchemeSample.scheme)))
        }
        let receipt = try await stage.committee.settleObjection(
            .init(objectionId: second, outcome: .rejected, reason: "范围适当"))
        #expect(receipt.state == "REJECTED")
        _ = try await stage.agency.reviseScheme(
            .init(applicationId: application, scheme: .init(SchemeSample.scheme)))
        _ = try await stage.workAgency.openNotice(.init(applicationId: application))
        let notices = try await stage.everybody.listNotices(.init()).notices
        #expect(notices.map(\.objections.count) == [2, 0])
    }
}
