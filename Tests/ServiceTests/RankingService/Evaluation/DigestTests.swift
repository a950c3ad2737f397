import RankingService
import Regulation
import Testing
import Transparency

@Suite("Canonical texts and digests")
struct DigestTests {
    private let scheme = RankingSamples.scheme(
        [
            RankingSamples.indicator(
                "eff", weight: "0.6", RankingSamples.variant(legal: "60", "70", "80", ">90")),
            RankingSamples.indicator(
                "pf", .innovative, weight: "0.4", RankingSamples.variant(nil, "0.8", "0.9")),
        ], model: .weighted)

    private func standards() throws -> [DeclaredStandard] {
        [
            try RankingSamples.standard(["eff≥75", "pf≥0.85"], enterprise: 1, models: ["A\t1", "A\\2"]),
            try RankingSamples.standard(["eff≥60"], enterprise: 2),
        ]
    }

    private func text(_ standards: [DeclaredStandard]) -> String {
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: standards, standing: Standing(), cutoff: RankingSamples.cutoff)
        let inputs = InputDigests(scheme: [0x0A], snapshot: [0xFF, 0x00], standing: [])
        let bytes = CanonicalResult.bytes(
            of: result, scheme: scheme, cutoff: RankingSamples.cutoff, inputs: inputs)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("the canonical result is this text")
    func golden() throws {
        let (first, second) = (RankingSamples.enterprise(1), RankingSamples.enterprise(2))
        // eff 70, pf 90: 0.6 × 70 + 0.4 × 90 = 78.
        let expected = """
            forerunner-result/1
            scheme\t0a
            snapshot\tff00
            standing\t
            cutoff\t2025-06-30
            model\tWEIGHTED
            indicators\t2\teff\tpf
            counts\t1\t1
            entry\t1\t\t78.0000\t0\t\(first)\tQ/ABC 001—2024\t2\tA\\t1\tA\\\\2\t1\tCB
            excluded\t\(second)\tQ/ABC 001—2024\t1\tM1\t1\t2\tNOWHERE_STRICTER\t\tBELOW_BASELINE\teff

            """
        #expect(text(try standards()) == expected)
    }

    @Test("digests stay what they were")
    func goldenDigests() throws {
        let standards = try standards()
        let inputs = InputDigests(scheme: scheme, standards: standards, standing: standing)
        #expect(
            HexText.text(inputs.scheme)
                == "9b0d424f355a5a07fb762099eb295f7139c395e3633ef5b4fd05c92fd9c95ee5")
        #expect(
            HexText.text(inputs.snapshot)
                == "4c5b18cfa841cb1399959cd290df5c753438253e8d768130c431a832e3e79fdb")
        #expect(
            HexText.text(inputs.standing)
                == "cc23ddfc66348cbb825c2d184ff466113ea9ddec7933812906560eb68b690421")
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: standards, standing: standing, cutoff: RankingSamples.cutoff)
        let digest = EvaluationDigest.result(
            result, scheme: scheme, cutoff: RankingSamples.cutoff, inputs: inputs)
        #expect(
            HexText.text(digest) == "c130f886e08c4d3a9c8637c1a017d03a6f47268a66214af7cd9c995445477733"
        )
    }

    private var standing: Standing {
        Standing(
            bars: [RankingSamples.enterprise(5): .max, RankingSamples.enterprise(4): .min],
            blacklisted: [RankingSamples.enterprise(7), RankingSamples.enterprise(6)])
    }

    @Test("every change of a standard changes the snapshot's digest, but for its row in the file")
    func snapshotSeesEverything() throws {
        let base = try RankingSamples.standard(["eff≥75"], attributes: ["shape": "tube"])
        let changes: [(inout DeclaredStandard) -> Void] = [
            { $0.enterprise = RankingSamples.enterprise(3) }, { $0.enterpriseName += "1" },
            { $0.codeIsSynthetic = false }, { $0.province = nil }, { $0.name += "1" }, { $0.category += "1" },
            { $0.models.append("") }, { $0.models = ["M", "1"] }, { $0.attributes["shape"] = "bulb" },
            { $0.attributes["a"] = "" }, { $0.declarations[0].relation = .above },
            { $0.declarations[0].value = RankingSamples.number("75.1") },
            { $0.declarations[0].written = "75.0" },
            { $0.declarations[0].unit = "lm/W" }, { $0.declarations[0].testMethod = "m" },
            { $0.declarations[0].provenance = "p" }, { $0.declarations = [] },
            { $0.declaredOn = $0.declaredOn.adding(days: 1) }, { $0.abolishedOn = .max },
            { $0.isInForce = false },
            { $0.isSeriesProduced = false }, { $0.isWidelyOffered = true },
            { $0.mandatoryBreaches = ["GB 1"] },
            { if let number = try? StandardNumber("Q/ABC001—2024") { $0.number = number } },
        ]
        var digests: Set<[UInt8]> = [EvaluationDigest.snapshot([base])]
        for change in changes {
            var changed = base
            change(&changed)
            digests.insert(EvaluationDigest.snapshot([changed]))
        }
        #expect(digests.count == changes.count + 1)
        var moved = base
        moved.sourceRow = 99
        #expect(EvaluationDigest.snapshot([moved]) == EvaluationDigest.snapshot([base]))
        #expect(EvaluationDigest.snapshot([base, base]) != EvaluationDigest.snapshot([base]))
    }

    @Test("explanations say what was declared, which limit it reached, and the score")
    func explanation() throws {
        let standards = try standards()
        let result = RankingEngine.evaluate(
            scheme: scheme, standards: standards, standing: Standing(), cutoff: RankingSamples.cutoff)
        let explained = RankingEngine.explain(result.entries[0], in: result, under: scheme)
        #expect(explained.map(\.declared) == ["≥ 75", "≥ 0.85"])
        #expect(explained.map(\.limit) == ["≥ 70", "≥ 0.8"])
        #expect(explained.map(\.level) == [.baseline, .average])
        #expect(explained.map { $0.score?.text(fractionDigits: 4) } == ["70.0000", "90.0000"])
    }
}
