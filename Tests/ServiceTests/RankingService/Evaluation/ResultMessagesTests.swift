import Contracts
import Regulation
import Testing
import Wire

@testable import RankingService

/// Entries and exclusions as messages, made of columns, against the law's own words for each standard.
@Suite("Results as messages equal the plain words, from memory and from stored rows")
struct ResultMessagesTests {
    /// The plain evaluation, and every indicator of every entry judged once more.
    private struct PlainMessages {
        let entries: [RankingAPI.Entry]
        let exclusions: [RankingAPI.Exclusion]
        let digest: [UInt8]

        init(_ sample: Sample) {
            let standards = RecordedForm.read(sample.standards, under: sample.scheme)
            let result = PlainEvaluation.evaluate(
                scheme: sample.scheme, standards: standards, standing: sample.standing, cutoff: sample.cutoff)
            entries = result.entries.map { entry in
                let standard = result.standard(of: entry)
                return RankingAPI.Entry(
                    rank: UInt32(entry.rank), enterprise: Self.institution(standard),
                    syntheticCode: standard.codeIsSynthetic, province: standard.province?.fullName ?? "",
                    standardNumber: standard.number.text, standardName: standard.name,
                    models: standard.models, grade: UInt32(entry.grade ?? 0),
                    score: entry.composite?.text(fractionDigits: 4) ?? "",
                    advancedCore: UInt32(entry.advancedCoreCount),
                    indicators: IndicatorResult.results(for: standard, under: sample.scheme).map(
                        Self.message),
                    key: result.key(of: entry))
            }
            exclusions = result.exclusions.map { exclusion in
                let standard = result.standard(of: exclusion)
                return RankingAPI.Exclusion(
                    enterprise: Self.institution(standard), standardNumber: standard.number.text,
                    models: standard.models, key: result.key(of: exclusion),
                    reasons: exclusion.reasons.map { reason in
                        RankingAPI.ExclusionReason(
                            code: reason.code, citation: reason.citation.section, subject: reason.subject,
                            textZh: reason.messageZH, textEn: reason.messageEN)
                    })
            }
            digest = sample.digest(of: result)
        }

        private static func institution(_ standard: DeclaredStandard) -> CommonAPI.Institution {
            .init(creditCode: standard.enterprise.text, name: standard.enterpriseName)
        }

        private static func message(_ result: IndicatorResult) -> RankingAPI.IndicatorResult {
            RankingAPI.IndicatorResult(
                indicator: result.indicator, name: result.name, declared: result.declared, unit: result.unit,
                level: RankingAPI.Level(rawValue: Int32(result.level.rawValue)), limit: result.limit,
                score: result.score?.text(fractionDigits: 4) ?? "", weight: result.weight.description,
                provenance: result.provenance)
        }
    }

    private struct Sample {
        let scheme: EvaluationScheme
        let standards: [DeclaredStandard]
        let standing: Standing
        let cutoff: CivilDate

        func digest(of result: RankingResult) -> [UInt8] {
            EvaluationDigest.result(
                result, scheme: scheme, cutoff: cutoff,
                inputs: InputDigests(scheme: [1], snapshot: [2], standing: [3]))
        }

        func evaluated(_ standards: some RankedStandards) -> CategoryEvaluation {
            CategoryEvaluation(
                scheme: scheme, standards: standards, standing: standing, cutoff: cutoff, explains: true)
        }
    }

    private static func bytes(_ messages: [some WireMessage]) -> [[UInt8]] {
        messages.map { $0.serialized() }
    }

