import Regulation

/// A third evaluation, slow and obvious, written from section 4 of the design with fractions.
///
/// It shares no code with the other two but the values themselves, their printed texts, and the canonical
/// line that parts standards with the same key. A requirement is a fraction and an infinitesimal: "< 5" is 5
/// and a little less.
struct ReferenceEvaluation {
    struct Entry: Equatable {
        var row: Int
        var rank: Int
        var grade: Int?
        var composite: String?
        var advancedCore: Int
        var levels: String
    }

    struct Exclusion: Equatable {
        var row: Int
        var reasons: [String]
    }

    /// What one declaration says of one indicator, or what is known without one.
    private struct Finding {
        var level: Character
        /// Nil where nothing is scored.
        var score: Fraction?
        var legal: Character = "-"
        var missesBaseline = false
        var isUnreadable = false
        var variant = -1
        var bounds: [Bound] = []
    }

    let scheme: EvaluationScheme
    let standing: Standing
    let cutoff: CivilDate

    func evaluate(_ standards: [DeclaredStandard]) -> (entries: [Entry], exclusions: [Exclusion]) {
        let order = standards.indices.sorted { isBefore(standards[$0], standards[$1], $0 < $1) }
        var entries: [(keys: [Fraction], entry: Entry)] = []
        var exclusions: [Exclusion] = []
        for row in order {
            let found = scheme.indicators.map { judge($0, standards[row]) }
            let reasons = reasons(standards[row], found)
            if reasons.isEmpty {
                entries.append(ranked(row, found))
            } else {
                exclusions.append(Exclusion(row: row, reasons: reasons))
            }
        }
        // A rank is one more than the number of standards that are better.
        for index in entries.indices {
            let better = entries.count { precedes($0.keys, entries[index].keys) }
            entries[index].entry.rank = better + 1
        }
        // Stable: equal ranks keep the neutral order.
        var sorted: [Entry] = []
        for rank in Set(entries.map(\.entry.rank)).sorted() {
            sorted += entries.map(\.entry).filter { $0.rank == rank }
        }
        return (sorted, exclusions)
    }

    private func precedes(_ left: [Fraction], _ right: [Fraction]) -> Bool {
        for (mine, theirs) in zip(left, right) where mine != theirs { return mine < theirs }
        return false
    }

    private func isBefore(_ left: DeclaredStandard, _ right: DeclaredStandard, _ otherwise: Bool) -> Bool {
        func bytes(_ standard: DeclaredStandard) -> [[UInt8]] {
            [
                Array(standard.enterprise.text.utf8), Array(standard.number.matchKey.utf8),
                Array(standard.number.text.utf8),
            ]
                + standard.models.map { Array($0.utf8) }
        }
        let (mine, theirs) = (bytes(left), bytes(right))
        if mine != theirs {
            return mine.lexicographicallyPrecedes(theirs) { $0.lexicographicallyPrecedes($1) }
        }
        let (line, other) = (left.canonicalLine, right.canonicalLine)
        return line == other ? otherwise : line.lexicographicallyPrecedes(other)
    }
}

// One indicator of one standard.
extension ReferenceEvaluation {
    private func judge(_ indicator: Indicator, _ standard: DeclaredStandard) -> Finding {
        let applicable = indicator.variants.indices.filter { index in
            indicator.variants[index].conditions.allSatisfy { holds($0, standard) }
        }
        let declared = standard.declarations.filter { $0.indicator == indicator.code }
        var isUnreadable = false
        var findings: [Finding] = []
        for declaration in declared {
            let bounds = bounds(declaration, indicator.direction)
            if bounds.isEmpty { isUnreadable = true }
            let fitting = applicable.first { index in
                let variant = indicator.variants[index]
                return ["", declaration.testMethod].contains(variant.testMethod)
                    && (declaration.unit == "" || ["", declaration.unit].contains(variant.unit))
            }
            if !bounds.isEmpty, let fitting { findings.append(judge(bounds, fitting, indicator)) }
        }
        var worst: Finding? = nil
        for finding in findings where worst.map({ isWorse(finding, $0) }) ?? true { worst = finding }
        var nothing = Finding(level: applicable.isEmpty ? "N" : "M")
        if !applicable.isEmpty, indicator.kind != .basic { nothing.score = 60 }
        var result = worst ?? nothing
        result.isUnreadable = isUnreadable
        return result
    }

