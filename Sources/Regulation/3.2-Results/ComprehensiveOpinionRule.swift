/// What one expert of the committee says of an objection to a result.
package struct ExpertVoice: Sendable, Hashable {
    package var expert: String
    package var affiliation: Affiliation
    package var isFounded: Bool

    package init(expert: String, affiliation: Affiliation, isFounded: Bool) {
        self.expert = expert
        self.affiliation = affiliation
        self.isFounded = isFounded
    }
}

/// The comprehensive opinion (综合评议) on an objection.
package struct ComprehensiveOpinion: Sendable, Hashable {
    package var objection: LodgedObjection
    package var voices: [ExpertVoice]
    /// The evaluation agency, and the enterprises of the entries concerned.
    package var interested: [Affiliation]
    package var statement: String

    package init(
        objection: LodgedObjection, voices: [ExpertVoice], interested: [Affiliation], statement: String
    ) {
        self.objection = objection
        self.voices = voices
        self.interested = interested
        self.statement = statement
    }

    /// The experts hold the objection founded when more than half of them do.
    package var isFounded: Bool { voices.count(where: \.isFounded) * 2 > voices.count }
}

/// Relevant experts without a conflict of interest give a comprehensive opinion before an objection is
/// decided.
///
/// Regulation 3.2.4 (综合评议), R5. The regulation names no least number of experts here.
package struct ComprehensiveOpinionRule: Rule {
    package static let citation = Citation("3.2.4", term: "综合评议")
    package static let voiceCountMin = 1

    package init() {}

    package func findings(in opinion: ComprehensiveOpinion) -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ subject: String, zh: String, en: String) {
            findings.append(Finding(Self.citation, code: code, subject: subject, zh: zh, en: en))
        }
        if opinion.objection.outcome != nil {
            add(
                "OBJECTION_SETTLED_ALREADY", opinion.objection.id, zh: "该异议已处理",
                en: "the objection is settled already")
        }
        if opinion.voices.count < Self.voiceCountMin {
            add("EXPERT_VOICE_MISSING", "voices", zh: "没有专家参加综合评议", en: "no expert took part")
        }
        var seen: Set<String> = []
        for voice in opinion.voices {
            if !seen.insert(voice.expert).inserted {
                add(
                    "EXPERT_REPEATED", voice.expert, zh: "专家\(voice.expert)重复",
                    en: "expert \(voice.expert) is named twice")
            }
            if opinion.interested.contains(where: { voice.affiliation.conflicts(with: $0) }) {
                add(
                    "EXPERT_WITH_CONFLICT", voice.expert, zh: "专家\(voice.expert)与该异议有利益关系",
                    en: "expert \(voice.expert) has a conflict of interest in this objection")
            }
        }
        if opinion.statement.isUnstated {
            add(
                "OPINION_STATEMENT_MISSING", "opinion", zh: "未写综合评议意见",
                en: "the comprehensive opinion is not written")
        }
        return findings
    }
}
