import Contracts
import RankingService
import Regulation
import Testing

@Suite("Lifecycles of results")
struct ResultLifecycleTests {
    static let day = CivilDate(year: 2025, month: 9, day: 19)!
    static let period = NoticePeriod(postedOn: day, workingDays: 10, lastDay: day, provisional: false)

    /// Every state, with some data.
    static let states: [ResultState] = [
        .computed, .submitted(on: day), .returned, .reviewed, .underNotice(period),
        .published(on: day, after: period), .withdrawn,
    ]

    /// What each state takes; everything not named here must be refused.
    static let rankingSteps: [String: Set<RankingListStep>] = [
        "COMPUTED": [.recordConsents, .withdrawConsents, .submit],
        "SUBMITTED": [.withdrawConsents, .review],
        "RETURNED": [.recordConsents, .withdrawConsents, .submit],
        "REVIEWED": [.withdrawConsents, .openNotice],
        "UNDER_NOTICE": [.withdrawConsents, .lodgeObjection, .giveOpinion, .decideObjection, .publish],
        "PUBLISHED": [
            .giveOpinion, .decideObjection, .recordEvidence, .chooseForerunners, .recordOwnPublication,
        ],
        "WITHDRAWN": [],
    ]

    static let forerunnerSteps: [String: Set<ForerunnerListStep>] = [
        "COMPUTED": [.recordConsents, .withdrawConsents, .submit],
        "SUBMITTED": [.withdrawConsents, .review],
        "RETURNED": [.recordConsents, .withdrawConsents, .submit],
        "REVIEWED": [.withdrawConsents, .openNotice],
        "UNDER_NOTICE": [.withdrawConsents, .lodgeObjection, .giveOpinion, .decideObjection, .publish],
        "PUBLISHED": [.giveOpinion, .decideObjection, .publish, .recordOwnPublication],
        "WITHDRAWN": [],
    ]

    @Test(
        "every state of a ranking list takes exactly its steps", arguments: states, RankingListStep.allCases)
    func rankingList(state: ResultState, step: RankingListStep) throws {
        let expected = try #require(Self.rankingSteps[state.name]).contains(step)
        #expect(RankingListLifecycle.takes(step, in: state) == expected)
        if expected {
            try RankingListLifecycle.require(step, of: "L", in: state)
        } else {
            let refusal = #expect(throws: Refusal.self) {
                try RankingListLifecycle.require(step, of: "L", in: state)
            }
            #expect(refusal?.findings.map(\.code) == ["WRONG_STATE"])
            #expect(refusal?.findings.first?.subject == "L")
        }
    }

    @Test(
        "every state of a list of forerunners takes exactly its steps", arguments: states,
        ForerunnerListStep.allCases)
    func forerunnerList(state: ResultState, step: ForerunnerListStep) throws {
        let expected = try #require(Self.forerunnerSteps[state.name]).contains(step)
        #expect(ForerunnerListLifecycle.takes(step, in: state) == expected)
        if !expected {
            let refusal = #expect(throws: Refusal.self) {
                try ForerunnerListLifecycle.require(step, of: "L", in: state)
            }
            #expect(refusal?.findings.map(\.code) == ["WRONG_STATE"])
        }
    }

    @Test("a list is read into the state its message says, with the data of that state")
    func reading() throws {
        var list = RankingAPI.RankingList(id: "L", state: .computed)
        #expect(try ResultState(list) == .computed)
        list.state = .submitted
        list.submittedOn = "2025-09-15"
        #expect(try ResultState(list) == .submitted(on: CivilDate(year: 2025, month: 9, day: 15)!))
        list.state = .underNotice
        #expect(throws: (any Error).self) { try ResultState(list) }
        list.notice = CommonAPI.Notice(
            postedOn: "2025-09-19", lastDay: "2025-09-19", workingDays: 10)
        #expect(try ResultState(list) == .underNotice(Self.period))
    }

    @Test(
        "a list in no known state is not taken for anything",
        arguments: [
            RankingAPI.ListState.unspecified, .unrecognized(77),
        ])
    func unknown(state: RankingAPI.ListState) {
        #expect(throws: (any Error).self) { try ResultState(RankingAPI.RankingList(id: "L", state: state)) }
    }
}
