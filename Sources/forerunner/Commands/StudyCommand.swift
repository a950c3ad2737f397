import ArgumentParser
import RankingService
import Regulation

struct StudyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study",
        abstract: "Studies of a ranking: what an edit moves, what the weights decide, what is still missed.",
        subcommands: [
            StudyWhatIfCommand.self, StudySensitivityCommand.self, StudyGapCommand.self,
            StudyCompareCommand.self,
        ])
}

struct StudyWhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if", abstract: "Change values, weights or limits, and see who moves.",
        discussion: """
            Edits are made values first, then weights, then limits, each in the order given:
              --value efficacy=95@KEY          a requirement of one standard; KEY as `forerunner rank` has it
              --weight efficacy=40
              --limit 'efficacy[2].advanced=100'   of the second variant; a lone one needs no [1]
              --limit efficacy.legal=none          takes a limit away
            """)

    @OptionGroup var input: RankingOptions

    @Option(help: "INDICATOR=VALUE@KEY; may be given several times.")
    var value: [String] = []

    @Option(help: "INDICATOR=WEIGHT; may be given several times.")
    var weight: [String] = []

    @Option(help: "INDICATOR[VARIANT].LIMIT=VALUE; may be given several times.")
    var limit: [String] = []

    @OptionGroup var output: StudyOutput
    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            guard !(value + weight + limit).isEmpty else {
                throw Failure(.badInput, "there is nothing to change; give --value, --weight or --limit")
            }
            let ranking = try input.load(language)
            let study: WhatIf
            do throws(StudyFlaw) {
                var edits: [StudyEdit] = []
                for text in value { edits.append(try .value(text, in: ranking.scheme)) }
                for text in weight { edits.append(try .weight(text, in: ranking.scheme)) }
                for text in limit { edits.append(try .limit(text, in: ranking.scheme)) }
                study = try WhatIf(
                    edits, scheme: ranking.scheme, result: ranking.result, standing: ranking.standing,
                    cutoff: ranking.cutoff)
            } catch {
                throw Failure(.badInput, error.description)
            }
            let remarks = study.remarks.map {
                language.pick(
                    zh: "方案不合规：\($0.messageZH)", en: "the edited scheme would be refused: \($0.messageEN)")
            }
            ComparisonReport(
                comparison: study.comparison, before: ranking.result, after: study.result, language: language
            ).report(language.pick(zh: "假设", en: "what if"), remarks: remarks)
                .write(output.format, top: output.top, language)
        }
    }
}

struct StudySensitivityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "Turn every weight up and down, alone and all together, and see which ranks hold.")

    @OptionGroup var input: RankingOptions

    @Option(help: "How far a weight is turned, in per cent, 1 to 99.")
    var percent = 20

    @Option(help: "Ranks that count as the top; by default the scheme's number of forerunners.")
    var first: Int?

    @OptionGroup var output: StudyOutput
    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            guard (1...99).contains(percent) else { throw Failure(.badInput, "--percent is 1 to 99") }
            guard first.map({ $0 > 0 }) ?? true else { throw Failure(.badInput, "--first is 1 or more") }
            let ranking = try input.load(language)
            let study = Sensitivity(
                scheme: ranking.scheme, result: ranking.result, standing: ranking.standing,
                cutoff: ranking.cutoff, percent: percent,
                top: first ?? max(1, ranking.scheme.forerunners.targetNumber))
            SensitivityReport(sensitivity: study, standards: ranking.standards, language: language).report
                .write(output.format, top: output.top, language)
        }
    }
}

struct StudyGapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gap",
        abstract: "List the limits that each standard of one enterprise still misses, closest first.",
        discussion: "Exit code 1 when the file has no standard of the enterprise in the scheme's category.")

    @Argument(help: "Credit code of the enterprise.")
    var enterprise: String

    @OptionGroup var input: RankingOptions
    @OptionGroup var output: StudyOutput
    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            guard let code = try? CreditCode(enterprise) else {
                throw Failure(
                    .badInput, "“\(enterprise)” is no credit code; `forerunner check credit-code` says why")
            }
            let ranking = try input.load(language)
            let study = try GapAnalysis(
                of: code, scheme: ranking.scheme, result: ranking.result, standing: ranking.standing,
                cutoff: ranking.cutoff)
            guard !study.subjects.isEmpty else {
                throw Failure(
                    .no,
                    "\(code) has no standard of category “\(ranking.scheme.scope.category)” in the file")
            }
            GapReport(analysis: study, standards: ranking.standards, language: language).report
                .write(output.format, top: output.top, language)
        }
    }
}

struct StudyCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two periods: who entered, left and moved, and which levels rose.",
        discussion: """
            A standard is found again by enterprise, number and models, and a later edition of it by a number
            that differs in its year alone.
            """)

    @OptionGroup var input: RankingOptions

    @Option(help: "Declared standards of the earlier period.")
    var earlierStandards: String

    @Option(help: "Cut-off day of the earlier period.")
    var earlierCutoff: String

    @Option(help: "Import profile of the earlier file; by default the same.")
    var earlierProfile: String?

    @OptionGroup var output: StudyOutput
    @OptionGroup var lang: LanguageOption

    func run() async throws {
        let language = lang.language
        try await endingWith {
            let after = try input.load(language)
            let before = try input.load(
                standards: earlierStandards, profile: earlierProfile ?? input.profile, cutoff: earlierCutoff,
                language)
            let comparison = ResultComparison(
                before: before.result, after: after.result,
                pairs: EditionMatch.pairs(before.standards, after.standards), scheme: after.scheme)
            ComparisonReport(
                comparison: comparison, before: before.result, after: after.result, language: language
            ).report("\(before.cutoff) → \(after.cutoff)", remarks: [])
                .write(output.format, top: output.top, language)
        }
    }
}