    private func isWorse(_ one: Finding, _ other: Finding) -> Bool {
        if one.level != other.level { return one.level > other.level }
        if let score = one.score, let otherScore = other.score, score != otherScore {
            return score < otherScore
        }
        return one.variant == other.variant && one.bounds != other.bounds && reach(other.bounds, one.bounds)
    }

    private func judge(_ bounds: [Bound], _ index: Int, _ indicator: Indicator) -> Finding {
        let variant = indicator.variants[index]
        let limits = [variant.baseline, variant.average, variant.advanced].map { limit in
            limit.map { self.bounds($0, indicator.direction) } ?? []
        }
        let reached = limits.map { !$0.isEmpty && reach(bounds, $0) }
        let legal = variant.legal.map { self.bounds($0, indicator.direction) } ?? []
        var finding = Finding(level: reached[2] ? "A" : reached[1] ? "B" : reached[0] ? "C" : "D")
        finding.variant = index
        finding.bounds = bounds
        finding.missesBaseline = finding.level == "D" && !limits[0].isEmpty
        if !legal.isEmpty {
            finding.legal = !reach(bounds, legal) ? "L" : bounds == legal ? "E" : "S"
        }
        if indicator.kind == .basic {
            let isMissed = finding.legal == "L" || (!limits[0].isEmpty && !reached[0])
            finding.level = isMissed ? "D" : "C"
            return finding
        }
        switch indicator.direction {
        case .lower, .higher: finding.score = line(bounds[0].number, limits)
        case .interval, .ordinal, .yesNo:
            finding.score = finding.level == "A" ? 100 : finding.level == "B" ? 80 : 60
        }
        return finding
    }

    /// Every bound at least as far as the other's.
    private func reach(_ mine: [Bound], _ asked: [Bound]) -> Bool {
        zip(mine, asked).allSatisfy { $0 >= $1 }
    }

    private func line(_ value: Fraction, _ limits: [[Bound]]) -> Fraction {
        let points = zip(limits, [60, 80, 100] as [Fraction]).compactMap { limit, score in
            limit.first.map { (at: $0.number, score: score) }
        }
        var score: Fraction = 60
        for (index, point) in points.enumerated() where value >= point.at {
            score = point.score
            guard index + 1 < points.count, value < points[index + 1].at else { continue }
            let next = points[index + 1]
            score = score + (next.score - point.score) * ((value - point.at) / (next.at - point.at))
        }
        return score.roundedHalfEven
    }

    /// Turned so that more is better; two bounds for an interval, none for what sets no limit.
    private func bounds(_ declaration: Declaration, _ direction: Direction) -> [Bound] {
        switch (direction, declaration.value, declaration.relation) {
        case (.lower, .number, .atLeast), (.lower, .number, .above), (.higher, .number, .atMost),
            (.higher, .number, .below):
            return []
        case (.interval, .number(let number), .equal):
            return [Bound(Fraction(number), 0), Bound(-Fraction(number), 0)]
        case (.interval, .interval(let low, let high), _) where Fraction(high) < Fraction(low): return []
        case (_, _, let relation):
            let limit = Limit(value: declaration.value, isStrict: relation == .below || relation == .above)
            return bounds(limit, direction)
        }
    }

