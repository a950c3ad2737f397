package import Regulation

/// What the standards of a category say of one indicator, taken together.
package struct IndicatorStatistics: Sendable, Hashable {
    package let indicator: Indicator
    package private(set) var levels = LevelCounts()
    /// Standards to which the indicator applies.
    package private(set) var applicable = 0
    /// Those of them that declare something usable.
    package private(set) var declaring = 0
    /// Of those declaring, how they stand to the national or industry limit, where there is one.
    package private(set) var stricter = 0
    package private(set) var equal = 0
    package private(set) var looser = 0
    /// By variants, in their order; only those under which something is declared.
    package private(set) var distributions: [ValueDistribution] = []

    package var compared: Int { stricter + equal + looser }

    /// One for each indicator of the scheme, in its order.
    ///
    /// - Parameter standards: as the scheme reads them (`RecordedForm.read`), of one category.
    package static func all(
        of standards: [DeclaredStandard], under scheme: EvaluationScheme
    ) -> [IndicatorStatistics] {
        scheme.indicators.map { IndicatorStatistics($0, in: standards) }
    }

    package init(_ indicator: Indicator, in standards: [DeclaredStandard]) {
        self.indicator = indicator
        var values = [[RequirementValue]](repeating: [], count: indicator.variants.count)
        for standard in standards {
            let judgement = IndicatorJudgement(indicator, in: standard)
            levels.add(judgement.level)
            guard judgement.level != .notApplicable else { continue }
            applicable += 1
            guard let deciding = judgement.deciding else { continue }
            declaring += 1
            values[deciding.variantIndex].append(deciding.requirement.value)
            switch judgement.legal {
            case .stricter: stricter += 1
            case .equal: equal += 1
            case .looser: looser += 1
            case nil: break
            }
        }
        distributions = zip(indicator.variants, values).enumerated().compactMap { index, found in
            let (variant, values) = found
            return values.isEmpty
                ? nil : ValueDistribution(variant, number: index + 1, values, indicator.direction)
        }
    }
}

/// The values declared under one variant: the only ones that can be compared with one another.
package struct ValueDistribution: Sendable, Hashable {
    package let variant: Variant
    /// Of the variant, from 1.
    package let number: Int
    package let count: Int
    /// Nil unless the values are numbers.
    package let five: FiveNumbers?
    package let histogram: HistogramBins
    /// Grade words best first, yes and no, or intervals, most frequent first; empty for numbers.
    package let words: [(word: String, count: Int)]

    init(_ variant: Variant, number: Int, _ values: [RequirementValue], _ direction: Direction) {
        self.variant = variant
        self.number = number
        count = values.count
        let numbers = values.compactMap { value in
            if case .number(let number) = value { number } else { nil }
        }.sorted()
        five = FiveNumbers(sorted: numbers)
        histogram = HistogramBins(sorted: numbers)
        words = Self.words(values, direction)
    }

    private static func words(
        _ values: [RequirementValue], _ direction: Direction
    ) -> [(word: String, count: Int)] {
        var counts: [String: Int] = [:]
        for value in values {
            switch value {
            case .number: continue
            case .interval(let low, let high): counts["\(low)～\(high)", default: 0] += 1
            case .word(let word): counts[word, default: 0] += 1
            case .flag(let flag): counts[flag ? "yes" : "no", default: 0] += 1
            }
        }
        switch direction {
        case .ordinal(let grades):
            return grades.compactMap { grade in counts[grade].map { (grade, $0) } }
        case .yesNo:
            return ["yes", "no"].compactMap { word in counts[word].map { (word, $0) } }
        case .lower, .higher, .interval:
            return counts.sorted {
                $0.value != $1.value ? $0.value > $1.value : ByteOrder.compare($0.key, $1.key) < 0
            }.map { ($0.key, $0.value) }
        }
    }

    package static func == (left: ValueDistribution, right: ValueDistribution) -> Bool {
        left.variant == right.variant && left.number == right.number && left.count == right.count
            && left.five == right.five && left.histogram == right.histogram
            && left.words.elementsEqual(right.words) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(count)
        hasher.combine(five)
    }
}