    private func expectEqual(_ sample: Sample, _ comment: Comment) throws -> Int {
        let plain = PlainMessages(sample)
        let read = sample.evaluated(ReadStandards(RecordedForm.read(sample.standards, under: sample.scheme)))
        let stored = sample.evaluated(
            try StoredStandards(try StoredSamples.rows(sample.standards), under: sample.scheme))
        for evaluation in [read, stored] {
            let messages = ResultMessages(evaluation)
            try #require(messages.entries == plain.entries, comment)
            try #require(messages.exclusions == plain.exclusions, comment)
            // Texts that look the same may be of other bytes.
            try #require(Self.bytes(messages.entries) == Self.bytes(plain.entries), comment)
            try #require(Self.bytes(messages.exclusions) == Self.bytes(plain.exclusions), comment)
            try #require(sample.digest(of: evaluation.result) == plain.digest, comment)
        }
        return plain.entries.count
    }

    @Test("three thousand random schemes and data sets", arguments: 0..<30)
    func random(hundred: Int) throws {
        var entryCount = 0
        for seed in hundred * 100..<(hundred + 1) * 100 {
            let random = RandomEvaluation(seed: UInt64(seed))
            var words = SplitMix(seed: UInt64(seed))
            let standards = random.standards.map { StoredSamples.written($0, random.scheme, &words) }
            let sample = Sample(
                scheme: random.scheme, standards: standards, standing: random.standing,
                cutoff: RankingSamples.cutoff)
            entryCount += try expectEqual(sample, "seed \(seed)")
        }
        #expect(entryCount > 50, "the samples say little when nearly everything is left out")
    }

    @Test("many rows, on several cores, come out as few do")
    func many() throws {
        var entryCount = 0
        for seed in 0..<40 as Range<UInt64> {
            let random = RandomEvaluation(seed: seed)
            guard !random.standards.isEmpty else { continue }
            // So many that the work is split; each with models of its own.
            let standards = (0..<2_100).map { row in
                var standard = random.standards[row % random.standards.count]
                standard.models += ["\(row / 2)"]
                return standard
            }
            let sample = Sample(
                scheme: random.scheme, standards: standards, standing: random.standing,
                cutoff: RankingSamples.cutoff)
            entryCount += try expectEqual(sample, "seed \(seed)")
            if entryCount > 2_000 { return }
        }
        Issue.record("too few entries: \(entryCount)")
    }

    @Test(
        "the bundled registries under the bundled schemes",
        arguments: [
            ("directional-lamps", "light-bulbs", "energystar_light_bulbs_2020.csv.gz"),
            ("omnidirectional-lamps", "light-bulbs", "energystar_light_bulbs_2020.csv.gz"),
            ("decorative-lamps", "light-bulbs", "energystar_light_bulbs_2020.csv.gz"),
            ("compact-refrigerators", "refrigerators", "energystar_refrigerators_2021.csv.gz"),
            ("roof-coatings", "roof-products", "energystar_roof_products_2020.csv.gz"),
        ])
    func bundled(scheme name: String, profile: String, file: String) throws {
        let text = String(decoding: try ImportSamples.resource("schemes/\(name).json"), as: UTF8.self)
        let scheme = try EvaluationScheme(try EvaluationAPI.EvaluationScheme.fromJSON(text))
        let outcome = try StandardsImport.run(
            file: file, bytes: try ImportSamples.resource("standards/" + file),
            profile: try ImportSamples.bundledProfile(profile), limits: ImportLimits())
        let sample = Sample(
            scheme: scheme, standards: outcome.standards.filter { $0.category == scheme.scope.category },
            standing: Standing(), cutoff: try #require(CivilDate("2025-09-01")))
        #expect(try expectEqual(sample, "\(name)") > 0)
    }

    @Test("a stored row that is cut anywhere, or of which a bit is changed, is refused or read")
    func damage() throws {
        let scheme = RandomEvaluation(seed: 3).scheme
        for standard in RandomEvaluation(seed: 3).standards.prefix(6) {
            for rows in try StoredSamples.damaged(standard) {
                guard let read = try? rows(), let stored = try? StoredStandards(read, under: scheme) else {
                    continue
                }
                let sample = Sample(
                    scheme: scheme, standards: [], standing: Standing(), cutoff: RankingSamples.cutoff)
                #expect(sample.evaluated(stored).result.standards.count == 1)
            }
        }
    }
}