    private func bounds(_ limit: Limit, _ direction: Direction) -> [Bound] {
        let little = limit.isStrict ? 1 : 0
        switch (direction, limit.value) {
        case (.lower, .number(let number)): return [Bound(-Fraction(number), little)]
        case (.higher, .number(let number)): return [Bound(Fraction(number), little)]
        case (.interval, .interval(let low, let high)):
            return [Bound(Fraction(low), 0), Bound(-Fraction(high), 0)]
        case (.ordinal(let grades), .word(let word)):
            return grades.enumerated().filter { $1 == word }.map { Bound(-Fraction($0.offset), 0) }
        case (.yesNo, .flag(let flag)): return [Bound(flag ? 1 : 0, 0)]
        default: return []
        }
    }

    private func holds(_ condition: Condition, _ standard: DeclaredStandard) -> Bool {
        let attribute = standard.attributes[condition.attribute] ?? ""
        if condition.test == .present { return attribute != "" }
        let isLess: Bool
        let isEqual: Bool
        if ExactDecimal(attribute) != nil, ExactDecimal(condition.value) != nil {
            isLess = Fraction(text: attribute) < Fraction(text: condition.value)
            isEqual = Fraction(text: attribute) == Fraction(text: condition.value)
        } else {
            isLess = Array(attribute.utf8).lexicographicallyPrecedes(Array(condition.value.utf8))
            isEqual = Array(attribute.utf8) == Array(condition.value.utf8)
        }
        switch condition.test {
        case .equals: return isEqual
        case .differs: return !isEqual
        case .atLeast: return attribute != "" && !isLess
        case .atMost: return attribute != "" && (isLess || isEqual)
        case .above: return attribute != "" && !isLess && !isEqual
        case .below: return attribute != "" && isLess
        case .present: return true
        }
    }
}

// Gates and ranks.
extension ReferenceEvaluation {
    private func reasons(_ standard: DeclaredStandard, _ found: [Finding]) -> [String] {
        let rows = zip(scheme.indicators, found)
        func each(_ code: String, _ kind: IndicatorKind?, _ test: (Finding) -> Bool) -> [String] {
            rows.filter { ($0.kind == kind || kind == nil) && test($1) }.map { "\(code) \($0.0.code)" }
        }
        let core = rows.filter { $0.kind == .core && $1.level != "N" }.map(\.1)
        let compared = core.filter { $0.legal != "-" }
        var reasons: [String] = []
        if scheme.scope.category != "", standard.category != scheme.scope.category {
            reasons.append("OUT_OF_SCOPE \(standard.category)")
        }
        if standard.declaredOn > cutoff { reasons.append("NOT_DECLARED \(standard.declaredOn)") }
        if let day = standard.abolishedOn {
            if day <= cutoff { reasons.append("NOT_IN_FORCE \(day)") }
        } else if !standard.isInForce {
            reasons.append("NOT_IN_FORCE ")
        }
        if !standard.number.text.hasPrefix("Q/") { reasons.append("MALFORMED \(standard.number)") }
        if standard.name == "" { reasons.append("MALFORMED name") }
        if standard.models == [] || standard.models.contains("") { reasons.append("MALFORMED models") }
        reasons += each("MALFORMED", nil) { $0.isUnreadable }
        reasons += standard.mandatoryBreaches.map { "BREAKS_MANDATORY \($0)" }
        reasons += each("BASIC_FAILED", .basic) { $0.level == "D" || $0.level == "M" }
        if core.isEmpty { reasons.append("MISSING_CORE ") }
        reasons += each("MISSING_CORE", .core) { $0.level == "M" }
        reasons += each("LOOSER_THAN_LEGAL", .core) { $0.legal == "L" }
        if scheme.method.allStrictlyBetter {
            reasons += each("NOWHERE_STRICTER", .core) { $0.legal == "L" || $0.legal == "E" }
        } else if !compared.isEmpty, !compared.contains(where: { $0.legal == "S" }) {
            reasons.append("NOWHERE_STRICTER ")
        }
        if !scheme.scope.isService, !standard.isSeriesProduced { reasons.append("NOT_SERIES_PRODUCED ") }
        if scheme.scope.isService, !standard.isWidelyOffered { reasons.append("NOT_WIDELY_OFFERED ") }
        if let last = standing.bars[standard.enterprise], last >= cutoff { reasons.append("BARRED \(last)") }
        if standing.blacklisted.contains(standard.enterprise) { reasons.append("BLACKLISTED ") }
        return reasons + each("BELOW_BASELINE", .core) { $0.missesBaseline }
    }

