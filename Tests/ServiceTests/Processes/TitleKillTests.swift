import Contracts
import Foundation
import Glibc
import Testing

extension ProcessTests {
    /// Shorter here; FORERUNNER_TITLE_KILLS sets the number of rounds.
    @Suite("Titles granted exactly once", .serialized)
    struct TitleKillTests {
        private static let roundCount = Setting.count("FORERUNNER_TITLE_KILLS", usual: 6)

        @Test(
            "whichever side is killed around the publication, each forerunner has one title in the end",
            .timeLimit(.minutes(60)))
        func kills() async throws {
            let prepared = try await PreparedForerunners()
            defer { prepared.remove() }
            let undisturbed = try await GrantingRound(prepared).run(killing: [])
            #expect(undisturbed.titles.count == PreparedForerunners.forerunnerCount)
            #expect(Set(undisturbed.titles.map(\.id)).count == undisturbed.titles.count)
            var killCount = 0
            for round in 0..<Self.roundCount {
                // One side, the other side, and both, in turn.
                let sides = [["ranking"], ["compliance"], ["ranking", "compliance"]][round % 3]
                let outcome = try await GrantingRound(prepared).run(killing: sides)
                killCount += outcome.killCount
                #expect(outcome.titles == undisturbed.titles, "round \(round), \(sides) killed")
            }
            print("titles through \(killCount) kills in \(Self.roundCount) rounds")
        }
    }
}
