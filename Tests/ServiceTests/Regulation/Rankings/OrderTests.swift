import Regulation
import Testing

/// Grades, keys, competition ranks and the neutral order.
@Suite("Order of the ranking")
struct OrderTests {
    private static let core = [
        RankingSamples.indicator("a", RankingSamples.variant("1", "2", "3")),
        RankingSamples.indicator("b", RankingSamples.variant("1", "2", "3")),
    ]
    private static let innovative = [
        RankingSamples.indicator("i", .innovative, weight: "1", RankingSamples.variant(nil, "2", "3")),
        RankingSamples.indicator("j", .innovative, weight: "1", RankingSamples.variant(nil, "2", "3")),
    ]

    @Test(
        "the weakest core indicator decides the grade, and the innovative ones have their say",
        arguments: [
            (["a≥3", "b≥3"], 0, 0, 1), (["a≥3", "b≥2"], 0, 0, 2), (["a≥3", "b≥1"], 0, 0, 3),
            (["a≥3", "b≥3"], 1, 0, 2), (["a≥3", "b≥3", "i≥3"], 1, 0, 1), (["a≥3", "b≥3", "i≥2"], 1, 1, 2),
            (["a≥3", "b≥3"], 1, 1, 3), (["a≥3", "b≥3", "i≥3"], 2, 1, 2),
            (["a≥3", "b≥3", "i≥3", "j≥3"], 2, 2, 1),
            (["a≥2", "b≥2", "i≥2", "j≥1"], 0, 1, 2), (["a≥2", "b≥2", "i≥1", "j≥1"], 0, 1, 3),
            // Grade 1 does not look at what grade 2 asks for.
            (["a≥3", "b≥3", "i≥3"], 1, 2, 1),
        ])
    func grades(declared: [String], n1: Int, n2: Int, expected: Int) throws {
        let scheme = RankingSamples.scheme(Self.core + Self.innovative, n1: n1, n2: n2)
        let result = RankingSamples.evaluate(scheme, [try RankingSamples.standard(declared)])
        #expect(result.entries.map(\.grade) == [expected])
    }

    /// Ranks by enterprise seed, best first, as in "1:7 2:3".
    private func ranking(_ scheme: EvaluationScheme, _ standards: [(UInt8, [String])]) throws -> String {
        let given = try standards.map { try RankingSamples.standard($1, enterprise: $0) }
        let seeds = Dictionary(
            standards.map { (RankingSamples.enterprise($0.0), $0.0) }, uniquingKeysWith: { first, _ in first }
        )
        let result = RankingSamples.evaluate(scheme, given)
        return result.entries.map { "\($0.rank):\(seeds[result.standard(of: $0).enterprise] ?? 0)" }
            .joined(separator: " ")
    }

    @Test("equal keys share a rank, are shown by credit code, and the next rank counts them all")
    func competitionRanks() throws {
        let scheme = RankingSamples.scheme([Self.core[0]], model: .weighted)
        let seeds = (1...4).sorted { RankingSamples.enterprise($0) < RankingSamples.enterprise($1) }
        let order = try ranking(
            scheme,
            [(seeds[3], ["a≥3"]), (seeds[0], ["a≥2"]), (seeds[2], ["a≥9"]), (seeds[1], ["a≥2.00"])])
        #expect(order == "1:\(seeds[2]) 1:\(seeds[3]) 3:\(seeds[0]) 3:\(seeds[1])")
    }

    @Test("keys within a grade come one after the other")
    func keys() throws {
        let scheme = RankingSamples.scheme(
            Self.core, order: [.advancedCoreCount, .weightedScore, .indicator("b")])
        // All of grade 2. Scores of 2.5 are 90, of 3 and more 100.
        let order = try ranking(
            scheme,
            [
                (1, ["a≥2", "b≥2"]), (2, ["a≥3", "b≥2"]), (3, ["a≥2.5", "b≥2.5"]), (4, ["a≥2", "b≥3"]),
                (5, ["a≥2", "b≥4"]), (6, ["a≥2", "b>4"]),
            ])
        #expect(order == "1:6 2:5 3:4 4:2 5:3 6:1")
    }

    @Test("an indicator with several variants orders by level and score, never by value")
    func keyWithVariants() throws {
        let tube = Condition(attribute: "shape", test: .equals, value: "tube")
        let indicator = RankingSamples.indicator(
            "a", RankingSamples.variant("100", "200", "300", conditions: [tube]),
            RankingSamples.variant("1", "2", "3"))
        let scheme = RankingSamples.scheme([indicator], order: [.indicator("a")])
        let tubeLamp = try RankingSamples.standard(["a≥250"], enterprise: 1, attributes: ["shape": "tube"])
        let bulb = try RankingSamples.standard(["a≥2.5"], enterprise: 2)
        let better = try RankingSamples.standard(["a≥2.6"], enterprise: 3)
        let result = RankingSamples.evaluate(scheme, [tubeLamp, bulb, better])
        #expect(result.entries.map(\.rank) == [1, 2, 2])
        #expect(result.entries[0].row == 2)
    }

    @Test("models, then what a standard says, order what has the same code and number")
    func neutralOrder() throws {
        let scheme = RankingSamples.scheme([Self.core[0]])
        let rows = try [
            RankingSamples.standard(["a≥3"], models: ["B"]),
            RankingSamples.standard(["a≥3"], models: ["A", "B"]),
            RankingSamples.standard(["a≥3"], models: ["A"]), RankingSamples.standard(["a≥4"], models: ["A"]),
            RankingSamples.standard(["a≥3"], number: "Q/ABC 001—2023", models: ["Z"]),
        ]
        let result = RankingSamples.evaluate(scheme, rows)
        #expect(result.entries.map(\.rank) == [1, 1, 1, 1, 1])
        #expect(result.entries.map(\.row) == [4, 2, 3, 1, 0])
        #expect(result.entries.map(\.occurrence) == [1, 1, 2, 1, 1])
        let keys = result.entries.map { result.key(of: $0) }
        #expect(Set(keys).count == keys.count)
        #expect(keys[2] == "\(RankingSamples.enterprise(1))/Q/ABC 001—2024/A#2")
    }

    @Test("models that hold the key's own marks keep keys apart")
    func keyMarks() throws {
        let keys = try [["A+B"], ["A", "B"], ["A#2"], ["A%2B"]].map {
            try RankingSamples.standard([], models: $0).key
        }
        #expect(Set(keys).count == 4)
        #expect(keys[1].hasSuffix("/A+B"))
    }
}