    private func ranked(_ row: Int, _ found: [Finding]) -> (keys: [Fraction], entry: Entry) {
        let rows = Array(zip(scheme.indicators, found))
        let core = rows.filter { $0.0.kind == .core && $0.1.level != "N" }.map(\.1.level)
        let innovative = rows.filter { $0.0.kind == .innovative }.map(\.1.level)
        var entry = Entry(
            row: row, rank: 0, advancedCore: core.count { $0 == "A" }, levels: String(found.map(\.level)))
        let mean = mean(rows) { $0.score ?? 60 }
        let tiers = self.mean(rows) { $0.level == "A" ? 1 : $0.level == "B" ? 2 : 3 }
        let last = Fraction(1_000_000_000_000)
        switch scheme.method.model {
        case .weighted:
            entry.composite = mean?.fourDecimals
            return ([mean.map { -$0 } ?? last], entry)
        case .tiered:
            entry.composite = tiers?.fourDecimals
            return ([tiers ?? last], entry)
        case .graded:
            let isFirst =
                core.allSatisfy { $0 == "A" }
                && innovative.count { $0 == "A" } >= scheme.method.innovativeAdvancedMin
            let isSecond =
                core.allSatisfy { "AB".contains($0) }
                && innovative.count { "AB".contains($0) } >= scheme.method.innovativeAverageMin
            let grade = isFirst ? 1 : isSecond ? 2 : 3
            entry.grade = grade
            if scheme.method.orderWithinGrade.contains(.weightedScore) {
                entry.composite = mean?.fourDecimals
            }
            var keys = [Fraction(grade)]
            for key in scheme.method.orderWithinGrade {
                switch key {
                case .advancedCoreCount: keys.append(-Fraction(entry.advancedCore))
                case .weightedScore: keys.append(mean.map { -$0 } ?? last)
                case .indicator(let code): keys += self.keys(rows, code, last)
                }
            }
            return (keys, entry)
        }
    }

    private func keys(_ rows: [(Indicator, Finding)], _ code: String, _ last: Fraction) -> [Fraction] {
        guard let (indicator, finding) = rows.first(where: { $0.0.code == code }) else { return [] }
        guard !finding.bounds.isEmpty else { return [last, last] }
        if indicator.variants.count == 1, finding.bounds.count == 1 {
            return [-finding.bounds[0].number, Fraction(-finding.bounds[0].little)]
        }
        let level = Fraction("ABCD".unicodeScalars.map(Character.init).firstIndex(of: finding.level) ?? 9)
        return [level, finding.score.map { -$0 } ?? 0]
    }

    private func mean(_ rows: [(Indicator, Finding)], _ value: (Finding) -> Fraction) -> Fraction? {
        var sum: Fraction = 0
        var weights: Fraction = 0
        for (indicator, finding) in rows where indicator.kind != .basic && finding.level != "N" {
            let weight = Fraction(indicator.weight)
            guard weight > 0 else { continue }
            sum = sum + weight * value(finding)
            weights = weights + weight
        }
        return weights == 0 ? nil : (sum / weights).roundedHalfEven
    }
}

/// A number and a sign a little beyond it: "> 5" reaches further than "≥ 5" and less far than "≥ 5.0001".
private struct Bound: Comparable {
    var number: Fraction
    var little: Int

    init(_ number: Fraction, _ little: Int) {
        self.number = number
        self.little = little
    }

    static func < (left: Bound, right: Bound) -> Bool {
        left.number == right.number ? left.little < right.little : left.number < right.number
    }
}
