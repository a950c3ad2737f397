import Foundation
import Testing

extension ProcessTests {
    /// A dozen of each call here; `deploy/durability` runs the first three hundred.
    @Suite("Calls that fail", .serialized)
    struct FaultTests {
        private static let callCount = Setting.count("FORERUNNER_FAULTS", usual: 0)
        /// Rounds at a time: each mostly waits.
        private static let width = 2

        @Test(
            "a call that fails leaves the old state or the new one, and loses nothing acknowledged",
            .timeLimit(.minutes(240)), arguments: FaultPlan.Call.allCases)
        func failingCalls(call: FaultPlan.Call) async throws {
            let plans =
                Self.callCount > 0 ? FaultPlan.all(call, upTo: Self.callCount) : FaultPlan.some(call)
            let outcomes = await Self.outcomes(of: plans)
            let endings = Dictionary(grouping: outcomes, by: \.ending).mapValues(\.count)
            let places = Dictionary(grouping: outcomes, by: \.place).mapValues(\.count)
            let counts = endings.map { "\($0.value) \($0.key.rawValue)" }.sorted().joined(separator: ", ")
            print("\(call.rawValue) fails × \(plans.count): \(counts); at \(places)")

            #expect(outcomes.count == plans.count)
            // Or this would prove nothing: most calls are reached, some while the process starts.
            #expect(endings[.unreached, default: 0] <= plans.count / 4)
            #expect(endings[.notStarted, default: 0] > 0)
            #expect(endings[.wentOn, default: 0] > 0)
            for place in Self.callCount > 0 ? Self.places(of: call) : [] {
                #expect(places[place] != nil, "\(place) was never hit")
            }
        }

        /// Files that must have been among those whose call failed, in the long form.
        private static func places(of call: FaultPlan.Call) -> [String] {
            let stores = ["/scheme.sqlite", "/scheme.published.sqlite"]
            let tile = "/scheme.log/tile/entries/N"
            return switch call {
            case .sync, .write:
                stores.flatMap { [$0, $0 + "-journal"] } + ["/scheme.sqlite-wal", tile + ".new"]
            case .rename: [tile, "/scheme.published.sqlite", "/scheme.log/checkpoint"]
            }
        }

        /// Some at a time; one that cannot be brought to its end is told, and the others go on.
        private static func outcomes(of plans: [FaultPlan]) async -> [FaultRound.Outcome] {
            await withTaskGroup(of: FaultRound.Outcome?.self) { group in
                var outcomes: [FaultRound.Outcome] = []
                for (place, plan) in plans.enumerated() {
                    if place >= width, let outcome = await group.next() ?? nil { outcomes.append(outcome) }
                    group.addTask {
                        do {
                            return try await FaultRound(plan).run()
                        } catch {
                            Issue.record("\(plan): \(error)")
                            return nil
                        }
                    }
                }
                for await case .some(let outcome) in group { outcomes.append(outcome) }
                return outcomes
            }
        }
    }
}
