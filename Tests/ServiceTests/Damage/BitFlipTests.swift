import Foundation
import Testing

/// Forty here; `deploy/durability` flips more, from another seed each time.
@Suite("Bits that flip")
struct BitFlipTests {
    private static let count = Setting.count("FORERUNNER_BIT_FLIPS", usual: 40)
    private static let seed = UInt64(Setting.count("FORERUNNER_SEED", usual: 1))

    @Test("each is found or changes nothing, and none is taken for what was written")
    func flips() async throws {
        let record = try await DamagedRecord()
        let title = try DamagedTitle()
        var random = SeededBytes(seed: Self.seed)
        var flips: [FlippedBit] = []
        for number in 0..<Self.count {
            let place = FlippedBit.shares[number % FlippedBit.shares.count]
            let draw = { (count: Int) in Int(random.next() % UInt64(count)) }
            switch place {
            case .title, .statusList, .proof: flips.append(title.flip(place, draw))
            default: flips.append(try await record.flip(place, draw))
            }
        }
        for flip in flips {
            guard case .accepted = flip.outcome else { continue }
            Issue.record("\(flip); seed \(Self.seed)")
        }
        for place in FlippedBit.Place.allCases {
            let outcomes = flips.filter { $0.place == place }.map(\.outcome)
            let harmlessCount = outcomes.count { $0 == .harmless }
            print(
                "bit flips in \(place.rawValue): \(outcomes.count - harmlessCount) found, "
                    + "\(harmlessCount) harmless")
        }
        let foundCount = flips.count { $0.outcome != .harmless }
        print("bit flips × \(flips.count), seed \(Self.seed): \(foundCount) found")
        #expect(foundCount > flips.count / 3, "too few hit anything: seed \(Self.seed)")
    }
}
