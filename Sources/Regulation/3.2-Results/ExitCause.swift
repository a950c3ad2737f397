/// The seven causes for which a title is cancelled.
///
/// Regulation 3.2.6 (退出机制). One is enough. R21: in cause 3 either half is enough; R22: cause 7 includes
/// leaving by the enterprise's own wish.
package enum ExitCause: Int, Sendable, Hashable, CaseIterable {
    case productionChanged = 1
    case levelLowered = 2
    case accidentOrQuality = 3
    case spotCheckFailed = 4
    case intellectualProperty = 5
    case fraudOrIntegrity = 6
    case other = 7

    /// As numbered in the regulation.
    package var number: Int { rawValue }

    package var citation: Citation { Citation("3.2.6(\(number))", term: term) }

    package var term: String {
        switch self {
        case .productionChanged: "生产装备或工艺重大变化且严重影响性能"
        case .levelLowered: "标准更新且核心指标降低"
        case .accidentOrQuality: "重大环保安全事故或产品质量问题"
        case .spotCheckFailed: "抽检达不到公开标准水平"
        case .intellectualProperty: "侵犯知识产权"
        case .fraudOrIntegrity: "弄虚作假或其他诚信问题"
        case .other: "其他原因"
        }
    }

    package var words: String {
        switch self {
        case .productionChanged: "production changed and performance suffers badly"
        case .levelLowered: "the standard was renewed with a lower core indicator"
        case .accidentOrQuality: "a major accident or a quality problem"
        case .spotCheckFailed: "a spot check fell short of the declared standard"
        case .intellectualProperty: "infringement of intellectual property"
        case .fraudOrIntegrity: "fraud at selection or another matter of integrity"
        case .other: "another reason"
        }
    }

    /// Causes 1 and 2 are two conditions in one; both have to be shown.
    package var hasTwoHalves: Bool {
        switch self {
        case .productionChanged, .levelLowered: true
        case .accidentOrQuality, .spotCheckFailed, .intellectualProperty, .fraudOrIntegrity, .other: false
        }
    }

    /// Causes that rest on somebody's report or decision need its reference; 1, 2 and 7 may be the agency's
    /// own finding.
    package var needsReference: Bool {
        switch self {
        case .accidentOrQuality, .spotCheckFailed, .intellectualProperty, .fraudOrIntegrity: true
        case .productionChanged, .levelLowered, .other: false
        }
    }
}
